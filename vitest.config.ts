import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/setup/longest-first.ts';

const SUBGRAPHS = [
  // #region monolith
  'legacy',
  // #endregion monolith
  'auth',
  'product',
  'inventory',
  'order',
  'resume-review',
].map((name) => `subgraphs/${name}/**/*.ts`);

export default defineConfig({
  // Node and the Apollo packages load graphql's CommonJS build; a second instance would not know its types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global-setup.ts'],
    setupFiles: ['test/setup/count-once.ts', 'test/setup/drop-clones.ts'],
    reporters: ['default', 'test/setup/totals-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    // The first hook of a run that clones databases also fills the templates.
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
    // Measured with `--coverage`, as `.ci/run` does. What runs in processes of its own is not counted.
    coverage: {
      provider: 'v8',
      include: [...SUBGRAPHS, '{gateway,migration,platform,schema}/**/*.ts'],
      exclude: ['**/*.generated.ts'],
      // Beside the packages: the top level holds only the rooms.
      reportsDirectory: 'node_modules/.coverage',
      reporter: [['json', { file: 'lines.json' }]],
      // The owner's report asks for 80% of each domain.
      thresholds: Object.fromEntries(SUBGRAPHS.map((files) => [files, { lines: 80 }])),
    },
  },
});
