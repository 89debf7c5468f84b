import { runProcess } from '#platform/process.ts';
import { authConfig } from './config.ts';
import { startAuth } from './server.ts';

await runProcess('auth', () => startAuth(authConfig()));
