import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { Report, type ITracesAndStats } from '@apollo/usage-reporting-protobuf';

/** A report as it was received. */
export interface ReceivedReport {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** As they came. */
  readonly bytes: Buffer;
  readonly report: Report;
}

/** Whoever takes usage reports, as Apollo Studio does: it keeps what it got, and answers what it is told. */
export interface ReportReceiver {
  readonly url: string;
  readonly received: ReceivedReport[];
  /** How the next ones are answered: with a status, not at all ('silence'), or by ending the connection. */
  answers: (number | 'reset' | 'silence')[];
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<ReportReceiver> {
  const received: ReceivedReport[] = [];
  const receiver: Pick<ReportReceiver, 'answers'> = { answers: [] };
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const bytes = await buffer(request);
    const report = Report.decode(gunzipSync(bytes));
    received.push({ path: request.url ?? '', headers: request.headers, bytes, report });
    const answer = receiver.answers.shift() ?? 200;
    if (answer === 'silence') return;
    if (answer === 'reset') request.socket.resetAndDestroy();
    else response.writeHead(answer, { 'content-type': 'application/json' }).end('{}');
  };
  const server = createServer((request, response) => {
    void take(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}`,
    received,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  });
}

/** What a report says of one client of an operation, as far as tests look at it. */
export interface ReportedRow {
  readonly context: { readonly clientName: string; readonly clientVersion: string };
  readonly queryLatencyStats: {
    readonly requestCount: number;
    readonly requestsWithErrorsCount: number;
    readonly requestsWithoutFieldInstrumentation: number;
    readonly latencyCount: readonly number[];
    readonly rootErrorStats: object;
  };
  readonly perTypeStat: Record<
    string,
    {
      readonly perFieldStat: Record<
        string,
        { readonly observedExecutionCount: number; readonly estimatedExecutionCount: number }
      >;
    }
  >;
}

/** The rows of an operation. */
export function rowsOf(stats: ITracesAndStats | undefined): ReportedRow[] {
  return (stats?.statsWithContext ?? []) as unknown as ReportedRow[];
}

/** Requests by operation, client and version, of several reports. */
export function requestsOf(
  reports: readonly Pick<ReceivedReport, 'report'>[],
): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { report } of reports) {
    for (const [key, stats] of Object.entries(report.tracesPerQuery)) {
      for (const { context, queryLatencyStats } of rowsOf(stats)) {
        const [title] = key.split('\n');
        const name = `${title} ${context.clientName} ${context.clientVersion}`.trim();
        sums[name] = (sums[name] ?? 0) + queryLatencyStats.requestCount;
      }
    }
  }
  return sums;
}
