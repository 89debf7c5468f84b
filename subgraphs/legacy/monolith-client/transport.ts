import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import { isConnectionFailure } from './errors.ts';

/** The header in which the monolith says it. */
const NOT_FOUND_HERE_HEADER = 'x-not-found-here';
/** Milliseconds before a read whose connection failed is sent a second time. */
const RETRY_DELAY = 50;

/** A request as the typed client describes it: what it would tell `Request`, without the work of making one. */
export class PlainRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string | null;

  constructor(url: string, init: { method: string; headers: Headers; body?: string }) {
    this.url = url;
    this.method = init.method;
    this.headers = init.headers;
    this.body = init.body ?? null;
  }
}

/** What a server answered. */
export interface PlainAnswer {
  readonly status: number;
  /** Whether the body says that it is JSON. */
  readonly isJson: boolean;
  readonly text: string;
  /** The move whose other side may know what the monolith does not; null: nobody else knows more. */
  readonly notFoundHere: string | null;
}

/** Connections to the monolith. */
export interface Transport {
  /** @param retry send it once more where the connection fails: for requests that change nothing */
  send(request: PlainRequest, retry: boolean): Promise<PlainAnswer>;
  close(): Promise<void>;
}

/** Keeps connections to one server open and gives each request a time limit. */
export function poolTransport(
  url: string,
  settings: { readonly timeoutMs: number; readonly connections: number },
): Transport {
  const pool = new Pool(new URL(url).origin, { connections: settings.connections });
  const once = async (request: PlainRequest): Promise<PlainAnswer> => {
    const { pathname, search } = new URL(request.url);
    const answer = await pool.request({
      path: pathname + search,
      method: request.method,
      headers: Object.fromEntries(request.headers),
      body: request.body,
      signal: AbortSignal.timeout(settings.timeoutMs),
    });
    return {
      status: answer.statusCode,
      isJson: /\bjson\b/.test(String(answer.headers['content-type'])),
      text: await answer.body.text(),
      notFoundHere: answer.headers[NOT_FOUND_HERE_HEADER]?.toString() ?? null,
    };
  };
  return {
    send: async (request, retry) => {
      try {
        return await once(request);
      } catch (error) {
        if (!retry || !isConnectionFailure(error)) throw error;
        await wait(RETRY_DELAY);
        return once(request);
      }
    },
    close: () => pool.close(),
  };
}
