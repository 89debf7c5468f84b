import { Counter, Histogram, type Registry } from 'prom-client';

/** What only the gateway counts. */
export interface GatewayMetrics {
  /** Operations answered, by type (query, mutation, unknown) and outcome (ok, partial, failed, refused). */
  readonly operations: Counter<'type' | 'outcome'>;
  /** Requests to subgraphs, by subgraph and outcome (ok, errors, or the code of a fault). */
  readonly subgraphRequests: Counter<'subgraph' | 'outcome'>;
  /** Seconds from request to answer, by subgraph. */
  readonly subgraphSeconds: Histogram<'subgraph'>;
  /** Look-ups in the plan cache, by result (hit, miss). */
  readonly plans: Counter<'result'>;
  /** Supergraphs taken up. */
  readonly supergraphLoads: Counter;
}

/** @param registry where `/metrics` reads */
export function gatewayMetrics(registry: Registry): GatewayMetrics {
  const registers = [registry];
  return {
    operations: new Counter({
      name: 'graphql_operations_total',
      help: 'GraphQL operations answered',
      labelNames: ['type', 'outcome'],
      registers,
    }),
    subgraphRequests: new Counter({
      name: 'subgraph_requests_total',
      help: 'Requests sent to subgraphs',
      labelNames: ['subgraph', 'outcome'],
      registers,
    }),
    subgraphSeconds: new Histogram({
      name: 'subgraph_request_duration_seconds',
      help: 'Seconds from request to answer of a subgraph',
      labelNames: ['subgraph'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    plans: new Counter({
      name: 'query_plans_total',
      help: 'Look-ups in the query plan cache',
      labelNames: ['result'],
      registers,
    }),
    supergraphLoads: new Counter({
      name: 'supergraph_loads_total',
      help: 'Supergraphs taken up',
      registers,
    }),
  };
}
