import { defineConfig } from 'vitest/config';

// Tests of the files themselves: they need no database, so `npm run check` can run them in a second.
export default defineConfig({ test: { include: ['test/architecture.test.ts'] } });
