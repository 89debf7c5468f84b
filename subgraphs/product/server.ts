import type { RunningServer } from '#platform/http-server.ts';
import { startDomainSubgraph } from '#platform/subgraph-server/domain-subgraph.ts';
import type { ProductConfig } from './config.ts';
import { createContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** Brings the database up to date and serves the product subgraph. */
export function startProduct(config: ProductConfig): Promise<RunningServer> {
  return startDomainSubgraph('product', import.meta.dirname, config, ({ database, ownership }) => ({
    resolvers,
    context: ({ identity }) => createContext(identity, database, ownership),
  }));
}
