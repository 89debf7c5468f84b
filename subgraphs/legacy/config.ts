import { httpUrl, readConfig, wholeNumber, type Environment } from '#platform/config.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';

/** The settings of the legacy subgraph. @throws ConfigError that lists every bad variable */
export function legacyConfig(environment?: Environment) {
  return readConfig(
    'legacy',
    {
      ...subgraphSettings(8010),
      MONOLITH_URL: httpUrl(),
      /** Milliseconds that the monolith may take for one answer. */
      MONOLITH_TIMEOUT_MS: wholeNumber(10_000, 1, 600_000),
      /** Connections kept to the monolith. */
      MONOLITH_CONNECTIONS: wholeNumber(50, 1, 1_000),
    },
    environment,
  );
}

export type LegacyConfig = ReturnType<typeof legacyConfig>;
