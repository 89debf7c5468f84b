import { join } from 'node:path';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { graphClient } from '#platform/graph-client/graph-client.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { serveSubgraph, subgraphTools } from '#platform/subgraph-server/subgraph-server.ts';
import type { OrderConfig } from './config.ts';
import { createContext } from './context.ts';
import { catalogueOf } from './neighbours/catalogue.ts';
import { stockOf } from './neighbours/stock.ts';
import { builtInPaymentProvider, type PaymentProvider } from './payment.ts';
import { resolvers } from './resolvers.ts';
import { failpointOf } from './saga/failpoint.ts';
import { placeDefinition } from './saga/place.ts';
import type { Definition } from './saga/runner.ts';
import { startSagas } from './saga/sagas.ts';
import { stepDefinition } from './saga/step.ts';

/** Brings the database up to date, serves the order subgraph, and finishes what others have left behind. */
export async function startOrder(
  config: OrderConfig,
  payments: PaymentProvider = builtInPaymentProvider(),
): Promise<RunningServer> {
  await migrateDatabase(config.DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const tools = subgraphTools('order', config);
  const database = openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'order',
    ...tools,
  });
  const graph = graphClient({
    url: config.GATEWAY_URL,
    service: 'order',
    identitySecret: config.IDENTITY_SECRET,
    log: tools.log,
  });
  const stock = stockOf(graph);
  const place = placeDefinition(catalogueOf(graph), stock) as Definition;
  const step = stepDefinition({ database, stock, payments }) as Definition;
  const sagas = startSagas({
    database,
    definitionOf: (name) => (name === 'PLACE' ? place : step),
    reach: failpointOf(config.ORDER_FAILPOINT),
    leaseMs: config.ORDER_LEASE_MS,
    sweepMs: config.ORDER_SWEEP_MS,
    log: tools.log,
  });
  return serveSubgraph(
    {
      name: 'order',
      schemaFile: join(import.meta.dirname, 'schema.graphql'),
      resolvers,
      context: ({ identity }) => createContext(identity, database, sagas),
      readiness: [{ name: 'database', check: () => database.ping() }],
      close: async () => {
        await sagas.stop();
        await graph.close();
        await database.close();
      },
    },
    config,
    tools,
  );
}
