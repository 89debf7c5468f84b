import { executeQueryPlan } from '@apollo/gateway';
import type { PlanNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { describe, expect, test } from 'vitest';
import { compileOperation } from '../../../gateway/execution/compile-operation.ts';
import { runOperation } from '../../../gateway/execution/run-operation.ts';
import { timedOut } from '../../../gateway/transport/subgraph-fault.ts';
import type { SendFetch, SubgraphResponse } from '../../../gateway/transport/subgraph-fetch.ts';
import { executeReference } from '../reference/execute-reference.ts';
import { planOf, rootOf } from './case-plan.ts';
import { mendedAnswer } from './exceptions.ts';
import { composeSubgraphs } from './graph-pool.ts';
import { loadMendedReference } from './mended-reference.ts';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject", "@shareable"])';

const graph = composeSubgraphs([
  {
    name: 'shop',
    sdl: `${LINK}
      type Query { items: [Item]! book: Book money: Money! price: Int user: User loose: String both: Both @shareable rows: [[Both]] @shareable }
      type Both @shareable { x: Int }
      interface Item { id: ID! }
      type Book implements Item @key(fields: "id") { id: ID! title: String }
      type Film implements Item @key(fields: "id") { id: ID! }
      interface Priced { amount: Int! }
      type Money implements Priced { amount: Int! currency: String! }
      interface Person @key(fields: "id") { id: ID! }
      type User implements Person @key(fields: "id") { id: ID! age: Int }
    `,
  },
  {
    name: 'stock',
    sdl: `${LINK}
      type Query { both: Both @shareable rows: [[Both]] @shareable }
      type Both @shareable { y: Int }
      type Book @key(fields: "id") { id: ID! pages: Int sheets: Int! }
      type Film @key(fields: "id") { id: ID! minutes: Int }
      type Person @key(fields: "id") @interfaceObject { id: ID! rank: Int }
    `,
  },
]);

const film = { __typename: 'Film', id: 'f1' };
const book = { __typename: 'Book', id: 'b1' };

type Answers = Record<string, SubgraphResponse | Error>;

/** The answers of both executors, and of the reference without its faults. */
async function answersTo(operation: string, answers: Answers, given?: PlanNode) {
  const document = parse(operation);
  const plan =
    given ??
    rootOf(
      planOf(graph, {
        graph: 0,
        world: 0,
        labels: [],
        operation: { text: operation, variables: {} },
        faults: [],
      }) ?? { kind: 'QueryPlan' },
    );
  const send: SendFetch = async ({ subgraph }) => {
    const answer = answers[subgraph] ?? {};
    if (answer instanceof Error) throw answer;
    return structuredClone(answer);
  };
  const compiled = compileOperation(plan, document, null, {
    supergraph: graph.schema,
    client: graph.clientSchema,
  });
  const { json, errors } = await runOperation(compiled, {
    variables: { no: false },
    rawVariables: {},
    send,
    signal: new AbortController().signal,
  });
  const sendMended: SendFetch = (fetch) => mendedAnswer(graph.schema, fetch, send(fetch));
  const refer = async (send: SendFetch, execute: typeof executeQueryPlan): Promise<unknown> =>
    plain(await executeReference(plan, document, null, graph, {}, send, execute));
  return {
    ours: plain({ data: json === null ? null : JSON.parse(json), errors }),
    reference: await refer(send, executeQueryPlan),
    mended: await refer(sendMended, loadMendedReference()),
  };
}

function plain({ data, errors }: { data?: unknown; errors?: readonly object[] }): unknown {
  const answer = { data: data ?? null, errors: errors ?? [] };
  return JSON.parse(
    JSON.stringify(answer, (key, value: unknown) => (key === 'locations' ? undefined : value)),
  );
}

const error = (message: string, path: readonly (string | number)[], code: string) => ({
  message,
  path,
  extensions: { code },
});
const broken = { message: 'broken', extensions: { code: 'BROKEN' } };

/** What is right, where the reference is not. */
const CASES: readonly {
  readonly name: string;
  readonly operation: string;
  readonly answers: Answers;
  readonly right: { readonly data: unknown; readonly errors: readonly object[] };
}[] = [
  {
    name: 'an error of an entity is told of that entity, also in a list of several types',
    operation: '{ items { id ... on Book { pages } } }',
    answers: {
      shop: { data: { items: [film, book] } },
      stock: {
        data: { _entities: [{ pages: null }] },
        errors: [{ ...broken, path: ['_entities', 0, 'pages'] }],
      },
    },
    right: {
      data: { items: [{ id: 'f1' }, { id: 'b1', pages: null }] },
      errors: [error('broken', ['items', 1, 'pages'], 'BROKEN')],
    },
  },
  {
    name: 'a value of the wrong shape is null, and all other fields stand',
    operation: '{ book { title } price }',
    answers: { shop: { data: { book: 'a text', price: 3 } } },
    right: {
      data: { book: null, price: 3 },
      errors: [
        error('Invalid value found for field Query.book.', ['book'], 'SUBGRAPH_INVALID_RESPONSE'),
      ],
    },
  },
  {
    name: 'a list where none may be is null, and nothing is fetched for its items',
    operation: '{ book { title pages } price }',
    answers: {
      shop: { data: { book: [{ ...book, title: 'one' }], price: 3 } },
      stock: { data: { _entities: [{ pages: 100 }] } },
    },
    right: {
      data: { book: null, price: 3 },
      errors: [
        error('Invalid value found for field Query.book.', ['book'], 'SUBGRAPH_INVALID_RESPONSE'),
      ],
    },
  },
  {
    name: 'an object keeps its type in a fragment on an interface',
    operation: '{ money { ... on Priced { ... on Money { currency } } } }',
    answers: { shop: { data: { money: { currency: 'EUR' } } } },
    right: { data: { money: { currency: 'EUR' } }, errors: [] },
  },
  {
    name: 'an error of all entities is told of where they stand in the answer',
    operation: '{ book { sheets } }',
    answers: {
      shop: { data: { book } },
      stock: { data: null, errors: [{ ...broken, path: ['_entities'] }] },
    },
    right: { data: { book: null }, errors: [error('broken', ['book'], 'BROKEN')] },
  },
  {
    name: 'an entity keeps its type where a subgraph knows it as an interface only',
    operation: '{ user { ... on User { age rank } } }',
    answers: {
      shop: { data: { user: { __typename: 'User', id: 'u1', age: 7 } } },
      stock: { data: { _entities: [{ __typename: 'Person', rank: 1 }] } },
    },
    right: { data: { user: { age: 7, rank: 1 } }, errors: [] },
  },
  {
    name: 'an entity that is no object is null, and those beside it stand',
    operation: '{ items { id ... on Book { pages } } }',
    answers: {
      shop: { data: { items: [book, { ...book, id: 'b2' }] } },
      stock: { data: { _entities: [7, { pages: 2 }] } },
    },
    right: {
      data: {
        items: [
          { id: 'b1', pages: null },
          { id: 'b2', pages: 2 },
        ],
      },
      errors: [],
    },
  },
  {
    name: 'lists in lists are merged item by item',
    operation: '{ rows { x y } }',
    answers: { shop: { data: { rows: [[{ x: 1 }]] } }, stock: { data: { rows: [[{ y: 2 }]] } } },
    right: { data: { rows: [[{ x: 1, y: 2 }]] }, errors: [] },
  },
  {
    name: 'an object stands where another subgraph says a text in its place',
    operation: '{ both { x y } }',
    answers: { shop: { data: { both: 'a text' } }, stock: { data: { both: { y: 1 } } } },
    right: { data: { both: { x: null, y: 1 } }, errors: [] },
  },
  {
    name: 'entities that are too few are a fault, told of each field',
    operation: '{ items { id ... on Book { pages } } }',
    answers: { shop: { data: { items: [book] } }, stock: { data: { _entities: [] } } },
    right: {
      data: { items: [{ id: 'b1', pages: null }] },
      errors: [
        {
          message: 'The subgraph "stock" answered with something that is no GraphQL response.',
          path: ['items', 0, 'pages'],
          extensions: { code: 'SUBGRAPH_INVALID_RESPONSE', serviceName: 'stock' },
        },
      ],
    },
  },
  {
    name: 'a fault is told of the fields that an entity can have',
    operation: '{ items { id ... on Book { pages } ... on Film { minutes } } }',
    answers: { shop: { data: { items: [film] } }, stock: timedOut('stock', 10) },
    right: {
      data: { items: [{ id: 'f1', minutes: null }] },
      errors: [
        {
          message: 'The subgraph "stock" did not answer within 10 ms: try again later.',
          path: ['items', 0, 'minutes'],
          extensions: { code: 'SUBGRAPH_TIMEOUT', serviceName: 'stock' },
        },
      ],
    },
  },
];

describe('where the reference is wrong, the executor is right', () => {
  test.for(CASES)('$name', async ({ operation, answers, right }) => {
    const { ours, reference, mended } = await answersTo(operation, answers);
    expect(ours).toEqual(right);
    expect(reference).not.toEqual(right);
    expect(mended).toEqual(right);
  });

  test('a field that the plan has renamed keeps 0, false and the empty text', async () => {
    const plan: PlanNode = {
      kind: 'Fetch',
      serviceName: 'shop',
      operation: '{price__alias_0:price loose__alias_0:loose}',
      operationKind: 'query' as never,
      operationName: undefined,
      variableUsages: [],
      outputRewrites: ['price', 'loose'].map((name) => ({
        kind: 'KeyRenamer' as const,
        path: [`${name}__alias_0`],
        renameKeyTo: name,
      })),
    };
    const shop = { data: { price__alias_0: 0, loose__alias_0: '' } };
    const { ours, reference, mended } = await answersTo('{ price loose }', { shop }, plan);
    expect(ours).toEqual({ data: { price: 0, loose: '' }, errors: [] });
    expect(reference).toEqual({ data: { price: null, loose: null }, errors: [] });
    expect(mended).toEqual(ours);
  });

  test('keys stand in the order in which fields are selected, skipped ones aside', async () => {
    const operation = `query ($no: Boolean! = false) {
      book { ... on Book { id } ... on Book @skip(if: $no) { title } ... on Book { late: title } }
    }`;
    const shop = { data: { book: { id: 'b1', title: 'one', late: 'one' } } };
    const { ours, reference } = await answersTo(operation, { shop });
    expect(JSON.stringify(ours)).toContain('{"id":"b1","title":"one","late":"one"}');
    expect(JSON.stringify(reference)).toContain('{"id":"b1","late":"one","title":"one"}');
  });
});
