import {
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import type { LabelStates } from '../planning/planner.ts';
import type { SubgraphFault } from '../transport/subgraph-fault.ts';
import type { FetchTrace, SubgraphFetch } from '../transport/subgraph-fetch.ts';
import { traceHeaders } from './trace-context.ts';

/** The spans of one request: the operation, and below it validation, plans and fetches. */
export interface RequestTrace {
  /** The text of the operation is known. */
  document(text: string): void;
  /** Validation begins. @returns ends it */
  validating(): (errors: readonly Error[] | undefined) => void;
  planning(): PlanTrace;
  fetching(fetch: SubgraphFetch): FetchTrace;
  /** The request has ended. @param error where it did not end well */
  ended(
    attributes: Attributes & { readonly 'graphql.operation.type'?: string },
    error: string | null,
  ): void;
}

/** The span of one plan. */
export interface PlanTrace {
  /** @param wasKept whether the plan was in the cache */
  ended(wasKept: boolean, states: LabelStates): void;
  failed(error: unknown): void;
}

/** The name of an operation's span until its type is known. */
export const UNKNOWN_OPERATION = 'GraphQL Operation';

/**
 * Traces one request.
 *
 * @param operation its span, which is recorded
 * @param parent the context of that span
 * @param documents whether texts of operations are kept
 */
export function requestTrace(
  tracer: Tracer,
  operation: Span,
  parent: Context,
  documents: boolean,
): RequestTrace {
  const begin = (name: string, kind = SpanKind.INTERNAL, attributes: Attributes = {}): Span =>
    tracer.startSpan(name, { kind, attributes }, parent);
  return {
    document(text) {
      if (documents) operation.setAttribute('graphql.document', text);
    },
    validating() {
      const span = begin('validate');
      return (errors) => {
        if (errors?.length) fail(span, 'GRAPHQL_VALIDATION_FAILED', errors[0]?.message);
        span.end();
      };
    },
    planning: () => planTrace(begin('plan')),
    fetching: (fetch) =>
      fetchTrace(begin(`fetch ${fetch.subgraph}`, SpanKind.CLIENT, fetchAttributes(fetch))),
    ended(attributes, error) {
      operation.setAttributes(attributes);
      const type = attributes['graphql.operation.type'];
      if (type !== undefined) operation.updateName(type);
      if (error !== null) fail(operation, error);
      operation.end();
    },
  };
}

/** The labels that are on, by their states. */
function labelsOn(states: LabelStates): string[] {
  return [...states].flatMap(([label, isOn]) => (isOn ? [label] : []));
}

function planTrace(span: Span): PlanTrace {
  return {
    ended(wasKept, states) {
      span.setAttributes({
        'graph.plan.cache': wasKept ? 'hit' : 'miss',
        'graph.labels.on': labelsOn(states),
        'graph.labels.off': [...states.keys()].filter((label) => !states.get(label)),
      });
      span.end();
    },
    failed(error) {
      const { code = 'INTERNAL_SERVER_ERROR' } = error as { code?: string };
      fail(span, code, error instanceof Error ? error.message : undefined);
      span.end();
    },
  };
}

function fetchAttributes({ subgraph, kind, representations }: SubgraphFetch): Attributes {
  return {
    'graph.subgraph.name': subgraph,
    'graph.fetch.representations': representations,
    'graphql.operation.type': kind,
  };
}

function fetchTrace(span: Span): FetchTrace {
  let retries = 0;
  let isShared = false;
  return {
    headers: traceHeaders(span.spanContext()),
    retried: () => {
      retries += 1;
    },
    shared: () => {
      isShared = true;
    },
    ended(outcome, fault) {
      span.setAttributes({
        'graph.fetch.outcome': outcome,
        'graph.fetch.retries': retries,
        'graph.fetch.shared': isShared,
      });
      if (fault) fail(span, outcome, reasonOf(fault));
      span.end();
    },
  };
}

function reasonOf({ cause, message, extensions: { status } }: SubgraphFault): string {
  if (status !== undefined) return `HTTP ${status}`;
  return cause instanceof Error ? cause.message : message;
}

/** Marks a span as failed. @param type of low cardinality, such as a code */
function fail(span: Span, type: string, message?: string): void {
  span.setAttribute('error.type', type);
  span.setStatus({ code: SpanStatusCode.ERROR, ...(message === undefined ? {} : { message }) });
}

/** Makes a span the parent of others. */
export function below(span: Span, parent: Context): Context {
  return trace.setSpan(parent, span);
}
