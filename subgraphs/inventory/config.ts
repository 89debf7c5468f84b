import { cacheSettings, databaseSettings, readConfig, type Environment } from '#platform/config.ts';
import { graphSettings } from '#platform/graph-client/settings.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';

/** What the inventory subgraph is told. */
export type InventoryConfig = ReturnType<typeof inventoryConfig>;

/** @throws ConfigError that lists every bad variable */
export function inventoryConfig(environment: Environment = process.env) {
  return readConfig(
    'inventory',
    { ...subgraphSettings(8013), ...databaseSettings(), ...cacheSettings(), ...graphSettings() },
    environment,
  );
}
