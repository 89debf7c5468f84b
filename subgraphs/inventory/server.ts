import { join } from 'node:path';
import { openCache } from '#platform/cache/open-cache.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { graphClient } from '#platform/graph-client/graph-client.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { serveSubgraph, subgraphTools } from '#platform/subgraph-server/subgraph-server.ts';
import { cachedAvailability } from './availability.ts';
import type { InventoryConfig } from './config.ts';
import { createContext } from './context.ts';
import { sweepAgainAndAgain } from './expiry.ts';
import { graphProductDirectory } from './product-directory.ts';
import { resolvers } from './resolvers.ts';
import { releaseExpired } from './service/reservations.ts';

/**
 * Brings the database up to date, serves the inventory subgraph, and releases promises that have run out.
 *
 * @param clock gives the present time
 */
export async function startInventory(
  config: InventoryConfig,
  clock: () => Date = () => new Date(),
): Promise<RunningServer> {
  await migrateDatabase(config.DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const tools = subgraphTools('inventory', config);
  const database = openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'inventory',
    ...tools,
  });
  const cache = await openCache(config.REDIS_URL, 'inventory', tools.log);
  const graph = graphClient({
    url: config.GATEWAY_URL,
    service: 'inventory',
    identitySecret: config.IDENTITY_SECRET,
    log: tools.log,
  });
  const inventory = {
    db: database.db,
    availability: cachedAvailability(database.db, cache),
    products: graphProductDirectory(graph),
    clock,
  };
  const endSweep = sweepAgainAndAgain(() => releaseExpired(inventory), tools.log);
  return serveSubgraph(
    {
      name: 'inventory',
      schemaFile: join(import.meta.dirname, 'schema.graphql'),
      resolvers,
      context: ({ identity }) => createContext(identity, inventory),
      readiness: [{ name: 'database', check: () => database.ping() }],
      close: async () => {
        await endSweep();
        await Promise.all([database.close(), cache.close(), graph.close()]);
      },
    },
    config,
    tools,
  );
}
