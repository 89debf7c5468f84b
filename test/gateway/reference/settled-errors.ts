import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { GraphQLError } from 'graphql';

type Path = readonly (string | number)[];

/**
 * Makes the errors of an execution fit for clients:
 * - nulls that a subgraph left where none may be become errors, as the GraphQL specification wants it
 *   (`@apollo/gateway` puts them into `extensions.valueCompletion`);
 * - a path ends where the answer ends: fields that only the plan needed are not the client's;
 * - a field that has its value all the same has no error;
 * - the subgraph is named only where the subgraph itself is at fault: everything else is the same from
 *   either side of a move.
 */
export function settleErrors(result: GatewayExecutionResult): GatewayExecutionResult {
  const { valueCompletion, ...extensions } = (result.extensions ?? {}) as {
    valueCompletion?: readonly GraphQLError[];
  };
  const settled = (result.errors ?? []).map((error) => settle(error, result.data));
  const errors = [
    ...withoutAnswered(settled, result.data),
    ...(valueCompletion ?? []).map(incomplete),
  ];
  return {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(errors.length > 0 ? { errors: withoutRepetition(errors) } : {}),
    ...(Object.keys(extensions).length > 0 ? { extensions } : {}),
  };
}

function settle(error: GraphQLError, data: unknown): GraphQLError {
  // Not all that the executor collects are GraphQL errors: what is not is masked later.
  if (!(error instanceof GraphQLError)) return error;
  const {
    serviceName,
    stacktrace: _stack,
    exception: _exception,
    ...extensions
  } = error.extensions;
  return new GraphQLError(error.message, {
    path: error.path && answeredPath(error.path, data),
    extensions: isFault(error) ? { ...extensions, serviceName } : extensions,
    originalError: error.originalError instanceof Error ? error.originalError : undefined,
  });
}

/** Whether a subgraph did not answer properly, as opposed to an error that it reported. */
function isFault(error: GraphQLError): boolean {
  return String(error.extensions?.['code']).startsWith('SUBGRAPH_');
}

/**
 * Leaves out the faults of fields that have their value all the same. Something of a failed request is always
 * missing, though: where nothing seems to be, its errors were put on wrong entities of a list of several types
 * (`@apollo/gateway` counts those that it did not ask for), and one error stands for the list.
 */
function withoutAnswered(errors: readonly GraphQLError[], data: unknown): GraphQLError[] {
  const isWrong = (error: GraphQLError): boolean =>
    isFault(error) && error.path !== undefined && isAnswered(error.path, data);
  const subgraphOf = (error: GraphQLError): unknown => error.extensions?.['serviceName'];
  const right = errors.filter((error) => !isWrong(error));
  const told = new Set(right.filter(isFault).map(subgraphOf));
  const untold = errors.filter((error) => isWrong(error) && !told.has(subgraphOf(error)));
  return [...right, ...untold.map(ofWholeList)];
}

function ofWholeList({ message, path, extensions }: GraphQLError): GraphQLError {
  const index = path?.findIndex((key) => typeof key === 'number') ?? -1;
  return new GraphQLError(message, { path: path?.slice(0, index < 0 ? -1 : index), extensions });
}

/** As much of a path as leads through the answer; all of it where a null stands in for the rest. */
function answeredPath(path: Path, data: unknown): Path {
  let value = data;
  for (const [index, key] of path.entries()) {
    if (value === null || value === undefined) return path;
    if (typeof value !== 'object' || !Object.hasOwn(value, key)) return path.slice(0, index);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}

/** Whether a path leads to a value: a scalar or a list of scalars, to which nothing can be missing. */
function isAnswered(path: Path, data: unknown): boolean {
  const value = path.reduce<unknown>(
    (parent, key) => (parent as Record<string | number, unknown> | null | undefined)?.[key],
    data,
  );
  return value !== null && value !== undefined && typeof value !== 'object';
}

function incomplete(error: GraphQLError): GraphQLError {
  return new GraphQLError(error.message, {
    path: error.path,
    extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' },
  });
}

function withoutRepetition(errors: readonly GraphQLError[]): GraphQLError[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    if (!error.path) return true;
    const key = JSON.stringify([error.message, error.path, error.extensions]);
    return !seen.has(key) && seen.add(key);
  });
}
