import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  cacheSettings,
  databaseSettings,
  readConfig,
  secret,
  serverSettings,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { accessTokenSettings } from '#platform/identity/access-token.ts';

const monolithSettings = {
  ...serverSettings(8001),
  ...databaseSettings(),
  ...cacheSettings(),
  ...accessTokenSettings(),
  IDENTITY_SECRET: secret(),
  UPLOAD_SECRET: secret(),
  UPLOAD_DIRECTORY: z
    .string()
    .default(join(tmpdir(), 'monolith-uploads'))
    .describe('the path of a folder for uploaded files'),
  API_MODE: z.enum(['full', 'store', 'admin']).default('full').describe('full, store or admin'),
  BCRYPT_COST: wholeNumber(10, 4, 16),
};

/** What the monolith is told by its environment. */
export type MonolithConfig = ReturnType<typeof monolithConfig>;

/** Reads the settings of the monolith. @throws ConfigError that lists every bad variable */
export function monolithConfig(environment: Environment = process.env) {
  return readConfig('monolith', monolithSettings, environment);
}
