import { gzipSync } from 'node:zlib';
import { Report, type IReport } from '@apollo/usage-reporting-protobuf';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createHttpServer, listen, type RunningServer } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { USAGE_PATH } from '#schema/usage-collector/collector.ts';
import { usagePart } from '#schema/usage-collector/registry-part.ts';
import { createEmptyDatabase } from '../../setup/databases.ts';
import { drawPort } from '../../setup/ports.ts';

export const KEY = 'service:shop:key-of-these-tests';
export const GRAPH = 'shop@current';

/** A real collector on a real database, that can be ended and started again on its port. */
export interface TestCollector {
  readonly url: string;
  readonly databaseUrl: string;
  readonly database: Database;
  readonly part: ReturnType<ReturnType<typeof usagePart>>;
  /** Sends a body as a reporter does. */
  post(
    body: Uint8Array,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Answer }>;
  /** Sends a report as Apollo Server does. */
  report(
    report: IReport,
    headers?: Record<string, string>,
  ): Promise<{ status: number; body: Answer }>;
  rows(text: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

interface Answer {
  readonly code?: string;
  readonly message?: string;
  readonly tracesIgnored?: boolean;
}

/** Serves a collector on a free port, on a fresh database. Its key is of the graph `shop`. */
export async function startTestCollector(): Promise<TestCollector> {
  const databaseUrl = await createEmptyDatabase();
  const log = createLog('collector', process.env.TEST_LOG_LEVEL ?? 'silent');
  const database = openDatabase({
    url: databaseUrl,
    poolSize: 4,
    applicationName: 'collector',
    log,
  });
  // As the registry does it.
  const part = usagePart(90)({
    database,
    databaseUrl,
    graph: 'shop',
    log,
    authenticate: async (key) => {
      if (key === KEY) return { graph: 'shop' };
      throw Object.assign(new Error('no such key'), { code: 'AUTHENTICATION_FAILED' });
    },
  });
  await part.begin();
  const port = await drawPort();
  let running: RunningServer | null = null;
  const start = async (): Promise<void> => {
    const server = createHttpServer({ log, metrics: createMetrics('collector'), readiness: [] });
    await part.routes(server);
    running = await listen(server, { HOST: '127.0.0.1', PORT: port }, async () => {});
  };
  const stop = async (): Promise<void> => {
    await running?.close();
    running = null;
  };
  await start();
  const url = `http://127.0.0.1:${port}`;
  const post: TestCollector['post'] = async (body, headers = {}) => {
    const response = await fetch(`${url}${USAGE_PATH}`, {
      method: 'POST',
      headers: { 'x-api-key': KEY, 'content-encoding': 'gzip', ...headers },
      body: new Uint8Array(body),
    });
    return { status: response.status, body: (await response.json()) as Answer };
  };
  return {
    url,
    databaseUrl,
    database,
    part,
    post,
    report: (report, headers) => post(gzipSync(Report.encode(report).finish()), headers),
    rows: async (text) => (await database.pool.query<Record<string, unknown>>(text)).rows,
    start,
    stop,
    async close() {
      await stop();
      await database.close();
    },
  };
}

/** A report of one operation. */
export function reportOf(
  text: string,
  counts: readonly (readonly [
    client: string,
    version: string,
    requests: number,
    errors?: number,
  ])[],
  rest: Partial<IReport> = {},
  fields: Record<string, readonly string[]> = { Query: ['product'], Product: ['name'] },
): IReport {
  const name = /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '-';
  return {
    header: { graphRef: GRAPH, agentVersion: 'tests' },
    endTime: { seconds: Math.floor(Date.now() / 1_000), nanos: 0 },
    tracesPerQuery: {
      [`# ${name}\n${text}`]: {
        statsWithContext: counts.map(([clientName, clientVersion, requests, errors = 0]) => ({
          context: { clientName, clientVersion },
          queryLatencyStats: { requestCount: requests, requestsWithErrorsCount: errors },
        })),
        referencedFieldsByType: Object.fromEntries(
          Object.entries(fields).map(([type, names]) => [type, { fieldNames: [...names] }]),
        ),
      },
    },
    ...rest,
  };
}
