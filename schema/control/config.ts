import { databaseUrl, optional, readConfig, type Environment } from '#platform/config.ts';

/** The URL of the database `control`, where one is named. @throws ConfigError where it is none */
export function controlUrl(environment: Environment = process.env): string | undefined {
  const shape = { CONTROL_DATABASE_URL: optional(databaseUrl()) };
  return readConfig('npm run schema', shape, environment).CONTROL_DATABASE_URL;
}
