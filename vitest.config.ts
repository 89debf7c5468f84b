import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node and the Apollo packages load graphql's CommonJS build; a second instance would not know its types.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/global-setup.ts'],
    setupFiles: ['test/setup/drop-clones.ts'],
    reporters: ['default', 'test/setup/totals-reporter.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    // The first hook of a run that clones databases also fills the templates.
    hookTimeout: 120_000,
    teardownTimeout: 30_000,
  },
});
