import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { databaseUrl, readConfig, type Environment } from '#platform/config.ts';

const seedSettings = {
  DATABASE_URL: databaseUrl(),
  SEED_SCALE: z.coerce
    .number()
    .gt(0)
    .max(1_000)
    .default(1)
    .describe('a number above 0 and up to 1000; 1 means 1,000 products and 5,000 orders'),
  UPLOAD_DIRECTORY: z
    .string()
    .default(join(tmpdir(), 'monolith-uploads'))
    .describe('the path of the folder for uploaded files, the same as that of the monolith'),
};

/** What the seed is told by its environment. */
export type SeedConfig = ReturnType<typeof seedConfig>;

/** Reads the settings of the seed. @throws ConfigError that lists every bad variable */
export function seedConfig(environment: Environment = process.env) {
  return readConfig('seed', seedSettings, environment);
}
