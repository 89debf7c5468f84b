import type { IncomingMessage } from 'node:http';
import { SpanKind } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
  serviceInstanceIdDetector,
} from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  type Sampler,
} from '@opentelemetry/sdk-trace-node';
import type { Logger } from '#platform/log.ts';
import type { SamplerName, TraceSettings } from './config.ts';
import { loggedExporter } from './logged-exporter.ts';
import type { Recording } from './request-record.ts';
import { below, requestTrace, UNKNOWN_OPERATION } from './request-trace.ts';
import { parentContext, traceHeaders } from './trace-context.ts';

/** Sends traces of requests to a collector. */
export interface Tracing {
  /** Begins the trace of a request, or goes on with that of its client. */
  begin(request: IncomingMessage): Pick<Recording, 'trace' | 'traceHeaders'>;
  /** Sends what has not been sent, for as long as it is worth waiting. */
  close(): Promise<void>;
}

/** Milliseconds that the end of the process waits for a collector. */
const FLUSH_LIMIT = 3_000;

/**
 * Opens tracing. Nothing of it is global: other libraries that know OpenTelemetry do not trace, and requests need no
 * asynchronous context, which would cost each of them.
 */
export function openTracing(settings: TraceSettings, log: Logger): Tracing {
  const { url, serviceName, sampler, ratio, documents } = settings;
  const provider = new NodeTracerProvider({
    resource: defaultResource()
      .merge(detectResources({ detectors: [envDetector, serviceInstanceIdDetector] }))
      .merge(resourceFromAttributes({ 'service.name': serviceName })),
    sampler: SAMPLERS[sampler](ratio),
    spanProcessors: [new BatchSpanProcessor(loggedExporter(new OTLPTraceExporter({ url }), log))],
  });
  const tracer = provider.getTracer('gateway');
  return {
    begin({ headers, method = 'POST' }) {
      const parent = parentContext(headers);
      const attributes = { 'http.request.method': method, 'http.route': '/graphql' };
      const span = tracer.startSpan(
        UNKNOWN_OPERATION,
        { kind: SpanKind.SERVER, attributes },
        parent,
      );
      if (!span.isRecording())
        return { trace: null, traceHeaders: traceHeaders(span.spanContext()) };
      const trace = requestTrace(tracer, span, below(span, parent), documents);
      return { trace, traceHeaders: null };
    },
    async close() {
      const late = new Promise((resolve) => setTimeout(resolve, FLUSH_LIMIT).unref());
      await Promise.race([provider.shutdown(), late]);
    },
  };
}

const SAMPLERS: Readonly<Record<SamplerName, (ratio: number) => Sampler>> = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (ratio) =>
    new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
};
