import { badUserInput } from './errors.ts';
import { isUuid } from './ids.ts';

/** The most nodes of one page. */
const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** The arguments of a Relay connection that pages forward. */
export interface ConnectionArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/** One value of a sort key. */
export type CursorValue = string | number;

/** What a value of a sort key is. `time` is milliseconds since 1970. */
export type CursorValueType = 'string' | 'number' | 'time' | 'uuid';

/** The first and the last millisecond with a year of four digits, in every time zone. */
export const FIRST_TIME = -62_135_510_400_000;
export const LAST_TIME = 253_402_128_000_000;

/** The nearest time that can be stored, for filters: no row is earlier or later. */
export const nearestTime = (time: Date): Date =>
  new Date(Math.min(Math.max(time.getTime(), FIRST_TIME), LAST_TIME));

/** The longest text in a sort key, in UTF-16 units: no list is ordered by longer ones. */
const MAX_TEXT_LENGTH = 1_000;

/** A page request for a repository: `limit` nodes that come after the sort key `after`. */
export interface Page {
  readonly limit: number;
  /** The sort key of the node before the page; null at the beginning. */
  readonly after: readonly CursorValue[] | null;
}

/** A page as a repository gives it. */
export interface PageResult<Node> {
  readonly nodes: readonly Node[];
  readonly hasNextPage: boolean;
  readonly totalCount: number;
}

/** @param rows the page, and the row after it where there is one */
export function pageResult<Row>(
  rows: readonly Row[],
  { limit }: Page,
  totalCount: number,
): PageResult<Row> {
  return { nodes: rows.slice(0, limit), hasNextPage: rows.length > limit, totalCount };
}

/**
 * The same page of the list of each owner, in the order of the owners.
 *
 * @param rows the pages of all owners, each with the row after it where there is one
 * @param totals how many rows each owner has; who has none may be left out
 */
export function pageResults<Row>(
  ownerIds: readonly string[],
  page: Page,
  [rows, totals]: readonly [readonly Row[], ReadonlyMap<string, number>],
  ownerOf: (row: Row) => string,
): PageResult<Row>[] {
  const byOwner = Map.groupBy(rows, ownerOf);
  return ownerIds.map((id) => pageResult(byOwner.get(id) ?? [], page, totals.get(id) ?? 0));
}

/** A Relay connection (https://relay.dev/graphql/connections.htm) with `nodes` and `totalCount`. */
export interface Connection<Node> {
  readonly edges: { readonly cursor: string; readonly node: Node }[];
  readonly nodes: Node[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

/**
 * A cursor is the sort key of a node: base64url of a JSON array whose first value names the order of the
 * list. Both sides of a move make equal cursors, so a client may page on while a move flips.
 */
export function encodeCursor(order: string, key: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([order, ...key])).toString('base64url');
}

/**
 * Reads the arguments of a connection.
 *
 * @param order names the order of the list: a cursor of another order is refused
 * @param keyTypes the types of the values of the sort key, e.g. `['string', 'uuid']`
 * @throws BAD_USER_INPUT for a page size out of bounds or a malformed cursor
 */
export function pageFrom(
  { first, after }: ConnectionArguments,
  order: string,
  keyTypes: readonly CursorValueType[],
): Page {
  const limit = first ?? DEFAULT_PAGE_SIZE;
  if (limit < 1 || limit > MAX_PAGE_SIZE) {
    throw badUserInput('first', `must be from 1 to ${MAX_PAGE_SIZE}, got ${limit}`);
  }
  return { limit, after: after == null ? null : decodeCursor(after, order, keyTypes) };
}

function decodeCursor(
  cursor: string,
  order: string,
  keyTypes: readonly CursorValueType[],
): readonly CursorValue[] {
  const values = parseCursor(cursor);
  if (values?.length !== keyTypes.length + 1) throw malformed();
  const [cursorOrder, ...key] = values;
  if (cursorOrder !== order) {
    throw badUserInput('after', 'this cursor belongs to a list in another order: begin without it');
  }
  if (!keyTypes.every((type, index) => FITS[type](key[index]))) throw malformed();
  return key as CursorValue[];
}

/** A cursor is whatever a client sends: what a database cannot compare with must not reach it. */
const FITS: Record<CursorValueType, (value: unknown) => boolean> = {
  string: (value) =>
    typeof value === 'string' && value.length <= MAX_TEXT_LENGTH && !value.includes('\0'),
  number: (value) => Number.isSafeInteger(value),
  time: (value) =>
    Number.isSafeInteger(value) && Number(value) >= FIRST_TIME && Number(value) <= LAST_TIME,
  uuid: (value) => typeof value === 'string' && isUuid(value),
};

function parseCursor(cursor: string): unknown[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(values) ? values : null;
  } catch {
    return null;
  }
}

const malformed = () =>
  badUserInput('after', 'not a cursor: pass an `endCursor` or `cursor` of this list as it is');

/** Makes the connection of a page. `keyOf` gives the sort key of a node. */
export function connectionOf<Node>(
  page: Page,
  result: PageResult<Node>,
  order: string,
  keyOf: (node: Node) => readonly CursorValue[],
): Connection<Node> {
  const edges = result.nodes.map((node) => ({ cursor: encodeCursor(order, keyOf(node)), node }));
  return {
    edges,
    nodes: [...result.nodes],
    pageInfo: {
      hasNextPage: result.hasNextPage,
      hasPreviousPage: page.after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: result.totalCount,
  };
}
