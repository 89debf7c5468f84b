import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Outcome, RequestRecord } from './request-record.ts';

/** Counts operations. */
export interface OperationMetrics {
  began(): void;
  /** @param clientName as the client says; null where it does not @param seconds from its headers to the end of its answer */
  ended(
    record: RequestRecord,
    outcome: Outcome | null,
    clientName: string | null,
    seconds: number,
  ): void;
}

/** Names beyond these are counted as `other`: whoever invents names must not fill the memory. */
const MAX_NAMES = 100;

/** @param registry where `/metrics` reads */
export function operationMetrics(registry: Registry): OperationMetrics {
  const registers = [registry];
  const operations = new Counter({
    name: 'graphql_operations_total',
    help: 'GraphQL operations answered',
    labelNames: ['type', 'outcome', 'client'],
    registers,
  });
  const denied = new Counter({
    name: 'graphql_denied_operations_total',
    help: 'GraphQL operations of which a part was denied to the caller',
    labelNames: ['type', 'operation'],
    registers,
  });
  const seconds = new Histogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Seconds from a GraphQL request to the end of its answer',
    labelNames: ['type'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  });
  const fetches = new Histogram({
    name: 'graphql_operation_fetches',
    help: 'Fetches from subgraphs that an operation needed',
    labelNames: ['type'],
    buckets: [0, 1, 2, 3, 4, 6, 8, 12, 16, 32, 64],
    registers,
  });
  const inFlight = new Gauge({
    name: 'graphql_operations_in_flight',
    help: 'GraphQL requests that are being answered',
    registers,
  });
  const clients = boundedNames();
  const deniedOperations = boundedNames();
  return {
    began: () => inFlight.inc(),
    ended({ type, operationName, denials, fetches: count }, outcome, clientName, took) {
      inFlight.dec();
      if (denials > 0) denied.inc({ type, operation: deniedOperations(operationName) });
      if (outcome === null) return;
      operations.inc({ type, outcome, client: clients(clientName) });
      seconds.observe({ type }, took);
      fetches.observe({ type }, count);
    },
  };
}

/** The first names as they are. */
function boundedNames(): (name: string | null) => string {
  const names = new Set<string>();
  return (name) => {
    if (name === null) return 'unknown';
    if (names.has(name)) return name;
    if (names.size >= MAX_NAMES) return 'other';
    names.add(name);
    return name;
  };
}
