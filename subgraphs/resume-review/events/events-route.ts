import type { FastifyInstance, FastifyReply } from 'fastify';
import { isUuid } from '#platform/graph/ids.ts';
import { EVENTS_PATH, isSignedEventsPath } from './events-url.ts';
import type { WatchedReviews } from './watched-reviews.ts';

/** Milliseconds between two signs of life, so that nobody on the way takes the connection for dead. */
const SIGN_OF_LIFE = 15_000;
const ENDED = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

interface Route {
  readonly Params: { readonly id: string };
  readonly Querystring: { readonly expires?: unknown; readonly signature?: unknown };
}

/**
 * Tells how far a review is, as server-sent events (WHATWG HTML, section 9.2): one `progress` event now and whenever it got
 * further, then `end`, after which the connection is closed. The signed URL stands in for a login.
 */
export function addEventsRoute(
  server: FastifyInstance,
  watched: WatchedReviews,
  secret: string,
): void {
  server.get<Route>(`${EVENTS_PATH}/:id/events`, async (request, reply) => {
    const id = request.params.id.toLowerCase();
    if (!isUuid(id) || !isSignedEventsPath(id, request.query, secret)) {
      const message =
        'This URL is not signed by this server, or has expired: ask for `eventsUrl` again.';
      return reply.status(403).send({ error: { code: 'FORBIDDEN', message } });
    }
    follow(reply, watched, id);
    return reply;
  });
}

function follow(reply: FastifyReply, watched: WatchedReviews, id: string): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const send = (event: string, data: object) =>
    raw.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  let last = '';
  const end = watched.watch(id, (event) => {
    const now = JSON.stringify(event);
    if (now === last) return;
    last = now;
    if (event) send('progress', event);
    if (event && !ENDED.has(event.status)) return;
    send('end', event ?? { status: null });
    close();
  });
  const beat = setInterval(() => raw.write(': still here\n\n'), SIGN_OF_LIFE);
  const close = () => {
    clearInterval(beat);
    end();
    raw.end();
  };
  raw.on('close', close);
}
