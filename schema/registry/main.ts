import { runProcess } from '#platform/process.ts';
import { registryConfig } from './config.ts';
import { startRegistry } from './server.ts';

await runProcess('registry', () => startRegistry(registryConfig()));
