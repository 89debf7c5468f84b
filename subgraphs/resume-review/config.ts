import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import {
  databaseSettings,
  httpUrl,
  optional,
  readConfig,
  secret,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { uploadLimitSettings } from '#platform/documents/upload-limits.ts';
import { graphSettings } from '#platform/graph-client/settings.ts';
import { bucketUrl } from '#platform/storage/settings.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';

/** Who does the work of the agents. */
const agentSettings = {
  AI_DRIVER: z
    .enum(['rules', 'openai-compatible', 'anthropic'])
    .default('rules')
    .describe('who reviews: rules, openai-compatible or anthropic'),
  AI_BASE_URL: optional(httpUrl()),
  AI_TIMEOUT_SECONDS: wholeNumber(60, 1, 240),
  AI_RETRIES: wholeNumber(2, 0, 10),
  AI_MAX_OUTPUT_TOKENS: wholeNumber(3_000, 100, 100_000),
  /** Dollars per day (UTC), for all replicas together; after that the rules review. */
  AI_DAILY_BUDGET: z.coerce
    .number()
    .min(0)
    .max(1_000_000)
    .default(10)
    .describe('a number of dollars'),
};

/** Not `coerce`: it takes what is not set for a 0. */
const price = () =>
  z
    .string()
    .transform(Number)
    .pipe(z.number().min(0).max(1_000_000))
    .describe('dollars per million tokens of this model, 0 if it costs nothing');

/** What must be said of a model, for which there is no default: without prices, the budget of a day would bound nothing. */
const modelSettings = (needsKey: boolean) => {
  const key = z.string().min(1).describe('the key of the model’s end point');
  return {
    AI_API_KEY: needsKey ? key : optional(key),
    AI_MODEL: z.string().min(1).describe('the name of a model'),
    AI_INPUT_PRICE: price(),
    AI_OUTPUT_PRICE: price(),
  };
};

const settings = {
  ...subgraphSettings(8015),
  ...databaseSettings(),
  ...graphSettings(),
  ...agentSettings,
  /** How often a review that failed is tried again; seconds before the first time, doubled each time; and how many at once. */
  REVIEW_RETRIES: wholeNumber(3, 0, 20),
  REVIEW_RETRY_SECONDS: wholeNumber(5, 0, 600),
  REVIEWS_AT_ONCE: wholeNumber(2, 1, 50),
  UPLOAD_SECRET: secret(),
  UPLOAD_DIRECTORY: z
    .string()
    .default(join(tmpdir(), 'resume-review-uploads'))
    .describe('the path of a folder for uploaded files, shared by all replicas'),
  UPLOAD_BUCKET: bucketUrl(),
  ...uploadLimitSettings(),
};

/** What the resume-review subgraph is told. */
export type ResumeReviewConfig = ReturnType<typeof resumeReviewConfig>;
/** What it is told of the model that reviews. */
export type ModelConfig = NonNullable<ResumeReviewConfig['model']>;

/** @throws ConfigError that lists every bad variable */
export function resumeReviewConfig(environment: Environment = process.env) {
  const config = readConfig('resume-review', settings, environment);
  if (config.AI_DRIVER === 'rules') return { ...config, model: null };
  // An end point of one's own may ask for no key.
  const needsKey = config.AI_DRIVER === 'anthropic' || config.AI_BASE_URL === undefined;
  const model = readConfig('resume-review', modelSettings(needsKey), environment);
  return { ...config, model: { ...config, ...model } };
}
