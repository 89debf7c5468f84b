import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
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
      INVENTORY_DATABASE_URL: databaseUrl(),
      ORDERS_DATABASE_URL: databaseUrl(),
      RESUME_REVIEW_DATABASE_URL: databaseUrl(),
      CONTROL_DATABASE_URL: databaseUrl(),
      // The defaults are those of the monolith and of resume-review.
      LEGACY_UPLOAD_DIRECTORY: uploadDirectory('monolith-uploads'),
      RESUME_REVIEW_UPLOAD_DIRECTORY: uploadDirectory('resume-review-uploads'),
      ...moveSettings(),
    },
    environment,
  );
}

const uploadDirectory = (name: string) =>
  z.string().default(join(tmpdir(), name)).describe('the path of a folder of uploaded files');
