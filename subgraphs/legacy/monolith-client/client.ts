import createClient, { type Client } from 'openapi-fetch';
import type { Identity } from '#platform/identity/identity.ts';
import {
  GRAPH_CALL_HEADER,
  IDENTITY_HEADER,
  signIdentity,
} from '#platform/identity/signed-identity.ts';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import type { paths } from '../monolith-api.generated.ts';
import { transportFault, unavailable } from './errors.ts';
import { PlainRequest, type Transport } from './transport.ts';

/** The monolith's REST interface as one caller sees it. Types are those of its OpenAPI document. */
export interface Monolith {
  /** For requests that change nothing: sent a second time where the connection fails. */
  readonly reads: Client<paths>;
  /** For requests that change something: sent once. */
  readonly writes: Client<paths>;
}

export interface MonolithSettings {
  readonly url: string;
  readonly timeoutMs: number;
  readonly identityKey: Uint8Array;
}

/**
 * Binds the client to a caller: every request carries the caller's signed identity and request id.
 *
 * @param notFoundHere told of the move whose other side may know what the monolith does not
 */
export function monolithFor(
  identity: Identity,
  settings: MonolithSettings,
  transport: Transport,
  notFoundHere: (move: string) => void,
): Monolith {
  let signed: string | undefined;
  const send = async (request: PlainRequest, retry: boolean): Promise<Response> => {
    signed ??= signIdentity(identity, settings.identityKey);
    request.headers.set(IDENTITY_HEADER, signed);
    request.headers.set(GRAPH_CALL_HEADER, '1');
    request.headers.set(REQUEST_ID_HEADER, identity.requestId);
    const {
      status,
      isJson,
      text,
      notFoundHere: move,
    } = await transport.send(request, retry).catch((error: unknown) => {
      throw transportFault(error, settings.timeoutMs, identity.requestId);
    });
    // What is not JSON was not written by the monolith but by something in between.
    if (status >= 500 || !isJson) {
      throw unavailable(`It answered with status ${status}.`, identity.requestId);
    }
    if (move !== null) notFoundHere(move);
    return new Response(text, { status });
  };
  const client = (retry: boolean): Client<paths> =>
    createClient<paths>({
      baseUrl: settings.url,
      Request: PlainRequest as unknown as typeof Request,
      fetch: (request) => send(request as unknown as PlainRequest, retry),
    });
  return { reads: client(true), writes: client(false) };
}
