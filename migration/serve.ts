import { runProcess } from '#platform/process.ts';
import { serveConfig } from './config.ts';
import { startMigration } from './server.ts';

await runProcess('migration', () => startMigration(serveConfig()));
