/* oxlint-disable vitest/expect-expect -- `alike` expects */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cursorOf, ODD_CURSORS, ODD_IDS } from './cases.ts';
import { openSide, readSeeded, UNKNOWN_ID, type Asker, type Seeded, type Side } from './sides.ts';
import { around, named, ODD_TEXTS } from './texts.ts';
import { startStack, type Stack } from '../../stack.ts';

const LEVEL = 'onHand reserved available product { id } warehouse { id code name }';
const PAGE_INFO = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const MOVEMENTS = `stockMovements(first: $first, after: $after) { totalCount ${PAGE_INFO}
  edges { cursor } nodes { id kind delta reason orderId createdAt warehouse { id code } } }`;
const PRODUCT = `query ($id: ID!, $first: Int, $after: String) { product(id: $id) {
  stock inStock stockLevels { ${LEVEL} } ${MOVEMENTS} } }`;
const PRODUCTS = `query ($first: Int, $after: String) { products(first: 100, sort: NAME) { nodes {
  stock inStock stockLevels { ${LEVEL} } ${MOVEMENTS} } } }`;
const PUBLIC = '{ products(first: 100, sort: NAME) { nodes { id stock inStock } } }';
const LOW = `query ($threshold: Int, $first: Int, $after: String) {
  lowStock(threshold: $threshold, first: $first, after: $after) { totalCount ${PAGE_INFO}
    edges { cursor node { available } } nodes { ${LEVEL} } } }`;
const WAREHOUSES = '{ warehouses { id code name } }';

const PROBLEMS = `... on Problem { message } ... on NotFound { id }`;
const INVALID = '... on InvalidInput { fields { path message } }';
const SHORT = '... on OutOfStock { shortages { requested available product { id } } }';
const RESERVATION = `__typename ... on StockReservationPayload { reservation {
  id orderId status expiresAt lines { quantity product { id } warehouse { id code } } } }`;
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) {
  __typename ... on StockPayload { level { ${LEVEL} } } ${PROBLEMS} ${INVALID} } }`;
const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
  __typename ... on StockPayload { level { ${LEVEL} } } ${PROBLEMS} ${INVALID} ${SHORT} } }`;
const RESERVE = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) {
  ${RESERVATION} ... on Problem { message } ${INVALID} ${SHORT} } }`;
const step = (name: string) => `mutation ($input: ${name}StockInput!) {
  ${name.toLowerCase()}Stock(input: $input) { ${RESERVATION} ${PROBLEMS} ... on ReservationClosed { status } } }`;
const STEPS = { commit: step('Commit'), release: step('Release'), return: step('Return') };

let stack: Stack;
let seeded: Seeded;
let monolith: Side;
let subgraph: Side;
beforeAll(async () => {
  stack = await startStack();
  seeded = await readSeeded(stack);
  monolith = await openSide(stack, [], seeded);
  subgraph = await openSide(stack, ['inventory'], seeded);
});
afterAll(() => stack?.close());

/** What no input may cause, however odd it is. */
const FAULT = /INTERNAL_SERVER_ERROR|UPSTREAM_|SUBGRAPH_/;

/** Asks both sides the same. @returns what both answered */
async function alike(
  query: string,
  variables: Record<string, unknown>,
  asker: Asker = 'staff',
  how: 'ask' | 'askRaw' = 'ask',
): Promise<unknown> {
  const [one, other] = await Promise.all(
    [monolith, subgraph].map((side) => side[how](query, variables, asker)),
  );
  expect(other).toEqual(one);
  expect(JSON.stringify(one)).not.toMatch(FAULT);
  return one;
}

describe('both sides answer alike to who reads', () => {
  test('the stock of every product, page after page of its movements', async () => {
    let after: string | null = null;
    for (const first of [1, 3, 100]) {
      // oxlint-disable-next-line typescript/no-explicit-any
      const answer: any = await alike(PRODUCTS, { first, after }, 'staff', 'askRaw');
      after = answer.data.products.nodes[7].stockMovements.pageInfo.endCursor;
    }
    await alike(PUBLIC, {}, 'nobody', 'askRaw');
    await alike(WAREHOUSES, {}, 'staff', 'askRaw');
  });

  test.each([1, 5, 100])('low stock, %i at a time', async (first) => {
    let after: string | null = null;
    for (let page = 0; page < 4; page++) {
      const variables: Record<string, unknown> = { threshold: 300, first, after };
      // oxlint-disable-next-line typescript/no-explicit-any
      const answer: any = await alike(LOW, variables, 'staff', 'askRaw');
      after = answer.data.lowStock.pageInfo.endCursor;
      if (after === null) break;
    }
  });

  test.each(
    [-1, 0, 1, 1_000_000, 1_000_001, 2_147_483_647, 2_147_483_648, 1.5, null, 'x'].map((given) => [
      given,
    ]),
  )('low stock below %s', async (threshold) => {
    await alike(LOW, { threshold }, 'staff', 'askRaw');
  });

  const pages = [
    ...ODD_CURSORS,
    { after: cursorOf('low', 5, UNKNOWN_ID, UNKNOWN_ID) },
    { after: cursorOf('low', Number.MAX_SAFE_INTEGER, UNKNOWN_ID, UNKNOWN_ID) },
    { after: cursorOf('low', Number.MIN_SAFE_INTEGER, UNKNOWN_ID, UNKNOWN_ID) },
    { after: cursorOf('low', 1.5, UNKNOWN_ID, UNKNOWN_ID) },
    { after: cursorOf('low', '5', UNKNOWN_ID, UNKNOWN_ID) },
    { after: cursorOf('movements', 1_767_225_600_000, UNKNOWN_ID) },
    { after: cursorOf('movements', Number.MAX_SAFE_INTEGER, UNKNOWN_ID) },
    { after: cursorOf('movements', -62_135_510_400_000, UNKNOWN_ID) },
    ...[-1, 0, 1, 100, 101, 2_147_483_647, null].map((first) => ({ first })),
  ];
  test.each(pages.map((page) => [named(page), page] as const))('page %s', async (_name, page) => {
    await alike(LOW, page, 'staff', 'askRaw');
    await alike(PRODUCT, { id: seeded.products[3]?.id, ...page }, 'staff', 'askRaw');
  });

  test.each(ODD_IDS.map((id) => [named(id), id]))('the stock of %s', async (_name, id) => {
    await alike(PRODUCT, { id });
  });

  test('customers and nobody', async () => {
    for (const asker of ['nobody', 'customer'] as const) {
      for (const query of [PRODUCT, LOW, WAREHOUSES, PUBLIC]) {
        await alike(
          query,
          query === PRODUCT ? { id: seeded.products[0]?.id } : {},
          asker,
          'askRaw',
        );
      }
    }
  });
});

describe('both sides answer alike to who counts', () => {
  let place: { productId: string; warehouseId: string };
  beforeAll(async () => {
    // oxlint-disable-next-line typescript/no-explicit-any
    const { data }: any = await subgraph.askRaw(WAREHOUSES, {}, 'staff');
    place = { productId: seeded.products[0]?.id ?? '', warehouseId: data.warehouses[1].id };
  });
  const numbers = [-1_000_001, -1_000_000, -1, 0, 1, 999_999, 1_000_000, 1_000_001, 2_147_483_647];
  const texts = [...ODD_TEXTS, ...around(200)];

  test.each([...numbers, 2_147_483_648, 1.5, '1', null].map((given) => [given]))(
    '%s pieces',
    async (given) => {
      await alike(RECEIVE, { input: { ...place, quantity: given } });
      await alike(ADJUST, { input: { ...place, delta: given, reason: 'counted' } });
    },
  );

  test.each(texts.map((text) => [named(text), text]))('the remark %s', async (_name, reason) => {
    await alike(RECEIVE, { input: { ...place, quantity: 1, reason } });
    await alike(ADJUST, { input: { ...place, delta: 1, reason } });
  });

  test.each(ODD_IDS.map((id) => [named(id), id]))('the id %s', async (_name, id) => {
    await alike(RECEIVE, { input: { ...place, productId: id, quantity: 1 } });
    await alike(RECEIVE, { input: { ...place, warehouseId: id, quantity: 1 } });
    await alike(ADJUST, {
      input: { productId: id, warehouseId: id, delta: -1, reason: 'x' },
    });
    await alike(ADJUST, { input: { ...place, productId: id, delta: 0, reason: '' } });
  });

  test('ids in upper case, and who may not', async () => {
    const productId = place.productId.toUpperCase();
    await alike(RECEIVE, { input: { ...place, productId, quantity: 1 } });
    await alike(ADJUST, { input: { ...place, productId, delta: -1, reason: 'x' } });
    for (const asker of ['nobody', 'customer'] as const) {
      await alike(RECEIVE, { input: { ...place, quantity: 1 } }, asker);
      await alike(ADJUST, { input: { ...place, productId: 'x', delta: 0, reason: '' } }, asker);
    }
    await alike(PUBLIC, {}, 'nobody', 'askRaw');
  });
});

describe('both sides answer alike to who promises', () => {
  const item = (n: number, quantity = 1) => ({ productId: seeded.products[n]?.id, quantity });
  const reserve = (orderId: string, items: unknown[], more: object = {}) =>
    alike(RESERVE, { input: { orderId, items, ...more } }, 'admin');

  test('items that cannot be', async () => {
    const order = randomUUID();
    for (const items of [
      [],
      Array.from({ length: 51 }, (_, n) => item(n % 40)),
      [item(1), item(1)],
      [{ ...item(1), productId: seeded.products[1]?.id.toUpperCase() }, item(1)],
      [item(1, 0), item(2, 1_001), item(3, -5)],
      [{ productId: UNKNOWN_ID, quantity: 1 }],
      [item(4, 1), { productId: UNKNOWN_ID, quantity: 1_000 }, item(5, 1_000)],
    ]) {
      await reserve(order, items);
    }
    for (const expiresInSeconds of [-1, 0, 86_401, 2_147_483_647]) {
      await reserve(order, [item(1)], { expiresInSeconds });
    }
    for (const odd of ODD_IDS) {
      await alike(RESERVE, { input: { orderId: odd, items: [item(1)] } }, 'admin');
      const items = [item(1), { productId: odd, quantity: 1 }];
      await alike(RESERVE, { input: { orderId: randomUUID(), items } }, 'admin');
    }
  });

  test('every step in every state, and what is left in stock', async () => {
    const ways = [[], ['release'], ['commit'], ['commit', 'return']] as const;
    for (const way of ways) {
      for (const last of ['commit', 'release', 'return', 'reserve'] as const) {
        const orderId = randomUUID();
        await reserve(orderId, [item(8, 300), item(9, 2)]);
        for (const name of way) await alike(STEPS[name], { input: { orderId } }, 'admin');
        if (last === 'reserve') await reserve(orderId, [item(10)]);
        else await alike(STEPS[last], { input: { orderId } }, 'admin');
      }
      await alike(PUBLIC, {}, 'nobody', 'askRaw');
    }
  });

  test('steps of orders that nothing was promised to, and who may not', async () => {
    for (const query of Object.values(STEPS)) {
      for (const orderId of [...ODD_IDS, randomUUID()]) {
        await alike(query, { input: { orderId } }, 'admin');
      }
      for (const asker of ['nobody', 'customer', 'staff'] as const) {
        await alike(query, { input: { orderId: UNKNOWN_ID } }, asker);
      }
    }
    for (const asker of ['nobody', 'customer', 'staff'] as const) {
      await alike(RESERVE, { input: { orderId: 'x', items: [] } }, asker);
    }
  });
});

test('both sides were asked: each has written the same into its own ledger, and none into the other’s', async () => {
  const ledger = async (url: string, sql: string) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query(sql);
    await client.end();
    return rows;
  };
  const theirs = await ledger(
    stack.databases.legacy,
    `select wh_code as code, log_kind as kind, delta, note as reason, count(*) from stock_log
     join warehouses using (warehouse_id) group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
  const ours = await ledger(
    stack.databases.inventory,
    `select code, case kind when 'RECEIVED' then 'IN' when 'ADJUSTED' then 'ADJ' when 'SHIPPED' then 'OUT' else 'RET' end as kind,
       delta, reason, count(*) from stock_movement
     join warehouse on warehouse.id = warehouse_id group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  );
  expect(ours).toEqual(theirs);
  expect(ours.filter(({ reason }) => reason === 'x')).not.toEqual([]);
  expect(await ledger(stack.databases.inventory, 'select * from stock_fault')).toEqual([]);
});
