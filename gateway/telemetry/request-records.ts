import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientOf, type Client } from './client.ts';
import type { OperationMetrics } from './operation-metrics.ts';
import { RequestRecord, type Outcome } from './request-record.ts';
import { givenTrace } from './trace-context.ts';
import type { Tracing } from './tracing.ts';
import type { UsageReporting } from './usage/usage-reporting.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What becomes known of a GraphQL request; null for all other requests. */
    record: RequestRecord | null;
  }
}

/** A request that has ended. */
export interface EndedRequest {
  readonly request: FastifyRequest;
  readonly record: RequestRecord;
  readonly client: Client;
  readonly status: number;
  /** null: it was no operation, but asked for a page. */
  readonly outcome: Outcome | null;
  readonly milliseconds: number;
}

export interface RecordingOptions {
  /** null: nothing is traced, and the trace that a client began is passed on to subgraphs. */
  readonly tracing: Tracing | null;
  readonly metrics: OperationMetrics;
  /** null: requests are no lines of the log. */
  readonly accessLog: ((ended: EndedRequest) => void) | null;
  readonly showQueryPlans: boolean;
  /** null: nobody is told what clients use. */
  readonly usage: UsageReporting | null;
}

/** The header by which Apollo Sandbox and Studio ask for the query plan. */
const PLAN_HEADER = 'apollo-query-plan-experimental';

/** Records each request of a scope from its headers to the end of its answer. Call it before other hooks are added. */
export function addRequestRecords(scope: FastifyInstance, options: RecordingOptions): void {
  const { tracing, metrics, showQueryPlans, usage } = options;
  scope.addHook('onRequest', (request, reply, done) => {
    const { headers } = request;
    const keepsPlans = showQueryPlans && Boolean(headers[PLAN_HEADER]);
    const traced =
      tracing === null
        ? { trace: null, traceHeaders: givenTrace(headers) }
        : tracing.begin(request.raw);
    const fieldTrace = usage === null ? null : usage.sample();
    request.record = new RequestRecord({ ...traced, keepsPlans, fieldTrace });
    metrics.began();
    // Not `onResponse`: that never comes where the client goes away.
    reply.raw.once('close', () => end(request, reply, options));
    done();
  });
}

function end(request: FastifyRequest, reply: FastifyReply, options: RecordingOptions): void {
  const record = request.record as RequestRecord;
  const milliseconds = performance.now() - record.startedAt;
  const client = clientOf(request.headers);
  const outcome = outcomeOf(record, reply);
  const status = reply.statusCode;
  options.metrics.ended(record, outcome, client.name, milliseconds / 1_000);
  const ended = { request, record, client, status, outcome, milliseconds };
  options.accessLog?.(ended);
  options.usage?.record(ended);
  record.trace?.ended(
    attributesOf(record, request, client, status, outcome),
    errorOf(outcome, status),
  );
}

function outcomeOf({ outcome }: RequestRecord, { raw, statusCode }: FastifyReply): Outcome | null {
  if (!raw.writableFinished) return 'cancelled';
  if (outcome !== null || statusCode < 400) return outcome;
  return statusCode === 500 ? 'failed' : 'refused';
}

function attributesOf(
  { type, operationName, labelsOn, fetches }: RequestRecord,
  { id }: FastifyRequest,
  client: Client,
  status: number,
  outcome: Outcome | null,
) {
  return {
    'http.response.status_code': status,
    'graph.request.id': id,
    'graph.labels.on': labelsOn,
    'graph.fetches': fetches,
    ...(type === 'unknown' ? {} : { 'graphql.operation.type': type }),
    ...(operationName === null ? {} : { 'graphql.operation.name': operationName }),
    ...(outcome === null ? {} : { 'graph.outcome': outcome }),
    ...(client.name === null ? {} : { 'graph.client.name': client.name }),
    ...(client.version === null ? {} : { 'graph.client.version': client.version }),
  };
}

/** A refusal is the client's mistake, which is no error of a server's span. */
function errorOf(outcome: Outcome | null, status: number): string | null {
  if (status >= 500) return String(status);
  return outcome === 'failed' ? 'failed' : null;
}
