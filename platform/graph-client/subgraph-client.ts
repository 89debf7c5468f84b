import { Agent, request as send } from 'undici';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import type { Identity } from '#platform/identity/identity.ts';
import {
  GRAPH_CALL_HEADER,
  IDENTITY_HEADER,
  identityKey,
  signIdentity,
} from '#platform/identity/signed-identity.ts';
import { moveNamed, type Side } from '#platform/moves/moves.ts';
import { OwnershipRefused } from '#platform/moves/ownership.ts';
import { GraphRequestError } from './graph-request-error.ts';

/** Asks one subgraph in the name of a caller, as the gateway does. For what must not pass through the gateway again. */
export interface SubgraphClient {
  /**
   * @returns the data of an answer without errors
   * @throws OwnershipRefused where the subgraph may not write it; GraphRequestError
   */
  request<Data>(document: string, variables: object, identity: Identity): Promise<Data>;
  close(): Promise<void>;
}

/** Milliseconds to a whole answer. */
const TIMEOUT = 10_000;
const CONNECTIONS = 32;

/** @param url of the subgraph with its path @param identitySecret IDENTITY_SECRET */
export function subgraphClient(url: string, identitySecret: string): SubgraphClient {
  const key = identityKey(identitySecret);
  const dispatcher = new Agent({ connections: CONNECTIONS });
  return {
    request: async <Data>(query: string, variables: object, identity: Identity) => {
      const headers = {
        'content-type': 'application/json',
        [IDENTITY_HEADER]: signIdentity(identity, key),
        // Whoever it reaches does not send it on: one hop.
        [GRAPH_CALL_HEADER]: '1',
        [REQUEST_ID_HEADER]: identity.requestId,
      };
      const body = JSON.stringify({ query, variables });
      const signal = AbortSignal.timeout(TIMEOUT);
      try {
        const response = await send(url, { method: 'POST', dispatcher, signal, headers, body });
        return dataOf(url, response.statusCode, await response.body.text()) as Data;
      } catch (error) {
        if (error instanceof GraphRequestError || error instanceof OwnershipRefused) throw error;
        const [code, message] = signal.aborted
          ? ['SUBGRAPH_TIMEOUT', `did not answer within ${TIMEOUT} ms`]
          : ['SUBGRAPH_UNAVAILABLE', `cannot be reached: ${(error as Error).message}`];
        throw new GraphRequestError(code, `The subgraph ${url} ${message}.`, error);
      }
    },
    close: () => dispatcher.close(),
  };
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

function dataOf(url: string, status: number, text: string): unknown {
  let answer: Answer | null = null;
  try {
    answer = JSON.parse(text) as Answer | null;
  } catch {
    // Said below.
  }
  const first = answer?.errors?.[0];
  if (first) throw faultOf(first.message, first.extensions ?? {});
  if (status === 200 && answer?.data != null) return answer.data;
  const message = `The subgraph ${url} answered with the HTTP status ${status} and no data.`;
  throw new GraphRequestError(
    status >= 500 ? 'SUBGRAPH_UNAVAILABLE' : 'SUBGRAPH_HTTP_ERROR',
    message,
  );
}

function faultOf(message: string, { code, move, owner }: Readonly<Record<string, unknown>>): Error {
  const known = moveNamed(String(move))?.name;
  if (known && (code === 'NOT_OWNER' || code === 'MOVING')) {
    return new OwnershipRefused(known, code === 'MOVING' ? 'moving' : (owner as Side));
  }
  return new GraphRequestError(typeof code === 'string' ? code : 'UNKNOWN', message);
}
