import { Counter, type Registry } from 'prom-client';
import type { Logger } from '#platform/log.ts';
import type { EndedRequest } from '../request-records.ts';
import type { UsageSettings } from './config.ts';
import type { ErrorPath } from './error-tree.ts';
import { FieldTrace } from './field-trace.ts';
import { NO_OPERATION, operationUse, type OperationUse } from './operation-use.ts';
import { usageSender } from './usage-sender.ts';
import type { RecordedUse } from './used-operations.ts';
import { UsageTotals, type RequestUse, type UsageLimits } from './usage-totals.ts';

/** Records which operations clients send, and reports it. */
export interface UsageReporting {
  /** Begins to time the fields of a request where it is one of the sample; null for all others. */
  sample(): FieldTrace | null;
  /** Takes note of a request that has ended. */
  record(ended: EndedRequest): void;
  /** Sends what has not been sent. */
  close(): Promise<void>;
}

/** What is kept until it is sent: for each destination twice as much, at most, and twice for what is under way. */
const LIMITS: UsageLimits = { rows: 2_000, bytes: 8_388_608, traceBytes: 2_097_152 };
/** Errors of one request that are counted by their places. */
const MOST_ERRORS = 20;

/** Begins to report. @param registry where `/metrics` reads */
export function openUsageReporting(
  settings: UsageSettings,
  registry: Registry,
  log: Logger,
): UsageReporting {
  const metrics = usageMetrics(registry);
  const header = {
    hostname: settings.hostname,
    agentVersion: 'strangler-graph',
    runtimeVersion: `node ${process.version}`,
    // Reports of two processes are never the same, byte for byte.
    uname: `${process.platform} ${process.arch} ${process.pid}`,
  };
  const senders = settings.destinations.map((destination) =>
    usageSender({
      destination,
      header: { ...header, graphRef: destination.graphRef },
      limits: LIMITS,
      metrics,
      log,
    }),
  );
  let totals = new UsageTotals(LIMITS);
  const handOver = (): void => {
    if (totals.isEmpty) return;
    if (totals.leftOut > 0) metrics.leftOut(totals.leftOut);
    for (const sender of senders) sender.take(totals);
    totals = new UsageTotals(LIMITS);
  };
  const timer = setInterval(handOver, settings.interval).unref();
  const { traceRatio } = settings;
  return {
    sample: () =>
      traceRatio > 0 && Math.random() < traceRatio ? new FieldTrace(1 / traceRatio) : null,
    record(ended) {
      try {
        const use = useOf(ended);
        if (use) totals.add(use);
      } catch (error) {
        log.warn({ err: error }, 'the usage of an operation cannot be recorded');
      }
    },
    async close() {
      clearInterval(timer);
      handOver();
      await Promise.all(senders.map((sender) => sender.close()));
    },
  };
}

function usageMetrics(registry: Registry) {
  const registers = [registry];
  const reports = new Counter({
    name: 'usage_reports_total',
    help: 'Usage reports that were sent, failed for now, or were refused',
    labelNames: ['destination', 'outcome'],
    registers,
  });
  const leftOut = new Counter({
    name: 'usage_requests_left_out_total',
    help: 'Requests that usage reports only count: too many operations or clients came at once',
    registers,
  });
  return {
    reported: (destination: string, outcome: string) => reports.inc({ destination, outcome }),
    leftOut: (count: number) => leftOut.inc(count),
  };
}

/** What is to be recorded of a request; null: nothing. */
function useOf({ request, record, client, status, milliseconds }: EndedRequest): RequestUse | null {
  const { used } = record;
  const operation = used && operationOf(used);
  if (!operation) return null;
  const { persistedQuery, errors } = used;
  const [clientName, clientVersion] = [client.name ?? '', client.version ?? ''];
  const known = { clientName, clientVersion, persistedQuery };
  return {
    ...known,
    operation,
    nanoseconds: milliseconds * 1e6,
    hasErrors: errors.length > 0,
    errorPaths: errors.slice(0, MOST_ERRORS).map(pathOf),
    traced: record.fieldTrace?.ended({ ...known, method: request.method, status }) ?? null,
  };
}

/**
 * null: it was refused before it ran, and what was refused is not known, or would be endless (a limit was exceeded, it
 * is not on the safelist).
 */
function operationOf({ document, hasRun, errors }: RecordedUse): OperationUse | null {
  const code = String(errors[0]?.extensions?.['code']);
  if (document && (hasRun || code === 'BAD_USER_INPUT')) return operationUse(document);
  return NO_OPERATION[code] ?? null;
}

/** Aliases are part of a path, as Apollo has it: they are names that clients chose, and no values. */
function pathOf({ path = [], extensions }: RecordedUse['errors'][number]): ErrorPath {
  const names = path.filter((part) => typeof part === 'string');
  const service = extensions?.['serviceName'];
  return typeof service === 'string' ? [`service:${service}`, ...names] : names;
}
