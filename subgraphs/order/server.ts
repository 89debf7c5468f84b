import { graphClient } from '#platform/graph-client/graph-client.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { startDomainSubgraph } from '#platform/subgraph-server/domain-subgraph.ts';
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

const NAME = 'order';

/** Brings the database up to date, serves the order subgraph, and finishes what others have left behind. */
export function startOrder(
  config: OrderConfig,
  payments: PaymentProvider = builtInPaymentProvider(),
): Promise<RunningServer> {
  return startDomainSubgraph(NAME, import.meta.dirname, config, ({ log, database, ownership }) => {
    const { GATEWAY_URL: url, IDENTITY_SECRET: identitySecret } = config;
    const graph = graphClient({ url, service: NAME, identitySecret, log });
    const stock = stockOf(graph);
    const place = placeDefinition(catalogueOf(graph), stock) as Definition;
    const step = stepDefinition({ database, stock, payments }) as Definition;
    const sagas = startSagas({
      database,
      ownership,
      definitionOf: (name) => (name === 'PLACE' ? place : step),
      reach: failpointOf(config.ORDER_FAILPOINT),
      leaseMs: config.ORDER_LEASE_MS,
      sweepMs: config.ORDER_SWEEP_MS,
      log,
    });
    return {
      resolvers,
      context: ({ identity }) => createContext(identity, database, sagas, ownership),
      close: async () => {
        await sagas.stop();
        await graph.close();
      },
    };
  });
}
