import { defineConfig } from '@graphql-hive/gateway';

/** Hive Gateway without sharing between requests. */
export const gatewayConfig = defineConfig({
  logging: 'error',
  transportEntries: { '*.http': { options: { deduplicateInflightRequests: false } } },
});
