import type { Page } from '#platform/graph/connection.ts';

/** A page request as the query of a list: the sort key is a text there. */
export function pageQuery({ limit, after }: Page): { limit: number; after_key?: string } {
  return after === null ? { limit } : { limit, after_key: JSON.stringify(after) };
}

/** A page request as members of the body of a batched list. */
export function pageBody({ limit, after }: Page): {
  limit: number;
  after_key?: (string | number)[];
} {
  return after === null ? { limit } : { limit, after_key: [...after] };
}
