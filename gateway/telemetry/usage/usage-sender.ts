import { setTimeout as wait } from 'node:timers/promises';
import type { IReportHeader } from '@apollo/usage-reporting-protobuf';
import type { Logger } from '#platform/log.ts';
import type { UsageDestination } from './config.ts';
import { writeReports } from './usage-report.ts';
import { UsageTotals, type UsageLimits } from './usage-totals.ts';

/** Sends usage to one destination. */
export interface UsageSender {
  /** Takes what was added up, and sends it as soon as what was taken before has been sent. */
  take(totals: UsageTotals): void;
  /** Tries once more to send what it has. */
  close(): Promise<void>;
}

export interface UsageSenderOptions {
  readonly destination: UsageDestination;
  readonly header: IReportHeader;
  readonly limits: UsageLimits;
  readonly metrics: UsageMetrics;
  readonly log: Logger;
}

/** What is counted. */
export interface UsageMetrics {
  /** A report was sent, failed for now, or is refused for ever. */
  reported(destination: string, outcome: 'sent' | 'failed' | 'refused'): void;
}

/** Milliseconds that a destination may take to answer; at the end of the process, all together. */
const PATIENCE = 10_000;
const LAST_PATIENCE = 2_000;
/** Milliseconds before the second attempt, doubled for each further one up to the longest. */
const [FIRST_PAUSE, LONGEST_PAUSE] = [500, 60_000];
/** Milliseconds between two lines about a destination that is away. */
const LOG_EVERY = 60_000;

/** Statuses of a destination that may take the same report later: https://www.rfc-editor.org/rfc/rfc9110#section-15 */
const TRY_AGAIN = (status: number): boolean => status >= 500 || status === 429 || status === 408;

/**
 * A sender that holds at most one set of reports under way, and one set of totals: while the destination is away, new
 * usage is added to what waits, up to the limits. A report is repeated byte for byte, so that a destination which has
 * counted it, and whose answer was lost, can know it again.
 */
export function usageSender(options: UsageSenderOptions): UsageSender {
  const { destination, header, limits, metrics } = options;
  const closing = new AbortController();
  const log = destinationLog(options);
  let waiting = new UsageTotals(limits);
  let sending: Promise<void> | null = null;

  const send = async (report: Buffer, patience: number): Promise<boolean> => {
    const problem = await post(destination, report, patience);
    if (problem === null) {
      metrics.reported(destination.name, 'sent');
      log.succeeded();
      return true;
    }
    metrics.reported(destination.name, problem.isFinal ? 'refused' : 'failed');
    log.failed(problem);
    return problem.isFinal;
  };

  const sendUntilTaken = async (report: Buffer): Promise<void> => {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const isLast = closing.signal.aborted;
      if ((await send(report, isLast ? LAST_PATIENCE : PATIENCE)) || isLast) return;
      // Apart by chance, so that replicas do not come all at once.
      const length = pause * (0.5 + Math.random() / 2);
      await wait(length, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    }
  };

  const sendAll = async (): Promise<void> => {
    while (!waiting.isEmpty) {
      const totals = waiting;
      waiting = new UsageTotals(limits);
      const reports = await writeReports(
        totals,
        header,
        performance.timeOrigin + performance.now(),
      );
      for (const report of reports) await sendUntilTaken(report);
    }
  };

  const start = (): void => {
    sending ??= sendAll()
      .catch((error: unknown) =>
        options.log.error({ err: error }, 'a usage report cannot be written'),
      )
      .finally(() => {
        sending = null;
      });
  };
  return {
    take(totals) {
      waiting.merge(totals);
      start();
    },
    async close() {
      closing.abort();
      const late = wait(LAST_PATIENCE, undefined, { ref: false });
      await Promise.race([sending, late]);
    },
  };
}

interface Problem {
  readonly reason: string;
  /** Whether the same report will never be taken. */
  readonly isFinal: boolean;
}

/** @returns what went wrong; null where the report was taken */
async function post(
  { url, key }: UsageDestination,
  body: Buffer,
  patience: number,
): Promise<Problem | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'x-api-key': key,
        'content-type': 'application/protobuf',
        'content-encoding': 'gzip',
        accept: 'application/json',
      },
      body: new Uint8Array(body),
      signal: AbortSignal.timeout(patience),
    });
    const text = (await response.text()).slice(0, 300);
    if (response.ok) return null;
    return { reason: `HTTP ${response.status} ${text}`, isFinal: !TRY_AGAIN(response.status) };
  } catch (error) {
    const { message, cause } = error as Error;
    const reason = cause instanceof Error ? cause.message || String(cause) : message;
    return { reason, isFinal: false };
  }
}

/** Lines of the log about a destination that is away: the first, then one a minute, and one when it is over. */
function destinationLog({ destination: { name, url }, log }: UsageSenderOptions) {
  let loggedAt: number | null = null;
  return {
    failed({ reason, isFinal }: Problem): void {
      if (loggedAt !== null && performance.now() - loggedAt < LOG_EVERY) return;
      loggedAt = performance.now();
      const what = isFinal ? 'a usage report is refused' : 'usage reports cannot be sent';
      log.warn({ destination: name, url, reason }, what);
    },
    succeeded(): void {
      if (loggedAt !== null) log.info({ destination: name }, 'usage reports are sent again');
      loggedAt = null;
    },
  };
}
