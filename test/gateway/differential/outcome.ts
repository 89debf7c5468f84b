/** An error of an answer, as a client sees it. */
export interface OutcomeError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** What a client gets. */
export interface Outcome {
  /** The JSON text of the data, keys in their order; null where there is none. */
  readonly data: string | null;
  readonly errors: readonly OutcomeError[];
}

/** Whether two answers are the same: the data with its keys in any order, and the errors in any order. */
export function isSame(a: Outcome, b: Outcome): boolean {
  if (a.data !== b.data && sorted(a.data) !== sorted(b.data)) return false;
  const left = sortedErrors(a);
  const right = sortedErrors(b);
  return left.length === right.length && left.every((error, index) => error === right[index]);
}

/** The errors as texts, sorted. */
export function sortedErrors({ errors }: Outcome): string[] {
  return errors
    .map(({ path, message, extensions }) => stableJson([path ?? null, message, extensions]))
    .sort();
}

function sorted(json: string | null): string {
  return json === null ? '' : stableJson(JSON.parse(json));
}

/** JSON with sorted keys: equal for equal values. */
export function stableJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === 'object' && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}
