import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { migrateDatabase } from '#platform/database/migrate.ts';
import type { Database } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import type { Logger } from '#platform/log.ts';
import { repeatJob } from '#platform/repeat-job.ts';
import { readReport, ReportError, type ReportedUsage } from './read-report.ts';
import { purgeUsage, storeUsage } from './store-usage.ts';

/** Whoever sends a report. */
export interface UsageReporter {
  /** The graph of reports that name none. */
  readonly graphRef: string | null;
  mayReport(graphRef: string): boolean;
}

export interface UsageCollectorOptions {
  /** `control`, brought up to date by {@link migrateUsage}. */
  readonly database: Pick<Database, 'db'>;
  /** Whose key the header `x-api-key` holds; null: nobody's. */
  readonly reporterOf: (key: string) => Promise<UsageReporter | null>;
  /** Days that usage is kept. */
  readonly keptDays: number;
  readonly log: Logger;
}

/** Where Apollo's servers and routers send reports, below the URL of the collector. */
export const USAGE_PATH = '/api/ingress/traces';

/** Bytes of a report as it comes, and unpacked: Apollo's own servers send 4 MiB, unpacked. */
const LARGEST = 8_388_608;
const LARGEST_UNPACKED = 33_554_432;
/** Milliseconds between two looks for what is older than it is kept. */
const PURGE_EVERY = 3_600_000;

const unpack = promisify(gunzip);

/** Brings the tables of the collector up to date. @param url of the database `control` */
export async function migrateUsage(url: string): Promise<void> {
  await migrateDatabase(url, join(import.meta.dirname, 'migrations'), '__usage_migrations');
}

/**
 * Collects usage reports in the protocol of Apollo: `POST /api/ingress/traces`, of our gateway and of any server or
 * router of Apollo's. A report that comes again, byte for byte, is answered as the first time, and counted once.
 */
export async function addUsageCollector(
  server: FastifyInstance,
  options: UsageCollectorOptions,
): Promise<void> {
  const { database, keptDays, log } = options;
  const purging = repeatJob(log, 'the removal of old usage', PURGE_EVERY, () =>
    transaction(database.db, (tx) => purgeUsage(tx, keptDays, new Date())),
  );
  server.addHook('onClose', () => purging.stop());
  await server.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    // Apollo Server says no type at all.
    scope.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: LARGEST },
      (_request, body, done) => done(null, body),
    );
    scope.setErrorHandler(answerError);
    scope.decorateRequest('usageReporter', null);
    scope.post(USAGE_PATH, {
      bodyLimit: LARGEST,
      // Before the body is read.
      onRequest: async (request) => {
        request.usageReporter = await reporterOf(request, options);
      },
      handler: async (request) => {
        await collect(request, options);
        // Traces are not kept: whoever sends them may send sums instead.
        return { tracesIgnored: true };
      },
    });
  });
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends a usage report; null for all other requests. */
    usageReporter: UsageReporter | null;
  }
}

/** A report that is not taken. */
class UsageRefusal extends Error {
  readonly statusCode: number;
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}

async function reporterOf(
  request: FastifyRequest,
  options: UsageCollectorOptions,
): Promise<UsageReporter> {
  const key = request.headers['x-api-key'];
  if (typeof key !== 'string' || key === '') {
    throw new UsageRefusal(
      401,
      'KEY_MISSING',
      'The header x-api-key has no key: set APOLLO_KEY, or USAGE_COLLECTOR_KEY for our gateway.',
    );
  }
  const reporter = await options.reporterOf(key);
  if (reporter) return reporter;
  throw new UsageRefusal(401, 'KEY_UNKNOWN', 'The key of the header x-api-key is not known here.');
}

async function collect(request: FastifyRequest, { database, log }: UsageCollectorOptions) {
  const bytes = await unpacked(request);
  const usage = ownedBy(readReport(bytes, new Date()), request.usageReporter as UsageReporter);
  const isNew = await transaction(database.db, (tx) => storeUsage(tx, bytes, usage));
  const { graphRef, requests } = usage;
  log.debug({ graphRef, requests, isNew }, 'a usage report has come');
}

async function unpacked({ body, headers }: FastifyRequest): Promise<Uint8Array> {
  const sent = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return sent;
  if (encoding !== 'gzip') {
    const message = `The body is packed with ${encoding}: send it with gzip, or as it is.`;
    throw new UsageRefusal(415, 'ENCODING_UNKNOWN', message);
  }
  try {
    return await unpack(sent, { maxOutputLength: LARGEST_UNPACKED });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw tooLarge(LARGEST_UNPACKED);
    }
    throw new ReportError(`The body cannot be unpacked with gzip: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

function ownedBy(usage: ReportedUsage, reporter: UsageReporter): ReportedUsage {
  const graphRef = usage.graphRef || reporter.graphRef;
  if (graphRef === null) {
    throw new ReportError('The report names no graph: set APOLLO_GRAPH_REF where it is sent.');
  }
  if (reporter.mayReport(graphRef)) return { ...usage, graphRef };
  const message = `The key of the header x-api-key is not one of the graph ${graphRef}.`;
  throw new UsageRefusal(403, 'KEY_OF_ANOTHER_GRAPH', message);
}

function tooLarge(bytes: number): UsageRefusal {
  const message = `A report may have ${bytes} bytes: send smaller ones more often.`;
  return new UsageRefusal(413, 'REPORT_TOO_LARGE', message);
}

function answerError(
  given: FastifyError | UsageRefusal | ReportError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const error = given.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? tooLarge(LARGEST) : given;
  if (error instanceof ReportError) return reply.status(400).send(bodyOf(error));
  if (error instanceof UsageRefusal) return reply.status(error.statusCode).send(bodyOf(error));
  request.log.error({ err: error }, 'a usage report could not be taken');
  // Its sender tries again.
  return reply.status(503).send({
    code: 'USAGE_NOT_STORED',
    message: 'The report cannot be stored now: the log of this server says why.',
  });
}

function bodyOf({ code, message }: UsageRefusal | ReportError) {
  return { code, message };
}
