import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  cacheSettings,
  databaseSettings,
  httpUrl,
  readConfig,
  secret,
  serverSettings,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { uploadLimitSettings } from '#platform/documents/upload-limits.ts';
import { accessTokenSettings } from '#platform/identity/access-token.ts';

const monolithSettings = {
  ...serverSettings(8001),
  ...databaseSettings(),
  ...cacheSettings(),
  ...accessTokenSettings(),
  SECRET_KEY: secret(),
  IDENTITY_SECRET: secret(),
  UPLOAD_SECRET: secret(),
  UPLOAD_DIRECTORY: z
    .string()
    .default(join(tmpdir(), 'monolith-uploads'))
    .describe('the path of a folder for uploaded files'),
  ...uploadLimitSettings(),
  // As the gateway knows them: asked where they own what the monolith needs or its clients write.
  SUBGRAPH_AUTH_URL: httpUrl().default('http://127.0.0.1:8011/graphql'),
  SUBGRAPH_PRODUCT_URL: httpUrl().default('http://127.0.0.1:8012/graphql'),
  SUBGRAPH_INVENTORY_URL: httpUrl().default('http://127.0.0.1:8013/graphql'),
  SUBGRAPH_ORDER_URL: httpUrl().default('http://127.0.0.1:8014/graphql'),
  SUBGRAPH_RESUME_REVIEW_URL: httpUrl().default('http://127.0.0.1:8015/graphql'),
  // Carries back what they have written.
  MIGRATION_URL: httpUrl().default('http://127.0.0.1:8020'),
  API_MODE: z.enum(['full', 'store', 'admin']).default('full').describe('full, store or admin'),
  BCRYPT_COST: wholeNumber(10, 4, 16),
};

/** What the monolith is told by its environment. */
export type MonolithConfig = ReturnType<typeof monolithConfig>;

/** Reads the settings of the monolith. @throws ConfigError that lists every bad variable */
export function monolithConfig(environment: Environment = process.env) {
  return readConfig('monolith', monolithSettings, environment);
}
