import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { databaseUrl, optional, readConfig, type Environment } from '#platform/config.ts';
import { databaseUrlSettings } from '#platform/database/config.ts';
import { moveSettings, unknownMoveSettings } from '#platform/moves/config.ts';

/** What the commands of the mover are told. */
export type MigrationConfig = ReturnType<typeof migrationConfig>;

/** @throws ConfigError that lists every bad variable */
export function migrationConfig(environment: Environment = process.env) {
  return readConfig(
    'migration',
    {
      ...unknownMoveSettings(environment),
      ...databaseUrlSettings(),
      // The defaults are those of the monolith and of resume-review.
      LEGACY_UPLOAD_DIRECTORY: uploadDirectory('monolith-uploads'),
      RESUME_REVIEW_UPLOAD_DIRECTORY: uploadDirectory('resume-review-uploads'),
      ...moveSettings(),
    },
    environment,
  );
}

/** The URL of the database `control`, where one is named. @throws ConfigError where it is none */
export function controlUrl(environment: Environment = process.env): string | undefined {
  const shape = { CONTROL_DATABASE_URL: optional(databaseUrl()) };
  return readConfig('npm run move', shape, environment).CONTROL_DATABASE_URL;
}

const uploadDirectory = (name: string) =>
  z.string().default(join(tmpdir(), name)).describe('the path of a folder of uploaded files');
