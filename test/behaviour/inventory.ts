import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BehaviourStack } from './behaviour-stack.ts';
import { inOrder, newestFirst, openShop, unknownId, type Shop } from './shop.ts';

const LEVELS = `query ($id: ID!) { product(id: $id) { stock inStock
  stockLevels { product { id } warehouse { id code name } onHand reserved available } } }`;
const MOVEMENTS = `query ($id: ID!, $first: Int, $after: String) { product(id: $id) {
  stockMovements(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id kind delta reason orderId createdAt warehouse { id } } } } }`;
const LEVEL = '... on StockPayload { level { warehouse { id } onHand reserved available } }';
const PROBLEMS = `... on Problem { message } ... on NotFound { id }
  ... on InvalidInput { fields { path message } }
  ... on OutOfStock { shortages { product { id } requested available } }`;
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) {
  __typename ${LEVEL} ... on Problem { message } ... on NotFound { id } ... on InvalidInput { fields { path message } } } }`;
const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
  __typename ${LEVEL} ${PROBLEMS} } }`;
const RESERVATION = `__typename ... on StockReservationPayload { reservation {
  id orderId status expiresAt lines { product { id } warehouse { id code } quantity } } } ... on Problem { message }`;
const RESERVE = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { ${RESERVATION}
  ... on InvalidInput { fields { path message } }
  ... on OutOfStock { shortages { product { id } requested available } } } }`;
const RELEASE = `mutation ($input: ReleaseStockInput!) { releaseStock(input: $input) { ${RESERVATION}
  ... on ReservationClosed { status } ... on NotFound { id } } }`;
const COMMIT = `mutation ($input: CommitStockInput!) { commitStock(input: $input) { ${RESERVATION}
  ... on ReservationClosed { status } ... on NotFound { id } } }`;
const RETURN = `mutation ($input: ReturnStockInput!) { returnStock(input: $input) { ${RESERVATION}
  ... on ReservationClosed { status } ... on NotFound { id } } }`;
const LOW = `query ($threshold: Int, $first: Int, $after: String) {
  lowStock(threshold: $threshold, first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor }
    edges { cursor } nodes { product { id } warehouse { id } available } } }`;

/** How the stock behaves, whichever side answers. */
export function inventoryBehaviour(stack: () => BehaviourStack): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(stack());
  });
  describe('stock that is read', () => {
    readingBehaviour(() => shop);
  });
  describe('stock that is counted', () => {
    countingBehaviour(() => shop);
  });
  describe('stock that is promised', () => {
    promisingBehaviour(() => shop);
  });
}

function readingBehaviour(shop: () => Shop): void {
  test('what can be ordered is the sum of what is available in the warehouses', async () => {
    const { id } = await shop().product(0, 5);
    const { product } = await shop().data(LEVELS, { id }, shop().staff);
    const { stockLevels: levels } = product;
    for (const { onHand, reserved, available } of levels) expect(available).toBe(onHand - reserved);
    expect(product.stock).toBe(sum(levels.map((level: { available: number }) => level.available)));
    expect(product.inStock).toBe(true);
    expect(levels.map((level: { product: object }) => level.product)).toEqual(
      levels.map(() => ({ id })),
    );
    const codes = levels.map((level: { warehouse: { code: string } }) => level.warehouse.code);
    expect(codes).toEqual(inOrder(codes));
  });

  test('all movements of a product, read page by page, add up to what is on hand', async () => {
    const { id } = await shop().product(1, 5);
    const movements = [];
    for (let after = null, more = true; more;) {
      const { product } = await shop().data(MOVEMENTS, { id, first: 4, after }, shop().staff);
      movements.push(...product.stockMovements.nodes);
      more = product.stockMovements.pageInfo.hasNextPage;
      after = product.stockMovements.pageInfo.endCursor;
      expect(product.stockMovements.totalCount).toBeGreaterThanOrEqual(movements.length);
    }
    expect(new Set(movements.map((movement) => movement.id)).size).toBe(movements.length);
    const times = movements.map((movement) => movement.createdAt);
    expect(times).toEqual(newestFirst(times));
    const { product } = await shop().data(LEVELS, { id }, shop().staff);
    for (const { warehouse, onHand } of product.stockLevels) {
      const here = movements.filter((movement) => movement.warehouse.id === warehouse.id);
      expect(sum(here.map((movement) => movement.delta))).toBe(onHand);
    }
  });

  test('everybody sees how many pieces there are, but levels, movements and lists are for staff', async () => {
    const { id } = await shop().product(0);
    const { product } = await shop().data(
      'query ($id: ID!) { product(id: $id) { stock inStock } }',
      { id },
    );
    expect(product.inStock).toBe(product.stock > 0);
    const forStaff: [string, Record<string, unknown>][] = [
      ['query ($id: ID!) { product(id: $id) { stockLevels { onHand } } }', { id }],
      [MOVEMENTS, { id }],
      [LOW, {}],
      ['{ warehouses { code } }', {}],
    ];
    for (const [query, variables] of forStaff) {
      for (const token of [undefined, shop().customer]) {
        expect([query, await shop().code(query, variables, token)]).toEqual([
          query,
          'UNAUTHORIZED_FIELD_OR_TYPE',
        ]);
      }
    }
  });

  test('warehouses come in the order of their codes', async () => {
    const { warehouses } = await shop().data('{ warehouses { id code name } }', {}, shop().staff);
    const codes = warehouses.map((warehouse: { code: string }) => warehouse.code);
    expect(codes.length).toBeGreaterThan(0);
    expect(codes).toEqual(inOrder(codes));
  });

  test('low stock comes page by page, fewest first, each level once', async () => {
    const found = [];
    for (let after = null, more = true; more;) {
      const variables = { threshold: 50, first: 7, after };
      const { lowStock } = await shop().data(LOW, variables, shop().staff);
      found.push(...lowStock.nodes);
      more = lowStock.pageInfo.hasNextPage;
      after = lowStock.pageInfo.endCursor;
      expect(lowStock.edges.at(-1)?.cursor ?? null).toBe(after);
      if (!more) expect(lowStock.totalCount).toBe(found.length);
    }
    expect(found.length).toBeGreaterThan(0);
    const numbers = found.map((level) => level.available);
    expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
    expect(Math.max(...numbers)).toBeLessThan(50);
    const places = found.map(({ product, warehouse }) => `${product.id} ${warehouse.id}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test('a threshold, a page size or a cursor that cannot be is refused', async () => {
    const { id } = await shop().product(0, 1);
    const { product } = await shop().data(MOVEMENTS, { id, first: 1 }, shop().staff);
    const after = product.stockMovements.pageInfo.endCursor;
    for (const bad of [
      { threshold: 0 },
      { threshold: 1_000_001 },
      { first: 0 },
      { after: 'x' },
      { after },
    ]) {
      expect([bad, await shop().code(LOW, bad, shop().staff)]).toEqual([bad, 'BAD_USER_INPUT']);
    }
  });
}

function countingBehaviour(shop: () => Shop): void {
  const place = async (number: number) => {
    const { id } = await shop().product(number, 10);
    const { product } = await shop().data(LEVELS, { id }, shop().staff);
    return { productId: id, level: product.stockLevels[0], stock: product.stock as number };
  };

  test('received pieces can be ordered at once, and a movement says where they came from', async () => {
    const { productId, level, stock } = await place(2);
    const input = {
      productId,
      warehouseId: level.warehouse.id,
      quantity: 7,
      reason: 'from the maker',
    };
    const { receiveStock } = await shop().data(RECEIVE, { input }, shop().staff);
    expect(receiveStock.level).toEqual({
      warehouse: { id: level.warehouse.id },
      onHand: level.onHand + 7,
      reserved: level.reserved,
      available: level.available + 7,
    });
    expect(await shop().stockOf(productId)).toBe(stock + 7);
    const { product } = await shop().data(MOVEMENTS, { id: productId, first: 1 }, shop().staff);
    expect(product.stockMovements.nodes[0]).toMatchObject({
      kind: 'RECEIVED',
      delta: 7,
      reason: 'from the maker',
      orderId: null,
      warehouse: { id: level.warehouse.id },
    });
  });

  test('a count is corrected in both directions', async () => {
    const { productId, level } = await place(2);
    const warehouseId = level.warehouse.id;
    for (const [delta, onHand] of [
      [-3, level.onHand - 3],
      [2, level.onHand - 1],
    ]) {
      const input = { productId, warehouseId, delta, reason: 'counted again' };
      const { adjustStock } = await shop().data(ADJUST, { input }, shop().staff);
      expect(adjustStock.level.onHand).toBe(onHand);
    }
  });

  test('a correction cannot take more than there is: it says how many there are and changes nothing', async () => {
    const { productId, level, stock } = await place(3);
    const delta = -level.available - 1;
    const input = { productId, warehouseId: level.warehouse.id, delta, reason: 'broken' };
    const { adjustStock } = await shop().data(ADJUST, { input }, shop().staff);
    expect(adjustStock).toMatchObject({
      __typename: 'OutOfStock',
      shortages: [{ product: { id: productId }, requested: -delta, available: level.available }],
    });
    expect(await shop().stockOf(productId)).toBe(stock);
  });

  test('a change that breaks rules names the fields by their paths', async () => {
    const { productId, level } = await place(3);
    const at = { productId, warehouseId: level.warehouse.id };
    const received = { ...at, quantity: 0, reason: 'x'.repeat(201) };
    const { receiveStock } = await shop().data(RECEIVE, { input: received }, shop().staff);
    expect(receiveStock.__typename).toBe('InvalidInput');
    expect(pathsOf(receiveStock)).toEqual(['quantity', 'reason']);
    const adjusted = { ...at, delta: 0, reason: ' ' };
    const { adjustStock } = await shop().data(ADJUST, { input: adjusted }, shop().staff);
    expect(pathsOf(adjustStock)).toEqual(['delta', 'reason']);
  });

  test('a product or a warehouse that does not exist is named', async () => {
    const { productId, level } = await place(3);
    const [warehouseId, unknown] = [level.warehouse.id, unknownId()];
    const noProduct = { productId: unknown, warehouseId, quantity: 1 };
    const first = await shop().data(RECEIVE, { input: noProduct }, shop().staff);
    expect(first.receiveStock).toEqual({
      __typename: 'NotFound',
      message: 'There is no product with this id.',
      id: unknown,
    });
    const noWarehouse = { productId, warehouseId: unknown, delta: 1, reason: 'found' };
    const second = await shop().data(ADJUST, { input: noWarehouse }, shop().staff);
    expect(second.adjustStock).toEqual({
      __typename: 'NotFound',
      message: 'There is no warehouse with this id.',
      id: unknown,
    });
    const noId = { productId: 'shoes', warehouseId, quantity: 1 };
    expect(await shop().code(RECEIVE, { input: noId }, shop().staff)).toBe('BAD_USER_INPUT');
  });

  test('only staff change counts', async () => {
    const { productId, level } = await place(3);
    const input = { productId, warehouseId: level.warehouse.id, quantity: 1 };
    expect(await shop().code(RECEIVE, { input })).toBe('UNAUTHENTICATED');
    expect(await shop().code(RECEIVE, { input }, shop().customer)).toBe('FORBIDDEN');
    const adjusted = { ...input, quantity: undefined, delta: 1, reason: 'mine' };
    expect(await shop().code(ADJUST, { input: adjusted }, shop().customer)).toBe('FORBIDDEN');
  });
}

function promisingBehaviour(shop: () => Shop): void {
  const reserve = async (productId: string, quantity: number, more: object = {}) => {
    const input = { orderId: randomUUID(), items: [{ productId, quantity }], ...more };
    const { reserveStock } = await shop().data(RESERVE, { input }, shop().admin);
    return { orderId: input.orderId, input, result: reserveStock };
  };
  const release = async (orderId: string) =>
    (await shop().data(RELEASE, { input: { orderId } }, shop().admin)).releaseStock;
  const commit = async (orderId: string) =>
    (await shop().data(COMMIT, { input: { orderId } }, shop().admin)).commitStock;
  const giveBack = async (orderId: string) =>
    (await shop().data(RETURN, { input: { orderId } }, shop().admin)).returnStock;

  test('promised pieces cannot be ordered until the promise is taken back', async () => {
    const { id, stock } = await shop().product(4, 5);
    const { orderId, input, result } = await reserve(id, 3);
    expect(result.reservation).toMatchObject({ orderId, status: 'HELD', expiresAt: null });
    expect(sum(result.reservation.lines.map((line: { quantity: number }) => line.quantity))).toBe(
      3,
    );
    expect(await shop().stockOf(id)).toBe(stock - 3);
    const again = await shop().data(RESERVE, { input }, shop().admin);
    expect(again.reserveStock).toEqual(result);
    expect(await shop().stockOf(id)).toBe(stock - 3);
    expect((await release(orderId)).reservation.status).toBe('RELEASED');
    expect((await release(orderId)).reservation.status).toBe('RELEASED');
    expect(await shop().stockOf(id)).toBe(stock);
    expect(await commit(orderId)).toMatchObject({
      __typename: 'ReservationClosed',
      status: 'RELEASED',
    });
  });

  test('committed pieces have left for good, with a movement that names the order', async () => {
    const { id, stock } = await shop().product(4, 5);
    const { orderId } = await reserve(id, 2);
    expect((await commit(orderId)).reservation.status).toBe('COMMITTED');
    expect(await shop().stockOf(id)).toBe(stock - 2);
    expect(await release(orderId)).toMatchObject({
      __typename: 'ReservationClosed',
      status: 'COMMITTED',
    });
    const { product } = await shop().data(MOVEMENTS, { id, first: 1 }, shop().staff);
    expect(product.stockMovements.nodes[0]).toMatchObject({ kind: 'SHIPPED', orderId });
  });

  test('returned pieces are back where they were, however often that is said', async () => {
    const { id, stock } = await shop().product(4, 5);
    const { product: before } = await shop().data(LEVELS, { id }, shop().staff);
    const { orderId, result } = await reserve(id, 2);
    expect(await giveBack(orderId)).toMatchObject({
      __typename: 'ReservationClosed',
      message: 'The reservation is held: it can no longer be changed that way.',
      status: 'HELD',
    });
    await commit(orderId);
    for (const _time of [1, 2]) {
      expect((await giveBack(orderId)).reservation).toEqual({
        ...result.reservation,
        status: 'RETURNED',
      });
    }
    expect(await shop().stockOf(id)).toBe(stock);
    const { product } = await shop().data(LEVELS, { id }, shop().staff);
    expect(product).toEqual(before);
    const moved = await shop().data(MOVEMENTS, { id, first: 1 }, shop().staff);
    expect(moved.product.stockMovements.nodes[0]).toMatchObject({ kind: 'RETURNED', orderId });
    const closed = { __typename: 'ReservationClosed', status: 'RETURNED' };
    expect(await commit(orderId)).toMatchObject(closed);
    expect(await release(orderId)).toMatchObject(closed);
    const input = { orderId, items: [{ productId: id, quantity: 2 }] };
    const { reserveStock } = await shop().data(RESERVE, { input }, shop().admin);
    expect(reserveStock.fields).toEqual([
      {
        path: 'orderId',
        message: 'The reservation is returned: it can no longer be changed that way.',
      },
    ]);
  });

  test('a promise is split over warehouses where no single one has enough', async () => {
    const { id, stock } = await shop().product(5, 5);
    const { orderId, result } = await reserve(id, stock);
    const { lines } = result.reservation;
    expect(
      new Set(lines.map((line: { warehouse: { code: string } }) => line.warehouse.code)).size,
    ).toBe(lines.length);
    expect(lines.length).toBeGreaterThan(1);
    expect(sum(lines.map((line: { quantity: number }) => line.quantity))).toBe(stock);
    await release(orderId);
  });

  test('more than there is cannot be promised: it says which products are short', async () => {
    const { id, stock } = await shop().product(5, 1);
    const { id: other } = await shop().product(6, 1);
    const items = [
      { productId: other, quantity: 1 },
      { productId: id, quantity: stock + 1 },
    ];
    const { result } = await reserve(id, 0, { items });
    expect(result).toMatchObject({
      __typename: 'OutOfStock',
      shortages: [{ product: { id }, requested: stock + 1, available: stock }],
    });
    expect(await shop().stockOf(id)).toBe(stock);
  });

  test('of many promises at once only as many are made as there are pieces', async () => {
    const { id, stock } = await shop().product(5, 1);
    const half = Math.floor(stock / 2) + 1;
    const tries = await Promise.all(Array.from({ length: 6 }, () => reserve(id, half)));
    const made = tries.filter(({ result }) => result.__typename === 'StockReservationPayload');
    expect(made).toHaveLength(1);
    expect(await shop().stockOf(id)).toBe(stock - half);
    await release(made[0]?.orderId as string);
  });

  test('a promise that has run out is no promise any more', async () => {
    const { id, stock } = await shop().product(6, 2);
    const { orderId, result } = await reserve(id, 2, { expiresInSeconds: 1 });
    expect(Date.parse(result.reservation.expiresAt)).toBeGreaterThan(Date.now() - 5_000);
    await wait(1_200);
    expect(await commit(orderId)).toMatchObject({
      __typename: 'ReservationClosed',
      status: 'RELEASED',
    });
    expect(await shop().stockOf(id)).toBe(stock);
  });

  test('a promise that breaks rules names the fields by their paths', async () => {
    const { id } = await shop().product(6, 1);
    const items = [
      { productId: id, quantity: 0 },
      { productId: id, quantity: 1 },
    ];
    const { result } = await reserve(id, 0, { items, expiresInSeconds: 0 });
    expect(pathsOf(result)).toEqual(['expiresInSeconds', 'items.0.quantity', 'items.1.productId']);
    const empty = await reserve(id, 0, { items: [] });
    expect(pathsOf(empty.result)).toEqual(['items']);
  });

  test('an order that nothing was promised to is not found', async () => {
    const orderId = unknownId();
    const expected = { __typename: 'NotFound', id: orderId };
    expect(await release(orderId)).toMatchObject(expected);
    expect(await commit(orderId)).toMatchObject(expected);
    expect(await giveBack(orderId)).toMatchObject(expected);
  });

  test('promises are for services', async () => {
    const { id } = await shop().product(6);
    const input = { orderId: randomUUID(), items: [{ productId: id, quantity: 1 }] };
    for (const token of [shop().customer, shop().staff]) {
      const denied = 'UNAUTHORIZED_FIELD_OR_TYPE';
      expect(await shop().code(RESERVE, { input }, token)).toBe(denied);
      const { orderId } = input;
      for (const mutation of [RELEASE, COMMIT, RETURN]) {
        expect(await shop().code(mutation, { input: { orderId } }, token)).toBe(denied);
      }
    }
  });
}

const sum = (numbers: readonly number[]) => numbers.reduce((one, other) => one + other, 0);

/** The paths of refused fields, in alphabetical order. */
const pathsOf = (result: { fields: { path: string }[] }) =>
  result.fields.map(({ path }) => path).toSorted();
