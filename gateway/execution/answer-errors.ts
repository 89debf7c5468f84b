import { isObject } from './own-property.ts';
import type { IncompleteValue } from './answer-writer.ts';
import type { ResponsePath } from './targets.ts';

/** An error of the answer, as the GraphQL specification wants it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: ResponsePath;
  readonly extensions: Readonly<Record<string, unknown>>;
}

/**
 * Makes the errors of an execution fit for the client:
 * - a path ends where the answer ends: fields that only the plan needed are not the client's;
 * - a field that has its value all the same has no fault;
 * - nulls and values that no subgraph has explained become errors.
 *
 * @param json the JSON text of the data
 */
export function settleErrors(
  errors: readonly AnswerError[],
  incomplete: readonly IncompleteValue[],
  json: string | null,
): AnswerError[] {
  if (errors.length === 0) return withoutRepetition(incomplete.map(unexplained));
  const data: unknown = json === null ? null : JSON.parse(json);
  const settled = errors.map((error) =>
    error.path ? { ...error, path: answeredPath(error.path, data) } : error,
  );
  return withoutRepetition(
    settled.filter((error) => !(error.path && isFault(error) && isAnswered(error.path, data))),
  );
}

/** Whether a subgraph did not answer properly, as opposed to an error that it reported. */
export function isFault({ extensions }: Pick<AnswerError, 'extensions'>): boolean {
  return String(extensions['code']).startsWith('SUBGRAPH_');
}

function unexplained({ message, path }: IncompleteValue): AnswerError {
  return { message, path, extensions: { code: 'SUBGRAPH_INVALID_RESPONSE' } };
}

/** As much of a path as leads through the answer; all of it where a null stands in for the rest. */
function answeredPath(path: ResponsePath, data: unknown): ResponsePath {
  let value = data;
  for (const [index, key] of path.entries()) {
    if (value === null || value === undefined) return path;
    if (typeof value !== 'object' || !Object.hasOwn(value, key)) return path.slice(0, index);
    value = (value as Record<string | number, unknown>)[key];
  }
  return path;
}

/** Whether a path leads to a scalar, to which nothing can be missing. */
function isAnswered(path: ResponsePath, data: unknown): boolean {
  const value = path.reduce<unknown>(
    (parent, key) =>
      isObject(parent) || Array.isArray(parent)
        ? (parent as Record<string | number, unknown>)[key]
        : undefined,
    data,
  );
  return value !== null && value !== undefined && typeof value !== 'object';
}

function withoutRepetition(errors: readonly AnswerError[]): AnswerError[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    if (!error.path) return true;
    const key = JSON.stringify([error.message, error.path, error.extensions]);
    return !seen.has(key) && seen.add(key);
  });
}
