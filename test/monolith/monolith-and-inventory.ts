import {
  IDENTITY_SECRET,
  startInventoryServer,
  type InventoryServer,
} from '../inventory/inventory-server.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { openTestShop, type TestShop } from './test-shop.ts';
import { startTestMonolith, type TestMonolith } from './test-monolith.ts';

/** A monolith that knows an inventory service, each on an empty database of its own. */
export interface MonolithAndInventory {
  readonly inventory: InventoryServer;
  readonly monolith: TestMonolith;
  readonly shop: TestShop;
  /** The URL of the monolith's database. */
  readonly databaseUrl: string;
  close(): Promise<void>;
}

export async function startMonolithAndInventory(): Promise<MonolithAndInventory> {
  const inventory = await startInventoryServer();
  const databaseUrl = await createEmptyDatabase();
  const monolith = await startTestMonolith({
    DATABASE_URL: databaseUrl,
    IDENTITY_SECRET,
    SUBGRAPH_INVENTORY_URL: `${inventory.url}/graphql`,
  });
  return {
    inventory,
    monolith,
    shop: await openTestShop(monolith),
    databaseUrl,
    close: async () => {
      await monolith.close();
      await inventory.close();
    },
  };
}
