import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { databaseSettings, readConfig, secret, type Environment } from '#platform/config.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';

const settings = {
  ...subgraphSettings(8015),
  ...databaseSettings(),
  UPLOAD_SECRET: secret(),
  UPLOAD_DIRECTORY: z
    .string()
    .default(join(tmpdir(), 'resume-review-uploads'))
    .describe('the path of a folder for uploaded files, shared by all replicas'),
};

/** What the resume-review subgraph is told. */
export type ResumeReviewConfig = ReturnType<typeof resumeReviewConfig>;

/** @throws ConfigError that lists every bad variable */
export function resumeReviewConfig(environment: Environment = process.env) {
  return readConfig('resume-review', settings, environment);
}
