import { openCache } from '#platform/cache/open-cache.ts';
import { graphClient } from '#platform/graph-client/graph-client.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { repeatJob } from '#platform/repeat-job.ts';
import { startDomainSubgraph } from '#platform/subgraph-server/domain-subgraph.ts';
import { cachedAvailability, followRelayed } from './availability.ts';
import type { InventoryConfig } from './config.ts';
import { createContext } from './context.ts';
import { graphProductDirectory } from './product-directory.ts';
import { resolvers } from './resolvers.ts';
import { releaseExpired } from './service/reservations.ts';

const NAME = 'inventory';

/**
 * Brings the database up to date, serves the inventory subgraph, and releases promises that have run out.
 *
 * @param clock gives the present time
 */
export function startInventory(
  config: InventoryConfig,
  clock: () => Date = () => new Date(),
): Promise<RunningServer> {
  return startDomainSubgraph(
    NAME,
    import.meta.dirname,
    config,
    async ({ log, database: { db }, ownership }) => {
      const cache = await openCache(config.REDIS_URL, NAME, log);
      const { GATEWAY_URL: url, IDENTITY_SECRET: identitySecret } = config;
      const graph = graphClient({ url, service: NAME, identitySecret, log });
      const availability = cachedAvailability(db, cache);
      const inventory = { db, availability, products: graphProductDirectory(graph), clock };
      const sweep = () => ownership.whereOwned('inventory', () => releaseExpired(inventory));
      const relayed = followRelayed(config.DATABASE_URL, log, availability);
      const pause = config.INVENTORY_SWEEP_MS;
      const sweeping = repeatJob(log, 'a sweep of expired promises', pause, sweep);
      return {
        resolvers,
        context: ({ identity }) => createContext(identity, inventory, ownership),
        close: async () => {
          await Promise.all([sweeping.stop(), relayed.stop()]);
          await Promise.all([cache.close(), graph.close()]);
        },
      };
    },
  );
}
