import { join } from 'node:path';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { serveSubgraph, subgraphTools } from '#platform/subgraph-server/subgraph-server.ts';
import type { ProductConfig } from './config.ts';
import { createContext } from './context.ts';
import { resolvers } from './resolvers.ts';

/** Brings the database up to date and serves the product subgraph. */
export async function startProduct(config: ProductConfig): Promise<RunningServer> {
  await migrateDatabase(config.DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const tools = subgraphTools('product', config);
  const database = openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'product',
    ...tools,
  });
  return serveSubgraph(
    {
      name: 'product',
      schemaFile: join(import.meta.dirname, 'schema.graphql'),
      resolvers,
      context: ({ identity }) => createContext(identity, database),
      readiness: [{ name: 'database', check: () => database.ping() }],
      close: () => database.close(),
    },
    config,
    tools,
  );
}
