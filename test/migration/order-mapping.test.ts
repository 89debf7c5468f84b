import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Database } from '#platform/database/pool.ts';
import { orderMove } from '../../migration/moves/order.ts';
import {
  findOrders,
  listOrders as legacyOrders,
} from '../../subgraphs/legacy/monolith/orders/lists.ts';
import { placementFrom as legacyPlacement } from '../../subgraphs/legacy/monolith/orders/placement.ts';
import { appUsers, salesItems, salesOrders } from '../../subgraphs/legacy/monolith/tables.ts';
import { orderNumber } from '../../subgraphs/order/order-number.ts';
import { placementFrom } from '../../subgraphs/order/placement.ts';
import { itemsOf } from '../../subgraphs/order/repository/orders.ts';
import { listOrders } from '../../subgraphs/order/service/orders.ts';
import { order, orderEvent, orderItem } from '../../subgraphs/order/tables.ts';
import { cloneDatabases } from '../setup/databases.ts';
import {
  carry,
  content,
  empty,
  expectEqualSides,
  expectNothingLostOfAny,
  expectUntouched,
  openAt,
  openEmpty,
  openSides,
  tablesOf,
  type Sides,
} from './mapped-rows.ts';
import { anyOrderStates, itemOf, placedOrder, type OrderState } from './order-rows.ts';

let sides: Sides;
const customers = [randomUUID(), randomUUID()] as const;
const opened: Database[] = [];

beforeAll(async () => {
  sides = await openSides('order');
  opened.push(sides.legacy, sides.new);
  const now = new Date();
  await sides.legacy.db.insert(appUsers).values(
    customers.map((userId, n) => ({
      userId,
      email: `${n}@example.com`,
      pwdHash: '',
      fullName: 'Casey',
      createdAt: now,
      updatedAt: now,
    })),
  );
});
afterAll(async () => {
  for (const database of opened) await database.close();
});
beforeEach(async () => {
  await empty(orderMove, 'legacy', sides.legacy);
  await empty(orderMove, 'new', sides.new);
});

const mine = { ...placedOrder, customerId: customers[0] };
const toNew = () => carry(orderMove, sides, 'new');
const toLegacy = () => carry(orderMove, sides, 'legacy');

async function fill({ orders, items }: OrderState): Promise<void> {
  await empty(orderMove, 'legacy', sides.legacy);
  if (orders.length > 0) await sides.legacy.db.insert(salesOrders).values([...orders]);
  if (items.length > 0) await sides.legacy.db.insert(salesItems).values([...items]);
}

describe('the mapping of orders', () => {
  test('loses nothing of whatever the tables can hold, over whatever was there before', async () => {
    await expect(
      expectNothingLostOfAny(orderMove, sides, anyOrderStates(customers), { fill, numRuns: 15 }),
    ).resolves.toBeUndefined();
  }, 120_000);

  test('makes a history of the times of the monolith, with the reason where it belongs', async () => {
    const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 10, minute));
    const times = { confirmedAt: at(1), paidAt: at(2), cancelledAt: at(3) };
    await fill({
      orders: [{ ...mine, status: 'CANC', ...times, closeReason: 'changed my mind' }],
      items: [],
    });
    await toNew();
    const events = await sides.new.db.select().from(orderEvent).orderBy(orderEvent.status);
    expect(events.map(({ status, at: when, note }) => [status, when, note])).toEqual([
      ['PLACED', mine.orderedAt, null],
      ['CONFIRMED', at(1), null],
      ['PAID', at(2), null],
      ['CANCELLED', at(3), 'changed my mind'],
    ]);
  });

  test.each([
    [
      'status',
      `status = 'LOST'`,
      '"LOST" is none of NEW, CONF, PAID, SHIP, DLVD, CANC, RETD: mend the row, or teach migration/moves/order.ts the word',
    ],
    [
      'total_amount',
      'total_amount = 21474836.48',
      '21474836.48 is no price that fits: it must be 0.00 to 21474836.47, with two decimals',
    ],
    ['total_amount', 'total_amount = -0.01', '-0.01 is no price that fits'],
    ['total_amount', `total_amount = 'NaN'`, 'NaN is no price that fits'],
    [
      'close_reason',
      `close_reason = 'why'`,
      'the order was neither cancelled nor returned: set cancelled_at or returned_at',
    ],
    [
      'ordered_at',
      `ordered_at = 'infinity'`,
      'is no time from the years 1000 to 9998: mend the row',
    ],
    ['paid_at', `paid_at = '0999-12-31'`, 'is no time from the years 1000 to 9998: mend the row'],
  ])(
    'a value of the monolith that orders cannot hold is unmappable: %s, %s',
    async (column, change, why) => {
      await sides.legacy.pool.query(
        'alter table sales_orders drop constraint if exists sales_orders_status',
      );
      await fill({ orders: [mine], items: [itemOf(mine.orderId, 1)] });
      await sides.legacy.pool.query(`update sales_orders set ${change}`);
      const [carried] = await toNew();
      expect(carried).toMatchObject({ written: 0, removed: 0 });
      expect(carried?.unmappable).toEqual([
        expect.stringContaining(
          `sales_orders.${column} of ${mine.orderId} in the monolith: ${why}`,
        ),
      ]);
    },
  );

  test('a line with a price that does not fit is named by its own id', async () => {
    const item = itemOf(mine.orderId, 1);
    await fill({ orders: [mine], items: [item, itemOf(mine.orderId, 2)] });
    await sides.legacy.db.execute(
      sql`update sales_items set amount = 9999999999.99 where line_no = 1`,
    );
    expect((await toNew())[0]?.unmappable).toEqual([
      expect.stringContaining(
        `sales_items.amount of ${item.salesItemId} in the monolith: 9999999999.99 is no price`,
      ),
    ]);
  });

  test.each([
    ['order.placed_at', 'delete from order_event'],
    ['order.placed_at', `update order_event set at = 'epoch'`],
    [
      'order.placed_at',
      `update order_event set at = '-infinity'; update "order" set placed_at = '-infinity'`,
    ],
    ['order_event.at (PAID)', `insert into order_event select id, 'PAID', 'infinity' from "order"`],
    ['order_event.note', `update order_event set note = 'hello'`],
    [
      'order_event.note',
      `insert into order_event select id, 'CANCELLED', now(), 'one' from "order"; insert into order_event select id, 'RETURNED', now(), 'other' from "order"`,
    ],
    [
      'order_event.note',
      `insert into order_event select id, 'CANCELLED', now(), 'one' from "order"; insert into order_event select id, 'RETURNED', now() from "order"`,
    ],
    ['order.total_amount', 'update "order" set total_amount = -1'],
    ['order_item.unit_price_amount', 'update order_item set unit_price_amount = -1'],
  ])(
    'what the domain has and the monolith has no room for is unmappable: %s, %s',
    async (where, change) => {
      await fill({ orders: [mine], items: [itemOf(mine.orderId, 1)] });
      await toNew();
      await sides.new.pool.query(change);
      expect((await toLegacy())[0]?.unmappable).toEqual([
        expect.stringMatching(
          `^${where.replaceAll(/[().]/g, String.raw`\$&`)} of [-0-9a-f]{36} in the order database: `,
        ),
      ]);
    },
  );

  test('a line that another order holds here does not change hands while that one is not looked at', async () => {
    const other = { ...mine, orderId: randomUUID(), orderNo: 8, idemKey: 'b' };
    await fill({ orders: [mine, other], items: [itemOf(mine.orderId, 1)] });
    await toNew();
    const [kind] = orderMove.kinds;
    const forms = kind?.sides.new.canonical(sql`array[${mine.orderId}, ${other.orderId}]::uuid[]`);
    await expect(
      sides.new.db.transaction(async (tx) => {
        await tx.execute(sql`create temporary table incoming on commit drop as
          with forms as (${forms})
          select id, jsonb_set(canonical, '{items}',
            (select canonical -> 'items' from forms where id = ${mine.orderId})) as canonical
          from forms where id = ${other.orderId}`);
        const incoming = sql`incoming`;
        for (const one of kind?.sides.new.park(incoming) ?? []) await tx.execute(one);
        for (const one of kind?.sides.new.write(incoming) ?? []) await tx.execute(one);
      }),
    ).rejects.toMatchObject({ cause: { code: '23505', constraint: 'order_item_pkey' } });
  });

  test('the same request has the same hash on both sides, so a repeated one is known wherever it comes', () => {
    const product = randomUUID();
    const key = ' a-key-of-a-client ';
    const texts = { name: ' Casey ', city: 'Koto-ku', country: 'jp' };
    for (const [line2, region] of [
      [null, undefined],
      [' ', 'Tokyo '],
      ['Room 401', null],
    ] as const) {
      const one = legacyPlacement({
        idem_key: key,
        items: [{ product_id: product, qty: 2 }],
        ship_to: { ...texts, addr1: '1-2-3', addr2: line2, state: region, zip: '135' },
      });
      const other = placementFrom({
        idempotencyKey: key,
        items: [{ productId: product, quantity: 2 }],
        shippingAddress: { ...texts, line1: '1-2-3', line2, region, postalCode: '135' },
      });
      expect([other.requestHash, other.idempotencyKey]).toEqual([one.hash, one.idemKey]);
    }
  });
});

describe('the demo data', () => {
  async function openSeeded(): Promise<Sides> {
    const both = {
      legacy: openAt((await cloneDatabases(['legacy'])).legacy),
      new: await openEmpty('order'),
    };
    opened.push(both.legacy, both.new);
    return both;
  }

  test('comes there and back as it was', async () => {
    const both = await openSeeded();
    const before = await content(both.legacy, tablesOf(orderMove, 'legacy'));
    expect((await carry(orderMove, both, 'new'))[0]?.unmappable).toEqual([]);
    await expectEqualSides(orderMove, both);
    expectUntouched(await carry(orderMove, both, 'legacy'));
    await empty(orderMove, 'legacy', both.legacy);
    await carry(orderMove, both, 'legacy');
    expect(await content(both.legacy, tablesOf(orderMove, 'legacy'))).toEqual(before);
  });

  test('reads the same from either side, in the same order, with the same keys', async () => {
    const both = await openSeeded();
    await carry(orderMove, both, 'new');
    const anything = {
      status: null,
      customerId: null,
      number: null,
      placedFrom: null,
      placedBefore: null,
    };
    const theirs = await legacyOrders(both.legacy.db, [], { limit: 100, offset: 0, after: null });
    const ours = await listOrders(both.new.db, anything, { limit: 100, after: null });
    expect(ours.nodes.map(({ id }) => id)).toEqual(theirs.items.map((item) => item.order_id));
    expect(ours.nodes.map(({ placedAt, id }) => [placedAt.getTime(), id])).toEqual(theirs.keys);
    expect(ours.totalCount).toBe(theirs.total);
    const [first] = theirs.items;
    expect(orderNumber(ours.nodes[0]?.number as number)).toBe(first?.order_no);
    const lines = await itemsOf(both.new.db, [first?.order_id as string]);
    const [found] = await findOrders(both.legacy.db, [first?.order_id as string]);
    expect(lines.map(({ id }) => id)).toEqual(found?.items.map((item) => item.sales_item_id));
  });

  test('a changed order is changed, and one that is gone goes with all that is its', async () => {
    const both = await openSeeded();
    await carry(orderMove, both, 'new');
    const { rows } = await both.legacy.pool.query(
      `select order_id from sales_orders where cancelled_at is null and returned_at is null limit 2`,
    );
    const [changed, gone] = rows.map((row) => row.order_id as string);
    await both.legacy.pool.query(`delete from sales_orders where order_id = '${gone}'`);
    await both.legacy.pool.query(
      `update sales_orders set status = 'CANC', cancelled_at = '2026-02-01 09:00:00.5', close_reason = 'r' where order_id = '${changed}'`,
    );
    // The order itself, and its new event.
    expect(await carry(orderMove, both, 'new')).toMatchObject([{ written: 2, removed: 1 }]);
    const history = await both.new.pool.query(
      `select status, at, note from order_event where order_id = '${changed}' order by status`,
    );
    expect(history.rows.at(-1)).toEqual({
      status: 'CANCELLED',
      at: new Date('2026-02-01T00:00:00.500Z'),
      note: 'r',
    });
    const left = await both.new.db
      .select({ id: orderItem.id })
      .from(orderItem)
      .where(sql`${orderItem.orderId} = ${gone}`);
    expect(left).toEqual([]);
    expect(await both.new.db.$count(order)).toBe(await both.legacy.db.$count(salesOrders));
  });
});
