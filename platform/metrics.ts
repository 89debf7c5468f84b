import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/**
 * What a process counts, in the names of Prometheus. One per server, so that several servers can live in
 * one process (as they do in tests).
 */
export interface Metrics {
  readonly registry: Registry;
  /** SQL statements sent, by database. */
  readonly sqlStatements: Counter<'database'>;
  /** Requests answered, by method, route and status. */
  readonly httpRequests: Counter<'method' | 'route' | 'status'>;
  /** Seconds from request to answer, by route. */
  readonly httpSeconds: Histogram<'route'>;
}

/** @param process the name of the process; `processMetrics` adds memory, CPU and event-loop figures */
export function createMetrics(process: string, processMetrics = false): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ process });
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    sqlStatements: new Counter({
      name: 'sql_statements_total',
      help: 'SQL statements sent',
      labelNames: ['database'],
      registers,
    }),
    httpRequests: new Counter({
      name: 'http_requests_total',
      help: 'HTTP requests answered',
      labelNames: ['method', 'route', 'status'],
      registers,
    }),
    httpSeconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Seconds from request to answer',
      labelNames: ['route'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
  };
}
