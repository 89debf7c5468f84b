import { databaseUrl, readConfig, type Environment } from '#platform/config.ts';
import { SERVICE_DATABASES, urlVariable, type ServiceDatabase } from './provision.ts';

/** What `provision` is told. */
export interface ProvisionConfig {
  /** Any database of the server, as the role that creates. */
  readonly adminUrl: string;
  /** The URL by which each service will connect. */
  readonly urls: Readonly<Record<ServiceDatabase, string>>;
}

/** The variables that name the URL of each service's database, such as AUTH_DATABASE_URL. */
export const databaseUrlSettings = () =>
  Object.fromEntries(
    SERVICE_DATABASES.map((service) => [urlVariable(service), databaseUrl()]),
  ) as Record<ReturnType<typeof urlVariable>, ReturnType<typeof databaseUrl>>;

const settings = { DATABASE_URL: databaseUrl(), ...databaseUrlSettings() };

/** @throws ConfigError that lists every bad variable */
export function provisionConfig(environment: Environment = process.env): ProvisionConfig {
  const read = readConfig('provision', settings, environment);
  const urls = SERVICE_DATABASES.map((service) => [service, read[urlVariable(service)]]);
  return {
    adminUrl: read.DATABASE_URL,
    urls: Object.fromEntries(urls) as ProvisionConfig['urls'],
  };
}
