/** What the environment tells the tests. */
export const testSettings = {
  /** A Redis server that tests may write to. */
  redisUrl: process.env.REDIS_URL_TEST,
  /** A Chromium that tests may steer. */
  chromiumPath: process.env.CHROMIUM_PATH,
  /** In CI nothing is skipped: what is missing there fails. */
  ci: process.env.CI === 'true',
  /** The generated cases in which the gateway's executor is compared with its reference. */
  differential: {
    cases: Number(process.env.DIFFERENTIAL_CASES ?? 3_000),
    /** Another one gives other cases. */
    seed: Number(process.env.DIFFERENTIAL_SEED ?? 4),
  },
};
