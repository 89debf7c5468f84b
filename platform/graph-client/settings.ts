import { httpUrl } from '#platform/config.ts';

/** What a service that asks the graph is told. It signs with IDENTITY_SECRET, which every subgraph has. */
export const graphSettings = () => ({
  GATEWAY_URL: httpUrl().default('http://127.0.0.1:8000/graphql'),
});
