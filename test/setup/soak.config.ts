import { mergeConfig } from 'vitest/config';
import config from '../../vitest.config.ts';

// `npm run soak`: the long forms of the tests under load, one after the other, each of which prints its figures.
const soak = mergeConfig(config, {
  test: { fileParallelism: false, testTimeout: 1_800_000, disableConsoleIntercept: true },
});
soak.test.include = ['test/soak/*.soak.ts'];
export default soak;
