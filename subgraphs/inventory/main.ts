import { runProcess } from '#platform/process.ts';
import { inventoryConfig } from './config.ts';
import { startInventory } from './server.ts';

await runProcess('inventory', () => startInventory(inventoryConfig()));
