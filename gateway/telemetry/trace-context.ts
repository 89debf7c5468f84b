import type { IncomingHttpHeaders } from 'node:http';
import {
  createTraceState,
  ROOT_CONTEXT,
  trace,
  type Context,
  type SpanContext,
} from '@opentelemetry/api';

/** Headers that say which trace a request belongs to: https://www.w3.org/TR/trace-context/ */
export interface TraceHeaders extends Readonly<Record<string, string>> {
  readonly traceparent: string;
}

const TRACEPARENT = /^(?!ff)[\da-f]{2}-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})$/;
const LONGEST_STATE = 512;

/** The trace that a client says its request belongs to, to be passed on as it is; null where it says none. */
export function givenTrace(headers: IncomingHttpHeaders): TraceHeaders | null {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== 'string' || !TRACEPARENT.test(traceparent)) return null;
  if (typeof tracestate !== 'string' || tracestate.length > LONGEST_STATE) return { traceparent };
  return { traceparent, tracestate };
}

/** The same, as the parent of spans. */
export function parentContext(headers: IncomingHttpHeaders): Context {
  const given = givenTrace(headers);
  if (given === null) return ROOT_CONTEXT;
  const [, traceId = '', spanId = '', flags = ''] = TRACEPARENT.exec(given.traceparent) ?? [];
  const state = given['tracestate'];
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(state === undefined ? {} : { traceState: createTraceState(state) }),
  });
}

/** Makes a span the parent of what a subgraph does. */
export function traceHeaders({
  traceId,
  spanId,
  traceFlags,
  traceState,
}: SpanContext): TraceHeaders {
  const flags = traceFlags.toString(16).padStart(2, '0');
  const traceparent = `00-${traceId}-${spanId}-${flags}`;
  const tracestate = traceState?.serialize();
  return tracestate ? { traceparent, tracestate } : { traceparent };
}
