import { request, type Dispatcher } from 'undici';
import {
  httpError,
  invalidResponse,
  timedOut,
  unavailable,
  type SubgraphFault,
} from './subgraph-fault.ts';

/** A GraphQL response as a subgraph sent it. */
export interface SubgraphResponse {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly SubgraphResponseError[];
  readonly extensions?: Record<string, unknown>;
}

export interface SubgraphResponseError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Record<string, unknown>;
}

/** What is sent to a subgraph. */
export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

/** Sends operations to one subgraph. @throws SubgraphFault */
export type SubgraphClient = (
  body: SubgraphRequest,
  headers: Readonly<Record<string, string>>,
) => Promise<SubgraphResponse>;

export interface SubgraphClientOptions {
  readonly name: string;
  readonly url: string;
  /** Holds the connections: a pool per address. */
  readonly dispatcher: Dispatcher;
  /** Milliseconds to a whole answer. */
  readonly timeout: number;
}

/** A client for one subgraph. */
export function subgraphClient(options: SubgraphClientOptions): SubgraphClient {
  return async (body, headers) => {
    const text = JSON.stringify(body);
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), options.timeout);
    // A kept connection may be closed by the other end just as we use it. Asking again does no harm, but doing again may.
    const attempts = body.query.startsWith('mutation') ? 1 : 2;
    try {
      const answer = await send(options, text, headers, deadline.signal, attempts);
      return read(options.name, answer.status, answer.text, headers);
    } finally {
      clearTimeout(timer);
    }
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function send(
  options: SubgraphClientOptions,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  attempts: number,
): Promise<Answer> {
  try {
    const response = await request(options.url, {
      method: 'POST',
      dispatcher: options.dispatcher,
      signal,
      headers: {
        ...headers,
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json',
      },
      body,
    });
    return { status: response.statusCode, text: await response.body.text() };
  } catch (error) {
    if (signal.aborted) throw timedOut(options.name, options.timeout);
    if (attempts > 1 && isBrokenConnection(error)) {
      return send(options, body, headers, signal, attempts - 1);
    }
    throw unavailable(options.name, error);
  }
}

function isBrokenConnection(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE';
}

/** Reads an answer. With an HTTP error its GraphQL errors count, if there are any: they say more than a status. */
function read(
  name: string,
  status: number,
  text: string,
  sent: Readonly<Record<string, string>>,
): SubgraphResponse {
  const refused = status < 200 || status > 299;
  // With our signature a 401 says that the secrets differ: nothing that a client could mend by logging in.
  if (status === 401 && 'x-identity' in sent) throw httpError(name, status);
  const fault = (): SubgraphFault => (refused ? httpError(name, status) : invalidResponse(name));
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw fault();
  }
  if (!isResponse(body)) throw fault();
  return body;
}

function isResponse(body: unknown): body is SubgraphResponse {
  if (typeof body !== 'object' || body === null) return false;
  const { data, errors } = body as { data?: unknown; errors?: unknown };
  if (errors !== undefined && !(Array.isArray(errors) && errors.every(isError))) return false;
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  return isObject(data) || (data === null ? true : data === undefined && hasErrors);
}

function isError(error: unknown): boolean {
  return isObject(error) && typeof (error as { message?: unknown }).message === 'string';
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
