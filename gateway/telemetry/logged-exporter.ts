import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Logger } from '#platform/log.ts';

/** Milliseconds between two lines about a collector that is away. */
const INTERVAL = 60_000;

/**
 * An exporter whose failures are lines of our log: the first, then one a minute, and one when it is over. The spans
 * of a failed export are lost; the exporter has tried several times.
 */
export function loggedExporter(exporter: SpanExporter, log: Logger): SpanExporter {
  let lost = 0;
  let loggedAt: number | null = null;
  const failed = (error: NodeJS.ErrnoException | undefined): void => {
    if (loggedAt !== null && performance.now() - loggedAt < INTERVAL) return;
    loggedAt = performance.now();
    const reason = error?.message || error?.code;
    log.warn({ lostSpans: lost, reason }, 'traces cannot be sent to the collector');
  };
  const succeeded = (): void => {
    if (loggedAt !== null) log.info({ lostSpans: lost }, 'traces are sent to the collector again');
    lost = 0;
    loggedAt = null;
  };
  return {
    export(spans, done) {
      exporter.export(spans, ({ code, error }) => {
        if (code === SUCCESS) {
          succeeded();
        } else {
          lost += spans.length;
          failed(error);
        }
        // Told of a failure, the SDK would only write it to a log of its own.
        done({ code: SUCCESS });
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

type ExportResult = Parameters<Parameters<SpanExporter['export']>[1]>[0];

/** `ExportResultCode.SUCCESS` of OpenTelemetry. */
const SUCCESS: ExportResult['code'] = 0;
