// This file decides what runs, so the rules against conditional and skipped tests do not apply to it.
/* oxlint-disable vitest/no-conditional-tests, vitest/valid-title, vitest/valid-describe-callback, vitest/no-disabled-tests */
import { beforeEach, describe } from 'vitest';
import { testSettings } from './config.ts';

/** The URL of a real Redis. Only for tests inside `describeWithRedis`. */
export const redisUrl = testSettings.redisUrl ?? '';
/** The path of a Chromium. Only for tests inside `describeWithChromium`. */
export const chromiumPath = testSettings.chromiumPath ?? '';

/** Like `describe`, for tests that need a real Redis (REDIS_URL_TEST). */
export const describeWithRedis = describeWhere('REDIS_URL_TEST', 'a Redis server', redisUrl);

/** Like `describe`, for tests that need a browser (CHROMIUM_PATH). */
export const describeWithChromium = describeWhere('CHROMIUM_PATH', 'a Chromium', chromiumPath);

/** Where a variable is absent, tests are skipped aloud on a developer's machine, and fail in CI. */
function describeWhere(variable: string, thing: string, value: string) {
  return (title: string, body: () => void): void => {
    if (value) {
      describe(title, body);
    } else if (testSettings.ci) {
      describe(title, () => {
        beforeEach(() => {
          throw new Error(`${variable} is not set, and in CI these tests must run: see .ci/run`);
        });
        body();
      });
    } else {
      console.warn(`SKIPPED: "${title}" needs ${thing}; set ${variable} to run it`);
      describe.skip(title, () => {
        body();
      });
    }
  };
}
