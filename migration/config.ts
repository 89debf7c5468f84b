import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  databaseUrl,
  optional,
  readConfig,
  serverSettings,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { databaseUrlSettings } from '#platform/database/config.ts';
import { bucketUrl } from '#platform/storage/settings.ts';
import { moveSettings, unknownMoveSettings } from '#platform/moves/config.ts';
import { FLIP_FAILPOINT_WORDS } from './flip/failpoint.ts';

/** What the commands of the mover are told. */
export type MigrationConfig = ReturnType<typeof migrationConfig>;

/** @throws ConfigError that lists every bad variable */
export function migrationConfig(environment: Environment = process.env) {
  return readConfig('migration', shapeOf(environment), environment);
}

/** What the process of the mover is told: how it listens, too. */
export type ServeConfig = ReturnType<typeof serveConfig>;

/** @throws ConfigError that lists every bad variable */
export function serveConfig(environment: Environment = process.env) {
  return readConfig('migration', { ...serverSettings(8020), ...shapeOf(environment) }, environment);
}

/** The URL of the database `control`, where one is named. @throws ConfigError where it is none */
export function controlUrl(environment: Environment = process.env): string | undefined {
  const shape = { CONTROL_DATABASE_URL: optional(databaseUrl()) };
  return readConfig('npm run move', shape, environment).CONTROL_DATABASE_URL;
}

/** The variables of the databases of the moves, by whether the environment sets them. */
export function databaseVariables(environment: Environment = process.env): {
  readonly given: readonly string[];
  readonly missing: readonly string[];
} {
  const names = Object.keys(databaseUrlSettings());
  const isGiven = (name: string) => Boolean(environment[name] || environment[`${name}_FILE`]);
  return { given: names.filter(isGiven), missing: names.filter((name) => !isGiven(name)) };
}

/** The environment of this process, for what is told of another installation than it names. */
export function ownEnvironment(): Environment {
  return process.env;
}

const shapeOf = (environment: Environment) => ({
  ...unknownMoveSettings(environment),
  ...databaseUrlSettings(),
  // The defaults are those of the monolith and of resume-review.
  LEGACY_UPLOAD_DIRECTORY: uploadDirectory('monolith-uploads'),
  RESUME_REVIEW_UPLOAD_DIRECTORY: uploadDirectory('resume-review-uploads'),
  RESUME_REVIEW_UPLOAD_BUCKET: bucketUrl(),
  ...moveSettings(),
  /** Milliseconds that writes to buckets may wait while they change sides. The gateway waits 2,000 at most. */
  FLIP_PAUSE_MS: wholeNumber(1_500, 50, 600_000),
  /** Buckets that change sides at once: more of them take longer, and hold up more writers. */
  FLIP_BUCKETS: wholeNumber(64, 1, 1_024),
  /** Milliseconds without a sign of life after which the work on a move is taken over. */
  FLIP_LEASE_MS: wholeNumber(5_000, 200, 600_000),
  /** Hours that a move must have been whole on the new side, without a breach, before it may be sealed. */
  SOAK_HOURS: z.coerce.number().min(0).max(8_760).default(72).describe('hours, 0 to 8760'),
  /** Hours for which a verification counts. */
  VERIFIED_HOURS: z.coerce.number().min(0).max(8_760).default(24).describe('hours, 0 to 8760'),
  MIGRATION_FAILPOINT: failpoint(environment),
});

const uploadDirectory = (name: string) =>
  z.string().default(join(tmpdir(), name)).describe('the path of a folder of uploaded files');

/** Where the process is to kill or stop itself, for tests. In production it is refused, not ignored. */
function failpoint(environment: Environment) {
  const isProduction = environment.NODE_ENV === 'production';
  const expected = isProduction
    ? 'nothing: in production no process kills itself'
    : `one of ${FLIP_FAILPOINT_WORDS.join(', ')}`;
  const allowed = isProduction ? [] : FLIP_FAILPOINT_WORDS;
  return optional(
    z
      .string()
      .refine((word) => allowed.includes(word), 'not allowed')
      .describe(expected),
  );
}
