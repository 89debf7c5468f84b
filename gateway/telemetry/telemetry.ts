import type { ApolloServerPlugin } from '@apollo/server';
import type { Registry } from 'prom-client';
import type { Logger } from '#platform/log.ts';
import type { GatewayContext } from '../execute-operation.ts';
import { logAccess } from './access-log.ts';
import type { TelemetrySettings, TraceSettings } from './config.ts';
import { operationMetrics } from './operation-metrics.ts';
import { recordedOperations, tracedValidation } from './recorded-operations.ts';
import type { RecordingOptions } from './request-records.ts';
import { shownPlans } from './shown-plans.ts';
import type { Tracing } from './tracing.ts';

/** How requests are seen from outside: in metrics, in the log, in traces, and by whoever asks for a plan. */
export interface Telemetry {
  /** How the requests of a route are recorded. */
  readonly recording: RecordingOptions;
  /** Fill the records; the first of all plugins. */
  readonly plugins: readonly ApolloServerPlugin<GatewayContext>[];
  /** Sends the traces that have not been sent. */
  close(): Promise<void>;
}

/** @param registry where `/metrics` reads */
export async function openTelemetry(
  settings: TelemetrySettings,
  registry: Registry,
  log: Logger,
): Promise<Telemetry> {
  const { traces, accessLog, showQueryPlans } = settings;
  const tracing = traces && (await tracingTo(traces, log));
  return {
    recording: {
      tracing,
      metrics: operationMetrics(registry),
      accessLog: accessLog && log.isLevelEnabled('info') ? logAccess : null,
      showQueryPlans,
    },
    plugins: [
      recordedOperations(),
      ...(tracing ? [tracedValidation()] : []),
      ...(showQueryPlans ? [shownPlans()] : []),
    ],
    close: async () => tracing?.close(),
  };
}

/** What traces need is loaded only where there are any. */
async function tracingTo(settings: TraceSettings, log: Logger): Promise<Tracing> {
  const { openTracing } = await import('./tracing.ts');
  return openTracing(settings, log);
}
