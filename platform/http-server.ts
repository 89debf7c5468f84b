import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { LogController, fastify, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { Logger } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';

/** The header that ties the log lines of one request together, over all processes. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Something that a process needs in order to answer: its database, its upstream. */
export interface ReadinessCheck {
  readonly name: string;
  /** @throws when the thing is not there */
  check(): Promise<void>;
}

export interface HttpServerOptions {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly readiness: readonly ReadinessCheck[];
  /**
   * Whether anybody may come here: then there is no `/metrics`, and `/health/ready` says whether the process is ready, and
   * nothing more. False by default.
   */
  readonly isPublic?: boolean;
  /** What else `/health/ready` shows, for people: it does not decide. */
  readonly details?: () => Readonly<Record<string, unknown>>;
  /** The most bytes of a request body; 1 MiB by default. */
  readonly bodyLimit?: number;
}

/** A server that listens. */
export interface RunningServer {
  /** Where it listens, e.g. `http://127.0.0.1:8012`. */
  readonly url: string;
  /** Takes no new requests, finishes those in flight, then closes what the server holds. */
  close(): Promise<void>;
}

const REQUEST_ID = /^[\w.:-]{1,100}$/;
/** Milliseconds that a readiness check may take. */
const READINESS_TIMEOUT = 3_000;
/** Milliseconds within which a connection must have sent its first request when the server drains. */
const FIRST_REQUEST_LIMIT = 500;

/**
 * A Fastify server with what every process has: request ids, logs, metrics, `/health/live`,
 * `/health/ready`, and `/metrics` where it is not public.
 */
export function createHttpServer(options: HttpServerOptions): FastifyInstance {
  const { log, metrics } = options;
  // Fastify's own, narrower logger type keeps the server's type plain.
  const loggerInstance: FastifyBaseLogger = log;
  const server = fastify({
    loggerInstance,
    // `onResponse` below writes one line per request, with what matters.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: options.bodyLimit ?? 1_048_576,
    // Idle keep-alive connections must not hold up a drain.
    forceCloseConnections: 'idle',
    genReqId: (request) => {
      const given = request.headers[REQUEST_ID_HEADER];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  server.addHook('onRequest', async (request, reply) => {
    reply.header(REQUEST_ID_HEADER, request.id);
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const { method } = request;
    metrics.httpRequests.inc({ method, route, status: reply.statusCode });
    metrics.httpSeconds.observe({ route }, reply.elapsedTime / 1000);
    // What follows the path may be a signature, for which nobody has to log in.
    const [path] = request.url.split('?', 1);
    request.log.debug(
      { method, url: path, status: reply.statusCode, ms: reply.elapsedTime },
      'answered',
    );
  });
  closeConnectionsWhenDraining(server);
  addHealth(server, options);
  if (options.isPublic === true) return server;
  server.get('/metrics', async (_request, reply) => {
    reply.header('content-type', metrics.registry.contentType);
    return metrics.registry.metrics();
  });
  return server;
}

/**
 * A client that keeps its connection open after its last answer would hold up a drain for a minute, and so would one
 * that opens a connection in advance: Node does not count it as idle before its first request.
 */
function closeConnectionsWhenDraining(server: FastifyInstance): void {
  let draining = false;
  const connections = new Set<Socket>();
  server.server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  server.addHook('preClose', async () => {
    draining = true;
    setTimeout(() => {
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
    }, FIRST_REQUEST_LIMIT).unref();
  });
  server.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });
  // An answer that had begun before, such as a file, did not say so.
  server.addHook('onResponse', async () => {
    if (draining) setImmediate(() => server.server.closeIdleConnections());
  });
}

function addHealth(
  server: FastifyInstance,
  { readiness, details, isPublic }: Pick<HttpServerOptions, 'readiness' | 'details' | 'isPublic'>,
): void {
  server.get('/health/live', async () => ({ status: 'ok' }));
  server.get('/health/ready', async (_request, reply) => {
    const entries = await Promise.all(
      readiness.map(async (ready) => [ready.name, await outcome(() => ready.check())] as const),
    );
    const ready = entries.every(([, state]) => state === 'ok');
    reply.status(ready ? 200 : 503);
    const status = ready ? 'ok' : 'unavailable';
    if (isPublic === true) return { status };
    return {
      status,
      checks: Object.fromEntries(entries),
      ...details?.(),
    };
  });
}

async function outcome(check: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(
      () => resolve(`no answer within ${READINESS_TIMEOUT} ms`),
      READINESS_TIMEOUT,
    );
  });
  const checked = check().then(
    () => 'ok',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return Promise.race([checked, late]).finally(() => clearTimeout(timer));
}

/**
 * Listens, and ties the life of a server to what it holds.
 *
 * @param closing what to close after the last request has been answered: pools, caches
 */
export async function listen(
  server: FastifyInstance,
  address: { readonly HOST: string; readonly PORT: number },
  closing: () => Promise<void>,
): Promise<RunningServer> {
  const url = await server.listen({ host: address.HOST, port: address.PORT });
  let closed: Promise<void> | undefined;
  return { url, close: () => (closed ??= server.close().then(closing)) };
}
