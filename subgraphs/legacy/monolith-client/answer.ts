import { graphError } from '#platform/graph/errors.ts';
import { callerFault, type RestError } from './errors.ts';

/** What the typed client gives. */
interface Reply<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** The monolith refused: an outcome that the caller has to deal with. */
export interface Refusal {
  readonly refused: RestError;
  readonly status: number;
}

/** What a request that changes something came to. */
export type Outcome<Data> = { readonly data: Data; readonly refused?: never } | Refusal;

/**
 * The outcome of a request: its data, or why the monolith refused.
 *
 * @throws a GraphQL error where the caller may not ask
 */
export async function outcome<Data>(
  pending: Promise<Reply<Data>>,
): Promise<Outcome<NonNullable<Data>>> {
  const { data, error, response } = await pending;
  if (response.ok) return { data: data as NonNullable<Data> };
  const refused = (error as { error?: RestError } | undefined)?.error;
  if (typeof refused?.code !== 'string') {
    throw new Error(`The monolith answered ${response.status} without saying why`);
  }
  const fault = callerFault(response.status, refused);
  if (fault) throw fault;
  return { refused, status: response.status };
}

/** The data of a request that has no other outcome. @throws a GraphQL error where there is none */
export async function answer<Data>(pending: Promise<Reply<Data>>): Promise<NonNullable<Data>> {
  const result = await outcome(pending);
  if (!result.refused) return result.data;
  throw unexpected(result);
}

/** The data of a request, or null where the monolith has nothing of that id. */
export async function answerOrNull<Data>(
  pending: Promise<Reply<Data>>,
): Promise<NonNullable<Data> | null> {
  const result = await outcome(pending);
  if (!result.refused) return result.data;
  if (result.status === 404) return null;
  throw unexpected(result);
}

/** The fault for a refusal that the wrapper has no answer for: it should have checked before it asked. */
export function unexpected({ refused, status }: Refusal): Error {
  if (status === 422) {
    const fields = refused.fields?.map(({ field, message }) => `${field}: ${message}`).join('; ');
    return graphError('BAD_USER_INPUT', fields || refused.message);
  }
  return new Error(
    `The monolith refused a request with ${status} ${refused.code}: ${refused.message}`,
  );
}
