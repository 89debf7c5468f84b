import {
  cacheSettings,
  databaseSettings,
  readConfig,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { graphSettings } from '#platform/graph-client/settings.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';

/** What the inventory subgraph is told. */
export type InventoryConfig = ReturnType<typeof inventoryConfig>;

/** @throws ConfigError that lists every bad variable */
export function inventoryConfig(environment: Environment = process.env) {
  return readConfig(
    'inventory',
    {
      ...subgraphSettings(8013),
      ...databaseSettings(),
      ...cacheSettings(),
      ...graphSettings(),
      /** Milliseconds from the end of one sweep of promises that have run out to the beginning of the next. */
      INVENTORY_SWEEP_MS: wholeNumber(10_000, 50, 60_000),
    },
    environment,
  );
}
