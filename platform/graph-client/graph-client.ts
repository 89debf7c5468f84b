import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent, request as send } from 'undici';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import { SERVICE_HEADER, signServiceToken } from '#platform/identity/service-token.ts';
import { identityKey } from '#platform/identity/signed-identity.ts';
import type { Logger } from '#platform/log.ts';
import { GraphRequestError } from './graph-request-error.ts';

export interface GraphClientOptions {
  /** The URL of the gateway with its path, such as `http://127.0.0.1:8000/graphql`. */
  readonly url: string;
  /** The name of the service that asks. */
  readonly service: string;
  /** The secret that the service shares with the gateway: IDENTITY_SECRET. */
  readonly identitySecret: string;
  readonly log: Logger;
  /** Milliseconds to a whole answer, per attempt; more than the gateway gives its subgraphs by default. */
  readonly timeout?: number;
  /** The most connections that are open at once. */
  readonly connections?: number;
}

export interface GraphRequestOptions {
  /** Whether asking twice does no more than asking once: then a fault that passes is met by asking again. */
  readonly idempotent?: boolean;
  /** Ties the log lines of one request together, over all processes. */
  readonly requestId?: string;
  /** Told before the request is sent again: an attempt whose answer was lost may still be carried out. */
  readonly onRetry?: () => void;
}

/** Asks the graph as a service of ours, so that a domain reaches whichever side answers another domain today. */
export interface GraphClient {
  /** @returns the data of an answer without errors @throws GraphRequestError */
  request<Data>(
    document: string,
    variables: Readonly<Record<string, unknown>>,
    options?: GraphRequestOptions,
  ): Promise<Data>;
  close(): Promise<void>;
}

const TIMEOUT = 12_000;
const CONNECTIONS = 64;
/** Milliseconds before the second, the third … attempt of an idempotent request. */
const DELAYS = [50, 200, 800];

/** Opens a client. No connection is made before the first request. */
export function graphClient(options: GraphClientOptions): GraphClient {
  const key = identityKey(options.identitySecret);
  const dispatcher = new Agent({ connections: options.connections ?? CONNECTIONS });
  const attempt = async (body: string, requestId: string): Promise<unknown> => {
    const token = await signServiceToken(options.service, key);
    const headers = { [SERVICE_HEADER]: token, [REQUEST_ID_HEADER]: requestId };
    return post(options, dispatcher, headers, body);
  };
  return {
    request: async <Data>(
      document: string,
      variables: Readonly<Record<string, unknown>>,
      { idempotent = false, requestId = randomUUID(), onRetry }: GraphRequestOptions = {},
    ) => {
      const body = JSON.stringify({ query: document, variables });
      for (const delay of idempotent ? DELAYS : []) {
        try {
          return (await attempt(body, requestId)) as Data;
        } catch (error) {
          if (!(error instanceof GraphRequestError) || !error.passing) throw error;
          options.log.warn(
            { err: error, requestId },
            'a request to the graph failed: asking again',
          );
          // Jitter, so that those who failed together do not come back together.
          await wait(delay * (0.5 + Math.random()));
          onRetry?.();
        }
      }
      return (await attempt(body, requestId)) as Data;
    },
    close: () => dispatcher.close(),
  };
}

async function post(
  { url, timeout = TIMEOUT }: GraphClientOptions,
  dispatcher: Agent,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<unknown> {
  const signal = AbortSignal.timeout(timeout);
  try {
    const response = await send(url, {
      method: 'POST',
      dispatcher,
      signal,
      headers: { ...headers, 'content-type': 'application/json' },
      body,
    });
    return dataOf(response.statusCode, await response.body.text());
  } catch (error) {
    if (error instanceof GraphRequestError) throw error;
    if (signal.aborted) {
      const message = `The gateway ${url} did not answer within ${timeout} ms.`;
      throw new GraphRequestError('GATEWAY_TIMEOUT', message, error);
    }
    const message = `The gateway ${url} cannot be reached: ${(error as Error).message}`;
    throw new GraphRequestError('GATEWAY_UNAVAILABLE', message, error);
  }
}

interface GraphAnswer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message?: unknown;
    readonly extensions?: { readonly code?: unknown };
  }[];
}

function dataOf(status: number, text: string): unknown {
  const answer = parsed(text);
  const first = answer?.errors?.[0];
  if (first) {
    const code = typeof first.extensions?.code === 'string' ? first.extensions.code : 'UNKNOWN';
    throw new GraphRequestError(code, String(first.message));
  }
  if (status === 200 && answer?.data != null) return answer.data;
  // A proxy before the gateway says 502 to 504 where the gateway is away.
  throw new GraphRequestError(
    status >= 500 ? 'GATEWAY_UNAVAILABLE' : 'GATEWAY_INVALID_RESPONSE',
    `The gateway answered with the HTTP status ${status} and no data.`,
  );
}

function parsed(text: string): GraphAnswer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
