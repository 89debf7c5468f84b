import { buildSchema, parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { diffSchemas } from '#schema/changes/diff-schemas.ts';
import { coordinatesOf } from '#schema/usage/coordinates-of.ts';
import { createJudge } from '#schema/usage/judge.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';

const BASE = `
  directive @beta(why: String) on FIELD
  type Query { product(id: ID!): Product search(filter: Filter, kind: Kind): [Result!] old: Int count: Int! }
  type Product { id: ID! name: String! kind: Kind maker: Maker }
  type Maker { name: String }
  union Result = Product | Maker
  enum Kind { BOOK GAME }
  input Filter { text: String price: Range }
  input Range { from: Int to: Int }
`;

const operation = (
  text: string,
  client = 'store',
  rest: Partial<UsedOperation> = {},
): UsedOperation => ({
  name: /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? 'Unnamed',
  client,
  source: `${client}.graphql`,
  document: parse(text),
  fields: [],
  ...rest,
});

/** The operations that break when a part of the schema is replaced by another. */
function brokenBy(edit: readonly [string, string], operations: readonly UsedOperation[]) {
  const [base, head] = [buildSchema(BASE), buildSchema(BASE.replace(...edit))];
  const judge = createJudge(base, head, operations);
  const breaking = diffSchemas(base, head).filter(({ criticality }) => criticality === 'breaking');
  expect(breaking.length).toBeGreaterThan(0);
  return breaking.flatMap((change) => judge.harmedBy(change)).map(({ name }) => name);
}

const PAGE = operation('query Page($id: ID!) { product(id: $id) { id name } }');
const SEARCH = operation(
  'query Search($filter: Filter) { search(filter: $filter) { ... on Product { kind } } }',
);
const BOOKS = operation(
  'query Books { search(kind: BOOK, filter: { text: "a" }) { ... on Maker { name } } }',
);

describe('a breaking change harms', () => {
  test.each<[string, readonly [string, string], readonly UsedOperation[], readonly string[]]>([
    ['nobody who does not select the field', ['old: Int ', ''], [PAGE, SEARCH, BOOKS], []],
    ['whoever selects the field', ['name: String! kind', 'kind'], [PAGE, SEARCH], ['Page']],
    [
      'whoever selects a field that can be null now',
      ['name: String!', 'name: String'],
      [PAGE, SEARCH],
      ['Page'],
    ],
    [
      'nobody with a required argument that they give',
      ['search(filter: Filter,', 'search(filter: Filter!,'],
      [BOOKS],
      [],
    ],
    [
      'whoever sends a variable that may be null for a required argument',
      ['search(filter: Filter,', 'search(filter: Filter!,'],
      [SEARCH, BOOKS],
      ['Search'],
    ],
    [
      'whoever selects a field with a new required argument',
      ['count: Int!', 'count(of: Int!): Int!'],
      [operation('query Count { count }'), PAGE],
      ['Count'],
    ],
    ['whoever may send an input in a variable', ['text: String', ''], [SEARCH, PAGE], ['Search']],
    ['whoever writes an input field out', ['text: String', ''], [BOOKS], ['Books']],
    ['nobody who writes other fields of the input out', ['price: Range', ''], [BOOKS], []],
    ['whoever may send an input within an input', ['from: Int', ''], [SEARCH, BOOKS], ['Search']],
    [
      'whoever may send, or writes out, an input that needs one more field',
      ['text: String', 'text: String page: Int!'],
      [SEARCH, BOOKS, PAGE],
      ['Search', 'Books'],
    ],
    [
      'whoever writes a value of an enum out, and whoever selects the enum',
      ['BOOK GAME', 'GAME'],
      [BOOKS, SEARCH, PAGE],
      ['Books', 'Search'],
    ],
    ['nobody who writes another value of the enum out', ['BOOK GAME', 'BOOK'], [BOOKS], []],
    [
      'whoever has a fragment on a member of a union',
      ['Product | Maker', 'Product'],
      [SEARCH, BOOKS],
      ['Books'],
    ],
    [
      'whoever carries a directive',
      ['directive @beta(why: String) on FIELD', ''],
      [operation('query Beta { count @beta }'), PAGE],
      ['Beta'],
    ],
    [
      'whoever gives an argument of a directive',
      ['(why: String)', ''],
      [operation('query Beta { count @beta }'), operation('query Why { count @beta(why: "x") }')],
      ['Why'],
    ],
    [
      'whoever selects it through a fragment',
      ['name: String! kind', 'kind'],
      [
        operation(
          'query Deep($id: ID!) { product(id: $id) { ...P } } fragment P on Product { name }',
        ),
      ],
      ['Deep'],
    ],
  ])('%s', (_what, edit, operations, names) => {
    expect(brokenBy(edit, operations)).toEqual(names);
  });
});

test.each([
  ['can be sent', BASE],
  ['is only given', BASE.replace(', kind: Kind)', ')')],
])('a value of an enum that %s is missed by whoever selects the enum', (_where, schema) => {
  const kinds = 'query Kinds { product(id: 1) { kind } }';
  const fields = operation('query Fields { count }', 'app', {
    document: null,
    fields: ['Product.kind'],
  });
  const [base, head] = [schema, schema.replace('BOOK GAME', 'BOOK')].map((text) =>
    buildSchema(text),
  );
  if (!base || !head) throw new Error('two schemas');
  const judge = createJudge(base, head, [operation(kinds), fields, PAGE]);
  const harmed = diffSchemas(base, head).flatMap((change) => judge.harmedBy(change));
  expect(harmed.map(({ name }) => name)).toEqual(['Kinds', 'Fields']);
});

describe('recorded traffic', () => {
  const recorded = (fields: readonly string[], count: number): UsedOperation => ({
    name: 'Recorded',
    client: 'app',
    count,
    source: 'traffic.json',
    document: null,
    fields,
  });

  test('counts by fields where there is no text, and any argument may have been given', () => {
    const schema = buildSchema(BASE);
    const { sure, maybe } = coordinatesOf(schema, recorded(['Query.search', 'Query.gone'], 7));
    expect([...sure].sort()).toEqual(['Query.search', 'Result']);
    expect(maybe).toContain('Query.search(filter:)');
    expect(maybe).toContain('Range.from');
    expect(maybe).toContain('Kind.GAME');
    expect(brokenBy(['from: Int', ''], [recorded(['Query.search'], 7)])).toEqual(['Recorded']);
    expect(brokenBy(['old: Int ', ''], [recorded(['Query.search'], 7)])).toEqual([]);
  });

  test('has signatures, whose empty lists and objects may have held anything, and which need not be valid', () => {
    const schema = buildSchema(BASE);
    const signature = (text: string) => operation(text, 'app', { isSignature: true, count: 1 });
    const books = signature('query Books{search(filter:{},kind:BOOK){...on Maker{name}}}');
    const { sure, maybe } = coordinatesOf(schema, books);
    expect(sure).toContain('Kind.BOOK');
    expect([...maybe].sort()).toEqual([
      'Filter',
      'Filter.price',
      'Filter.text',
      'Int',
      'Range',
      'Range.from',
      'Range.to',
      'String',
    ]);
    expect(brokenBy(['from: Int', ''], [books])).toEqual(['Books']);
    expect(brokenBy(['BOOK GAME', 'BOOK'], [books])).toEqual([]);
    // Without its aliases, and without what stood in its input, it would be refused.
    const twice = signature('query Twice{product(id:""){id}product(id:0){name}}');
    expect(brokenBy(['name: String! kind', 'kind'], [twice])).toEqual(['Twice']);
    expect(brokenBy(['old: Int ', ''], [twice])).toEqual([]);
    const base = BASE.replace('text: String', 'text: String!');
    const [before, after] = [base, base.replace('count: Int!', '')].map((text) =>
      buildSchema(text),
    );
    if (!before || !after) throw new Error('two schemas');
    const counting = signature('query Counting{count search(filter:{}){...on Maker{name}}}');
    const judge = createJudge(before, after, [counting, books]);
    const [removed] = diffSchemas(before, after);
    expect(removed && judge.harmedBy(removed).map(({ name }) => name)).toEqual(['Counting']);
    expect(judge.broken()).toEqual([]);
  });

  test('is added up over versions of a client, the most frequent operation first', () => {
    const [base, head] = [buildSchema(BASE), buildSchema(BASE.replace('old: Int ', ''))];
    const judge = createJudge(base, head, [
      operation('query Rare { old }', 'admin', { count: 3 }),
      operation('query Often { old }', 'app', { count: 40, version: '1' }),
      operation('query Often { old count }', 'app', { count: 2, version: '2' }),
      operation('query Often { old }', 'app'),
    ]);
    const [removed] = diffSchemas(base, head);
    expect(removed && judge.harmedBy(removed)).toEqual([
      { name: 'Often', client: 'app', versions: ['1', '2'], count: 42, source: 'app.graphql' },
      { name: 'Rare', client: 'admin', count: 3, source: 'admin.graphql' },
    ]);
  });
});

test('an operation that was not valid before is broken by nothing', () => {
  const [base, head] = [buildSchema(BASE), buildSchema(BASE.replace('old: Int ', ''))];
  const judge = createJudge(base, head, [operation('query Early { old soon }')]);
  expect(judge.broken()).toEqual([]);
  expect(createJudge(base, head, [operation('query Old { old }')]).broken()).toHaveLength(1);
});
