import { z } from 'zod';
import {
  databaseUrl,
  flag,
  json,
  optional,
  readConfig,
  secret,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { SERVICE_DATABASES, type ServiceDatabase } from '#platform/database/provision.ts';
// #region monolith
import { moveSettings, unknownMoveSettings } from '#platform/moves/config.ts';
// #endregion monolith

const listenPort = (fallback: number) => wholeNumber(fallback, 1, 65_535);

/** The variable that sets the password of a service's role. */
export const passwordVariable = (service: ServiceDatabase) =>
  `${service.toUpperCase()}_DATABASE_PASSWORD` as const;

const secretSettings = {
  // #region monolith
  SECRET_KEY: optional(secret()),
  // #endregion monolith
  IDENTITY_SECRET: optional(secret()),
  UPLOAD_SECRET: optional(secret()),
  AUTH_PRIVATE_JWK: optional(
    json(
      z.looseObject({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        d: z.string(),
      }),
      'a private Ed25519 key as a JSON Web Key',
    ),
  ),
  ...Object.fromEntries(
    SERVICE_DATABASES.map((service) => [
      passwordVariable(service),
      z.string().min(8).optional().describe('a password of at least 8 characters'),
    ]),
  ),
};

const shape = {
  HOST: z.string().default('127.0.0.1').describe('the address to listen on'),
  GATEWAY_PORT: listenPort(8000),
  // #region monolith
  MONOLITH_PORT: listenPort(8001),
  LEGACY_PORT: listenPort(8010),
  MIGRATION_PORT: listenPort(8020),
  // #endregion monolith
  AUTH_PORT: listenPort(8011),
  PRODUCT_PORT: listenPort(8012),
  INVENTORY_PORT: listenPort(8013),
  ORDER_PORT: listenPort(8014),
  RESUME_REVIEW_PORT: listenPort(8015),
  REGISTRY_PORT: listenPort(8030),
  POSTGRES_PORT: listenPort(8432),
  DATABASE_URL: optional(databaseUrl()),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('a Redis URL such as redis://host:6379'),
  // #region monolith
  SEED_SCALE: z.coerce
    .number()
    .positive()
    .max(1_000)
    .default(1)
    .describe('a number above 0 and up to 1000; 1 means 1,000 products and 5,000 orders'),
  // #endregion monolith
  API_MODE: z.enum(['full', 'store', 'admin']).default('full').describe('full, store or admin'),
  TRUST_OVERRIDE_HEADER: flag(false),
  REGISTRY_GRAPH: z.string().default('strangler-graph@current').describe('a graph and its variant'),
  APOLLO_KEY: z.string().optional().describe('an API key of a graph'),
  APOLLO_GRAPH_REF: z.string().optional().describe('a graph and its variant'),
  APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: z
    .string()
    .optional()
    .describe('URLs of Uplink with commas between them'),
  AI_API_KEY: z.string().optional().describe('the key of the model that reviews resumes'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .describe('fatal, error, warn, info, debug, trace or silent'),
  DATA_DIRECTORY: z.string().default('.data').describe('the folder where data is kept'),
  // #region monolith
  ...moveSettings(),
  // #endregion monolith
  ...secretSettings,
};

/** What `npm start` is told. */
export type StartSettings = z.infer<z.ZodObject<typeof shape>>;

/** @throws ConfigError that lists every bad variable */
export function readStartSettings(
  environment: Environment = globalThis.process.env,
): StartSettings {
  const refused = {
    // #region monolith
    ...unknownMoveSettings(environment),
    // #endregion monolith
  };
  return readConfig('npm start', { ...refused, ...shape }, environment);
}

/** Whether npm runs us as one of its scripts. */
export function isStartedByNpm(environment: Environment = globalThis.process.env): boolean {
  return environment.npm_lifecycle_event !== undefined;
}

/** What only one process may know, or what each process is given its own of: never inherited. */
const OWN = new Set<string>([
  ...Object.keys(secretSettings),
  'DATABASE_URL',
  'APOLLO_KEY',
  'APOLLO_GRAPH_REF',
  'AI_API_KEY',
  'AUTH_PUBLIC_JWKS',
  'PORT',
]);

/** Our own environment without secrets, for the processes that we start: PATH, proxies, their finer settings. */
export function inheritedEnvironment(
  environment: Environment = globalThis.process.env,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !OWN.has(entry[0]),
    ),
  );
}
