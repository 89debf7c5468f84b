import { httpError, invalidResponse, type SubgraphFault } from './subgraph-fault.ts';
import type { SubgraphResponse } from './subgraph-fetch.ts';

/** An answer over HTTP, not yet read. */
export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * Reads an answer. With an HTTP error its GraphQL errors count, if there are any: they say more than a status.
 *
 * @throws SubgraphFault where it is no GraphQL response
 */
export function readResponse(subgraph: string, { status, text }: HttpAnswer): SubgraphResponse {
  const fault = (): SubgraphFault =>
    status < 200 || status > 299 ? httpError(subgraph, status) : invalidResponse(subgraph);
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
  if (!isObject(body)) return false;
  const { data, errors } = body;
  if (errors !== undefined && !(Array.isArray(errors) && errors.every(isError))) return false;
  const hasErrors = Array.isArray(errors) && errors.length > 0;
  return isObject(data) || data === null || (data === undefined && hasErrors);
}

function isError(error: unknown): boolean {
  return isObject(error) && typeof error['message'] === 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
