import { secret, serverSettings } from '#platform/config.ts';

/** What every subgraph is told. */
export const subgraphSettings = (defaultPort: number) => ({
  ...serverSettings(defaultPort),
  IDENTITY_SECRET: secret(),
});

export interface SubgraphSettings {
  readonly HOST: string;
  readonly PORT: number;
  readonly LOG_LEVEL: string;
  /** The secret by which the gateway signs who calls. */
  readonly IDENTITY_SECRET: string;
}

/** What a subgraph with a database of its own is told: `databaseSettings` too. */
export interface DomainSettings extends SubgraphSettings {
  readonly DATABASE_URL: string;
  readonly DATABASE_POOL_SIZE: number;
}
