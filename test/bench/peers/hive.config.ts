import { defineConfig } from '@graphql-hive/gateway';

/** Hive Gateway as it comes: equal requests to subgraphs are shared while they are in flight. */
export const gatewayConfig = defineConfig({ logging: 'error' });
