import type { HttpAnswer } from './read-response.ts';
import type { FetchCall, FetchTrace, SubgraphFetch } from './subgraph-fetch.ts';

/** Sends a fetch, or lets it join an equal one of an equal caller. */
export type ShareFetch = (
  fetch: SubgraphFetch,
  call: FetchCall,
  trace: FetchTrace | null,
) => Promise<HttpAnswer>;

/** Sends one fetch over HTTP. */
export type SendOnce = (
  fetch: SubgraphFetch,
  headers: FetchCall['headers'],
  signal: AbortSignal,
  trace: FetchTrace | null,
) => Promise<HttpAnswer>;

/** A fetch that several requests wait for. */
interface Shared {
  isSent: boolean;
  waiting: number;
  readonly stop: AbortController;
  readonly answer: Promise<HttpAnswer>;
}

/**
 * Shares identical fetches of queries: same subgraph, same text, callers who get equal answers.
 *
 * A fetch is sent at the end of the turn of the event loop in which it was asked for; requests that were read
 * in the same turn share it. Later requests join it only where all its fields are public: any other
 * fetch that was sent before a query arrived could miss a write that its client has just made.
 *
 * @param joined told of each fetch that needed no request of its own
 */
export function shareFetches(send: SendOnce, joined: (subgraph: string) => void): ShareFetch {
  const open = new Map<string, Shared>();
  return (fetch, call, trace) => {
    if (fetch.kind !== 'query' || call.sharingKey === null) {
      return send(fetch, call.headers, call.signal, trace);
    }
    const key = `${fetch.subgraph}\n${call.sharingKey}\n${fetch.body}`;
    const known = open.get(key);
    if (known && (!known.isSent || fetch.isPublic)) {
      joined(fetch.subgraph);
      trace?.shared();
      return answerFor(known, call.signal);
    }
    const shared = startShared(fetch, call.headers, send, trace);
    open.set(key, shared);
    void shared.answer.then(forget, forget);
    return answerFor(shared, call.signal);

    function forget(): void {
      if (open.get(key) === shared) open.delete(key);
    }
  };
}

function startShared(
  fetch: SubgraphFetch,
  headers: FetchCall['headers'],
  send: SendOnce,
  trace: FetchTrace | null,
): Shared {
  const stop = new AbortController();
  const { promise, resolve } = Promise.withResolvers<HttpAnswer>();
  const shared: Shared = { isSent: false, waiting: 0, stop, answer: promise };
  setImmediate(() => {
    shared.isSent = true;
    resolve(send(fetch, headers, stop.signal, trace));
  });
  return shared;
}

/** The answer for one of those who wait; the fetch is ended when the last of them has gone. */
function answerFor(shared: Shared, signal: AbortSignal): Promise<HttpAnswer> {
  shared.waiting += 1;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      shared.waiting -= 1;
      if (shared.waiting === 0) shared.stop.abort(signal.reason);
      reject(signal.reason);
    };
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    void shared.answer
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', leave));
  });
}
