import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import { GraphRequestError } from '#platform/graph-client/graph-request-error.ts';
import type { SubgraphClient } from '#platform/graph-client/subgraph-client.ts';
import type { Identity } from '#platform/identity/identity.ts';
import { caller } from './caller.ts';
import { accountUnknownHere, ApiError, forbidden, validation } from './errors.ts';
import { elsewhereAway } from './stock/elsewhere.ts';

// What REST clients write and a domain owns is done there: the request becomes a mutation of the domain's subgraph, and
// what that says becomes the answer that the monolith's own service would have given. Each area has its `forwarded.ts`.

/** Milliseconds for which what was written elsewhere is waited for here, so that the client's next read finds it. */
const LONGEST_WAIT = 250;
const FIRST_PAUSE = 5;
const LONGEST_PAUSE = 40;

/** A service that owns what is to be written, and what to call it in errors. */
export interface Owner {
  readonly name: string;
  readonly client: SubgraphClient;
}

/** `InvalidInput` of the graph. */
export interface InvalidInput {
  readonly __typename: 'InvalidInput';
  readonly fields: readonly { readonly path: string; readonly message: string }[];
}

/** A problem of the graph that says nothing but its message. */
export interface Problem<Name extends string> {
  readonly __typename: Name;
  readonly message: string;
}

/** Selects what {@link Problem} and {@link InvalidInput} hold. */
export const INVALID_INPUT = '... on InvalidInput { fields { path message } }';
export const PROBLEM = '... on Problem { message }';

/** The REST client as the service that owns is told of it: the address is for limits on login tries. */
export function callerOf(request: FastifyRequest): Identity {
  const identity = caller(request);
  return { ...identity, clientAddress: identity.clientAddress ?? request.ip };
}

/**
 * Runs a mutation at the service that owns what it writes.
 *
 * @param document has one variable, `$input`, and one field with the alias `result`
 * @returns what the field gives: of a union, the member by its `__typename`
 * @throws OwnershipRefused; ApiError: 401, 403, 409 ACCOUNT_UNKNOWN_HERE, 422 without fields, 503
 */
export async function mutate<Result>(
  { name, client }: Owner,
  document: string,
  input: object | string,
  identity: Identity,
): Promise<Result> {
  try {
    const data = await client.request<{ readonly result: Result }>(document, { input }, identity);
    return data.result;
  } catch (error) {
    throw error instanceof GraphRequestError ? restFault(error, name, identity) : error;
  }
}

/** The fault of the graph as the monolith says it. What nobody expects stays as it is: it is logged, and answered by 500. */
function restFault(error: GraphRequestError, service: string, identity: Identity): Error {
  const { code, message } = error;
  if (code === 'UNAUTHENTICATED') {
    return identity.role === 'service'
      ? forbidden('Only accounts may do this: a service has none.')
      : new ApiError(401, 'NOT_LOGGED_IN', message);
  }
  if (code === 'FORBIDDEN') return forbidden(message);
  if (code === 'BAD_USER_INPUT') return new ApiError(422, 'VALIDATION', message, { fields: [] });
  if (code === 'ACCOUNT_NOT_MIRRORED') return accountUnknownHere();
  // The service says itself what its client is to do.
  if (code.startsWith('UPSTREAM_')) return new ApiError(503, 'UNAVAILABLE', message);
  return error.passing ? elsewhereAway(service, error) : error;
}

/** `attributes.2.value` of the graph is `attrs.2.1` here. */
const ATTRIBUTE = /^attributes\.(\d+)\.(name|value)$/;

/** 422 for an input that the graph found invalid. @param names the REST names of paths; what is not there has the same name */
export function invalid(
  { fields }: Pick<InvalidInput, 'fields'>,
  names: Readonly<Record<string, string>>,
): ApiError {
  const fieldOf = (path: string) => {
    const [, index, member] = ATTRIBUTE.exec(path) ?? [];
    if (member !== undefined) return `attrs.${index}.${member === 'name' ? '0' : '1'}`;
    return names[path] ?? path;
  };
  return validation(fields.map(({ path, message }) => ({ field: fieldOf(path), message })));
}

/**
 * Waits until the monolith's own database holds what was written elsewhere.
 *
 * @param read gives it; null or undefined as long as it is not there
 * @returns null where that takes longer than 250 ms: then the answer is made of what the owner said
 */
export async function mirrored<Row>(
  read: () => Promise<Row | null | undefined>,
): Promise<Row | null> {
  const deadline = performance.now() + LONGEST_WAIT;
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    const row = await read();
    if (row != null) return row;
    const left = deadline - performance.now();
    if (left <= 0) return null;
    await wait(Math.min(pause, left));
  }
}
