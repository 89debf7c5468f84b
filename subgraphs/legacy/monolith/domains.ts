import { subgraphClient, type SubgraphClient } from '#platform/graph-client/subgraph-client.ts';
import type { MonolithConfig } from './config.ts';

/** The services to which areas of the monolith move, asked by HTTP where they are the owner. */
export interface Domains {
  readonly auth: SubgraphClient;
  readonly product: SubgraphClient;
  readonly inventory: SubgraphClient;
  readonly order: SubgraphClient;
  readonly resumeReview: SubgraphClient;
  close(): Promise<void>;
}

/** No connection is made before the first request. */
export function openDomains(config: MonolithConfig): Domains {
  const client = (url: string) => subgraphClient(url, config.IDENTITY_SECRET);
  const clients = {
    auth: client(config.SUBGRAPH_AUTH_URL),
    product: client(config.SUBGRAPH_PRODUCT_URL),
    inventory: client(config.SUBGRAPH_INVENTORY_URL),
    order: client(config.SUBGRAPH_ORDER_URL),
    resumeReview: client(config.SUBGRAPH_RESUME_REVIEW_URL),
  };
  return {
    ...clients,
    close: async () => {
      await Promise.all(Object.values(clients).map((one) => one.close()));
    },
  };
}
