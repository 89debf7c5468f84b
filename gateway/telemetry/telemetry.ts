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
import type { UsageSettings } from './usage/config.ts';
import type { UsageReporting } from './usage/usage-reporting.ts';
import { usedOperations } from './usage/used-operations.ts';

/** How requests are seen from outside: in metrics, in the log, in traces, in usage reports, and by whoever asks for a plan. */
export interface Telemetry {
  /** How the requests of a route are recorded. */
  readonly recording: RecordingOptions;
  /** Fill the records; the first of all plugins. */
  readonly plugins: readonly ApolloServerPlugin<GatewayContext>[];
  /** Sends the traces and the usage that have not been sent. */
  close(): Promise<void>;
}

/** @param usageSettings null: usage is reported nowhere @param registry where `/metrics` reads */
export async function openTelemetry(
  settings: TelemetrySettings,
  usageSettings: UsageSettings | null,
  registry: Registry,
  log: Logger,
): Promise<Telemetry> {
  const { traces, accessLog, showQueryPlans } = settings;
  const tracing = traces && (await tracingTo(traces, log));
  const usage = usageSettings && (await usageTo(usageSettings, registry, log));
  return {
    recording: {
      tracing,
      metrics: operationMetrics(registry),
      accessLog: accessLog && log.isLevelEnabled('info') ? logAccess : null,
      showQueryPlans,
      usage,
    },
    plugins: [
      recordedOperations(),
      ...(tracing ? [tracedValidation()] : []),
      ...(showQueryPlans ? [shownPlans()] : []),
      ...(usage ? [usedOperations()] : []),
    ],
    close: async () => {
      await Promise.all([tracing?.close(), usage?.close()]);
    },
  };
}

/** What traces need is loaded only where there are any. */
async function tracingTo(settings: TraceSettings, log: Logger): Promise<Tracing> {
  const { openTracing } = await import('./tracing.ts');
  return openTracing(settings, log);
}

/** The same with usage. */
async function usageTo(
  settings: UsageSettings,
  registry: Registry,
  log: Logger,
): Promise<UsageReporting> {
  const { openUsageReporting } = await import('./usage/usage-reporting.ts');
  return openUsageReporting(settings, registry, log);
}
