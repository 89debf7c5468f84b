import { Type, type TSchema } from '@fastify/type-provider-typebox';
import { FIRST_TIME, LAST_TIME } from '#platform/graph/connection.ts';
import { isUuid } from '#platform/graph/ids.ts';
import { validation } from './errors.ts';
import { MAX_IDS, ref } from './schemas.ts';

/** One value of a sort key, and a sort key: where a row stands in its list. */
export type SortValue = string | number;
export type SortKey = readonly SortValue[];

/** What the values of a sort key are. `time` is milliseconds since 1970. */
export type SortValueType = 'text' | 'integer' | 'time' | 'uuid';

/** Which part of a list is asked for: at most `limit` rows, after a key or after so many rows. */
export interface ListPage {
  readonly limit: number;
  readonly after: SortKey | null;
  readonly offset: number;
}

/** A row on its way into an answer, with its sort key. */
export interface KeyedItem<Item> {
  readonly item: Item;
  readonly key: SortKey;
}

const DEFAULT_LIMIT = 20;

const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: DEFAULT_LIMIT }));
const sortKeySchema = Type.Array(Type.Union([Type.String(), Type.Number()]), { maxItems: 4 });

/** The members of a list's query. Spread them into the query schema of the route. */
export const listQuery = {
  limit,
  after_key: Type.Optional(
    Type.String({ description: 'The sort key of the last row seen, as a JSON array.' }),
  ),
  page: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100_000, description: '1 is the first page.' }),
  ),
};

/** `?ids=a,b` of a list: the rows of these ids, all on one page unless a limit is given. */
export const idsQuery = {
  ids: Type.Optional(
    Type.String({ description: 'Only these, separated by commas; POST …/lookup takes more.' }),
  ),
};

/** Reads `?ids=a,b`. @throws 422 VALIDATION for what is no list of UUIDs */
export function idsOf(text: string): string[] {
  const ids = text === '' ? [] : text.split(',');
  if (ids.length <= MAX_IDS && ids.every(isUuid)) return ids;
  const message = `must be at most ${MAX_IDS} UUIDs, separated by commas`;
  throw validation([{ field: 'ids', message }]);
}

/** The members of a batched list's body, beside its owners. Every owner's page begins after the same key. */
export const groupBody = { limit, after_key: Type.Optional(sortKeySchema) };

const pageMembers = (schema: TSchema) => ({
  items: Type.Array(schema),
  keys: Type.Array(sortKeySchema, { description: 'The sort key of each item.' }),
  total: Type.Integer(),
  has_more: Type.Boolean(),
});

/** What a list gives. @param schema a named schema */
export const listOf = <Schema extends TSchema>(schema: Schema) => {
  const item = ref(schema);
  return Type.Object({ ...pageMembers(item), items: Type.Array(item) });
};

/** What a batched list gives: a page per owner, in the order asked. @param schema a named schema */
export const groupsOf = <Schema extends TSchema>(schema: Schema) => {
  const item = ref(schema);
  return Type.Object({
    groups: Type.Array(
      Type.Object({ owner_id: Type.String(), ...pageMembers(item), items: Type.Array(item) }),
    ),
  });
};

/**
 * Reads `limit`, `after_key` and `page` of a list or batched list.
 *
 * @param types what the values of the list's sort key are
 * @throws 422 VALIDATION for a key that is none of this list
 */
export function listPage(
  query: { limit?: number; after_key?: string | SortValue[]; page?: number },
  types: readonly SortValueType[],
): ListPage {
  const limit = query.limit ?? DEFAULT_LIMIT;
  if (query.after_key === undefined) {
    return { limit, after: null, offset: ((query.page ?? 1) - 1) * limit };
  }
  if (query.page !== undefined) {
    throw validation([{ field: 'page', message: 'cannot be combined with after_key' }]);
  }
  return { limit, after: sortKey(query.after_key, types), offset: 0 };
}

function sortKey(given: string | SortValue[], types: readonly SortValueType[]): SortKey {
  const values = typeof given === 'string' ? parsed(given) : given;
  const fits =
    Array.isArray(values) &&
    values.length === types.length &&
    types.every((type, index) => FITS[type](values[index]));
  if (fits) return values as SortValue[];
  const message = `is not a sort key of this list: expected a JSON array of ${types.join(', ')}`;
  throw validation([{ field: 'after_key', message }]);
}

const FITS: Record<SortValueType, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string' && !value.includes('\0'),
  integer: (value) => Number.isSafeInteger(value),
  time: (value) =>
    Number.isSafeInteger(value) && Number(value) >= FIRST_TIME && Number(value) <= LAST_TIME,
  uuid: (value) => typeof value === 'string' && isUuid(value),
};

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Makes the answer of a list.
 *
 * @param rows the rows of the page and, where there is one, the row after it: ask for `limit + 1`
 */
export function listAnswer<Item>(page: ListPage, rows: readonly KeyedItem<Item>[], total: number) {
  const shown = rows.slice(0, page.limit);
  return {
    items: shown.map(({ item }) => item),
    keys: shown.map(({ key }) => [...key]),
    total,
    has_more: rows.length > page.limit,
  };
}

/**
 * Makes the answer of a batched list, owners in the order asked.
 *
 * @param rows the rows of all owners, `limit + 1` of each where there are so many, in the order of the list
 * @param totals the number of rows of each owner; none means 0
 */
export function groupAnswer<Item>(
  owners: readonly string[],
  page: ListPage,
  rows: readonly (KeyedItem<Item> & { readonly owner: string })[],
  totals: ReadonlyMap<string, number>,
) {
  const lists = new Map<string, KeyedItem<Item>[]>(
    owners.map((owner) => [owner.toLowerCase(), []]),
  );
  for (const row of rows) lists.get(row.owner)?.push(row);
  return {
    groups: [...lists].map(([owner, list]) => ({
      owner_id: owner,
      ...listAnswer(page, list, totals.get(owner) ?? 0),
    })),
  };
}
