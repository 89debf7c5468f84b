import { runProcess } from '#platform/process.ts';
import { monolithConfig } from './config.ts';
import { startMonolith } from './server.ts';

await runProcess('monolith', () => startMonolith(monolithConfig()));
