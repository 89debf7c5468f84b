import { databaseSettings, readConfig, type Environment } from '#platform/config.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';

/** What the product subgraph is told. */
export type ProductConfig = ReturnType<typeof productConfig>;

/** @throws ConfigError that lists every bad variable */
export function productConfig(environment: Environment = process.env) {
  return readConfig('product', { ...subgraphSettings(8012), ...databaseSettings() }, environment);
}
