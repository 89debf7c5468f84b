import { databaseUrl, readConfig, type Environment } from '#platform/config.ts';
import { moveSettings } from '#platform/moves/config.ts';

/** What the commands of the mover are told. */
export type MigrationConfig = ReturnType<typeof migrationConfig>;

/** @throws ConfigError that lists every bad variable */
export function migrationConfig(environment: Environment = process.env) {
  return readConfig(
    'migration',
    {
      LEGACY_DATABASE_URL: databaseUrl(),
      AUTH_DATABASE_URL: databaseUrl(),
      PRODUCT_DATABASE_URL: databaseUrl(),
      CONTROL_DATABASE_URL: databaseUrl(),
      ...moveSettings(),
    },
    environment,
  );
}
