import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { openDatabase } from '#platform/database/pool.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { createLog } from '#platform/log.ts';
import { compose } from '#schema/compose.ts';
import { readSubgraphs } from '#schema/subgraphs.ts';
import { copyMove } from '../../migration/copy-move.ts';
import { inventoryMove } from '../../migration/moves/inventory.ts';
import { inventoryConfig } from '../../subgraphs/inventory/config.ts';
import { startInventory } from '../../subgraphs/inventory/server.ts';
import { cloneDatabases } from '../setup/databases.ts';
import { startStack, type Stack } from '../stack.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The whole product with the inventory subgraph in it, which has the stock of the monolith. */
export interface InventoryStack extends Stack {
  /** The database of the inventory subgraph. */
  readonly inventoryDatabase: string;
}

/** @param extra environment variables for every process, e.g. `USE_NEW_INVENTORY` */
export async function startInventoryStack(
  extra: Record<string, string> = {},
): Promise<InventoryStack> {
  const directory = await mkdtemp(join(tmpdir(), 'supergraph-'));
  const PORT = await freePort();
  const SUPERGRAPH = await composed(join(directory, 'supergraph.graphql'));
  const IDENTITY_SECRET = randomBytes(32).toString('hex');
  const SUBGRAPH_INVENTORY_URL = `http://127.0.0.1:${PORT}/graphql`;
  const stack = await startStack({ IDENTITY_SECRET, SUPERGRAPH, SUBGRAPH_INVENTORY_URL, ...extra });
  const { inventory: DATABASE_URL } = await cloneDatabases(['inventory']);
  await copyStock(stack.databases.legacy, DATABASE_URL);
  const server = await startInventory(
    inventoryConfig({
      DATABASE_URL,
      IDENTITY_SECRET,
      PORT,
      GATEWAY_URL: `${stack.gatewayUrl}/graphql`,
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    }),
  );
  return {
    ...stack,
    inventoryDatabase: DATABASE_URL,
    close: async () => {
      await stack.close();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
}

async function composed(file: string): Promise<string> {
  const subgraphs = await readSubgraphs(join(ROOT, 'schema/supergraph.yaml'));
  const schemaFile = join(ROOT, 'subgraphs/inventory/schema.graphql');
  const inventory = {
    name: 'inventory',
    url: 'http://127.0.0.1:8013/graphql',
    file: schemaFile,
    typeDefs: parse(await readFile(schemaFile, 'utf8')),
  };
  const others = subgraphs.filter(({ name }) => name !== 'inventory');
  await writeFile(file, compose([...others, inventory]).supergraph);
  return file;
}

async function copyStock(from: string, to: string): Promise<void> {
  await migrateDatabase(to, join(ROOT, 'subgraphs/inventory/migrations'));
  const log = createLog('test', 'silent');
  const [source, target] = [from, to].map((url) =>
    openDatabase({ url, poolSize: 2, applicationName: 'test', log }),
  ) as [ReturnType<typeof openDatabase>, ReturnType<typeof openDatabase>];
  try {
    await copyMove(inventoryMove, source, target, 'new');
  } finally {
    await Promise.all([source.close(), target.close()]);
  }
}

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return String(port);
}
