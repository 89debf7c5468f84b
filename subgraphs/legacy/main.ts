import { runProcess } from '#platform/process.ts';
import { legacyConfig } from './config.ts';
import { startLegacy } from './server.ts';

await runProcess('legacy', () => startLegacy(legacyConfig()));
