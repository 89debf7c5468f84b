import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '#platform/graph/connection.ts';
import { stockLevel, stockMovement } from '../../subgraphs/inventory/tables.ts';
import { startInventoryServer, type InventoryServer } from './inventory-server.ts';

const ENTITIES = `query Entities($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Product { id stock inStock stockLevels { onHand product { id } warehouse { id code name } }
    stockMovements(first: 2) { totalCount nodes { delta warehouse { code } } } } } }`;
const LOW = `query ($threshold: Int, $first: Int, $after: String) {
  lowStock(threshold: $threshold, first: $first, after: $after) { totalCount
    edges { cursor } nodes { available product { id } warehouse { code } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const MOVEMENTS = `query ($representations: [_Any!]!, $first: Int, $after: String) {
  _entities(representations: $representations) { ... on Product { id
    stockMovements(first: $first, after: $after) { totalCount nodes { id }
      pageInfo { hasNextPage hasPreviousPage endCursor } } } } }`;

let inventory: InventoryServer;
const products: string[] = [];
beforeAll(async () => {
  inventory = await startInventoryServer();
  for (let n = 0; n < 100; n++) products.push(await inventory.newProduct(2, 1000 + n, 1000));
});
afterAll(() => inventory?.close());

const representations = (ids: readonly string[]) =>
  ids.map((id) => ({ __typename: 'Product', id }));

describe('references to products', () => {
  test('take one statement a level, pages and totals, however many', async () => {
    const counts = [];
    for (const items of [5, 80]) {
      counts.push(
        await inventory.statements(() =>
          inventory.data(ENTITIES, { representations: representations(products.slice(0, items)) }),
        ),
      );
    }
    // What is available, the levels, the movements and their totals, the warehouses of both.
    expect(counts).toEqual([5, 5]);
  });

  test('come in the order asked, repeated ones too; what was never in stock has none, malformed ones are null', async () => {
    const [one, two] = products as [string, string];
    const unknown = randomUUID();
    const asked = [two, unknown, one.toUpperCase(), two, 'no-uuid'];
    const { _entities } = await inventory.data(ENTITIES, {
      representations: representations(asked),
    });
    expect(_entities.map((entity: { id: string } | null) => entity?.id ?? null)).toEqual([
      two,
      unknown,
      one,
      two,
      null,
    ]);
    expect(_entities[1]).toEqual({
      id: unknown,
      stock: 0,
      inStock: false,
      stockLevels: [],
      stockMovements: { totalCount: 0, nodes: [] },
    });
  });

  test('show everybody what is in stock, and only staff where', async () => {
    const query = (fields: string) => `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Product { ${fields} } } }`;
    const variables = { representations: representations(products.slice(0, 1)) };
    expect(await inventory.data(query('stock'), variables, null)).toEqual({
      _entities: [{ stock: 2002 + 0 }],
    });
    for (const fields of ['stockLevels { onHand }', 'stockMovements { totalCount }']) {
      for (const [role, code] of [
        [null, 'UNAUTHENTICATED'],
        ['customer', 'FORBIDDEN'],
      ] as const) {
        const { body } = await inventory.graphql(query(fields), variables, role);
        expect(body.errors?.[0]?.extensions.code).toBe(code);
      }
    }
  });
});

describe('low stock', () => {
  test('takes one statement for the page, one for the total and one for the warehouses', async () => {
    for (const first of [2, 100]) {
      expect(await inventory.statements(() => inventory.data(LOW, { first }))).toBe(3);
    }
  });

  test('is listed page by page, each level once, fewest pieces first', async () => {
    const seen: { available: number; product: { id: string } }[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { lowStock } = await inventory.data(LOW, { threshold: 1050, first: 33, after });
      expect(lowStock.pageInfo.hasPreviousPage).toBe(after !== null);
      expect(lowStock.totalCount).toBe(250);
      seen.push(...lowStock.nodes);
      ({ hasNextPage: more, endCursor: after } = lowStock.pageInfo);
    }
    expect(seen).toHaveLength(250);
    expect(seen.map(({ available }) => available)).toEqual(
      seen.map(({ available }) => available).toSorted((a, b) => a - b),
    );
    expect(seen.slice(0, 100).map(({ product }) => product.id)).toEqual(products.toSorted());
  });

  test('goes on after any cursor that could be one, and refuses all others', async () => {
    const list = (after: string) => inventory.graphql(LOW, { after });
    const beyond = encodeCursor('low', [Number.MAX_SAFE_INTEGER, randomUUID(), randomUUID()]);
    expect((await list(beyond)).body.data.lowStock.nodes).toEqual([]);
    for (const bad of [
      'x',
      encodeCursor('low', ['1', randomUUID(), randomUUID()]),
      encodeCursor('low', [1.5, randomUUID(), randomUUID()]),
      encodeCursor('low', [1, randomUUID()]),
      encodeCursor('movements', [1, randomUUID()]),
    ]) {
      expect((await list(bad)).body.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });
});

test('movements of the same millisecond are listed page by page, each once, newest first, for many products at once', async () => {
  const { db } = inventory.database;
  const ids = [randomUUID(), randomUUID()];
  const now = new Date();
  const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, 0, n % 3));
  const expected = new Map<string, string[]>();
  for (const productId of ids) {
    const warehouseId = inventory.warehouses[0];
    await db.insert(stockLevel).values({ productId, warehouseId, onHand: 17, updatedAt: now });
    const rows = Array.from({ length: 17 }, (_, n) => ({
      id: randomUUID(),
      productId,
      warehouseId,
      kind: 'RECEIVED' as const,
      delta: 1,
      createdAt: at(n),
    }));
    await db.insert(stockMovement).values(rows);
    const newestFirst = rows.toSorted(
      (a, b) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1),
    );
    expected.set(
      productId,
      newestFirst.map(({ id }) => id),
    );
  }
  const [first] = ids as [string];
  const seen: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const variables = { representations: representations([first]), first: 5, after };
    const { _entities } = await inventory.data(MOVEMENTS, variables);
    const { nodes, totalCount, pageInfo } = _entities[0].stockMovements;
    seen.push(...nodes.map(({ id }: { id: string }) => id));
    expect(totalCount).toBe(17);
    ({ hasNextPage: more, endCursor: after } = pageInfo);
  }
  expect(seen).toEqual(expected.get(first));
  const both = await inventory.data(MOVEMENTS, {
    representations: representations(ids),
    first: 20,
  });
  for (const { id, stockMovements } of both._entities) {
    expect(stockMovements.nodes.map((node: { id: string }) => node.id)).toEqual(expected.get(id));
  }
});

describe('the server', () => {
  test('is ready, counts, and answers an unknown operation without a stack trace', async () => {
    const ready = await fetch(`${inventory.url}/health/ready`);
    expect(await ready.json()).toEqual({ status: 'ok', checks: { database: 'ok' } });
    const { status, body } = await inventory.graphql('{ nothing }');
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toMatch(/stack|at .*\.ts/);
  });

  test('answers nobody without the signature of the gateway', async () => {
    const response = await fetch(`${inventory.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(response.status).toBe(401);
  });
});
