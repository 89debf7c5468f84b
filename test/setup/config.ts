/** What the environment tells the tests. */
export const testSettings = {
  /** A Redis server that tests may write to. */
  redisUrl: process.env.REDIS_URL_TEST,
  /** A Chromium that tests may steer. */
  chromiumPath: process.env.CHROMIUM_PATH,
  /** In CI nothing is skipped: what is missing there fails. */
  ci: process.env.CI === 'true',
};
