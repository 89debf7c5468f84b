import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { startTestMonolith, STAFF, type Reply, type TestMonolith } from './test-monolith.ts';
import { ADDRESS, openTestShop, SERVICE, type TestShop } from './test-shop.ts';

type Who = Partial<Identity>;
type Customer = Awaited<ReturnType<TestShop['newCustomer']>>;

let monolith: TestMonolith;
let shop: TestShop;
let customer: Customer;
let product: string;
beforeAll(async () => {
  monolith = await startTestMonolith();
  shop = await openTestShop(monolith);
  customer = await shop.newCustomer();
  product = await shop.newProduct([100_000, 0]);
});
afterAll(() => monolith.close());

const STEPS = ['confirm', 'pay', 'ship', 'deliver', 'cancel', 'return'] as const;
type Step = (typeof STEPS)[number];

const BODIES: Record<Step, object | undefined> = {
  confirm: undefined,
  pay: { payment_token: 'tok_ok' },
  ship: { tracking_no: 'TRACK-1' },
  deliver: undefined,
  cancel: { reason: 'changed my mind' },
  return: { reason: 'does not fit' },
};

const step = (
  orderId: string,
  name: Step,
  identity: Who,
  body: object | undefined = BODIES[name],
) => monolith.call('POST', `/api/orders/${orderId}/${name}`, { identity, body });

/** The steps that lead from NEW to each status. */
const WAYS = {
  NEW: [],
  CONF: ['confirm'],
  PAID: ['confirm', 'pay'],
  SHIP: ['confirm', 'pay', 'ship'],
  DLVD: ['confirm', 'pay', 'ship', 'deliver'],
  CANC: ['cancel'],
  RETD: ['confirm', 'pay', 'ship', 'deliver', 'return'],
} as const satisfies Record<string, readonly Step[]>;
type Status = keyof typeof WAYS;

async function orderIn(status: Status, owner: Customer = customer, item = product) {
  const { body } = await shop.place(owner, { [item]: 1 });
  for (const name of WAYS[status]) {
    const reply = await step(body.order_id, name, name === 'pay' ? owner : STAFF);
    expect([name, reply.status]).toEqual([name, 200]);
  }
  return body.order_id as string;
}

const codes = (replies: Reply[]) => replies.map(({ status }) => status);
const count = (values: unknown[], wanted: unknown) => values.filter((v) => v === wanted).length;

describe('placing', () => {
  test('notes names and prices as they are, adds them up to the cent, and reserves', async () => {
    const cheap = await shop.newProduct([10, 0], '0.10');
    const dear = await shop.newProduct([10, 0], '1234.56');
    const { status, body } = await shop.place(customer, { [cheap]: 3, [dear]: 2 });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      customer_id: customer.userId,
      status: 'NEW',
      total_amount: '2469.42',
      currency: 'USD',
      ship_name: 'Ada Lovelace',
      ship_addr2: null,
      ship_country: 'GB',
      tracking_no: null,
      confirmed_at: null,
      items: [
        { line_no: 1, product_id: cheap, qty: 3, unit_price: '0.10', amount: '0.30' },
        { line_no: 2, product_id: dear, qty: 2, unit_price: '1234.56', amount: '2469.12' },
      ],
    });
    expect(body.order_no).toMatch(/^SO-\d{6}$/);
    expect(body.ordered_at).toMatch(/^\d{4}-\d{2}-\d{2}T.*\.\d{3}\+09:00$/);
    expect(await shop.stockOf(dear)).toEqual({ onHand: 10, reserved: 2 });
    await shop.asStaff('PATCH', `/products/${dear}`, { unit_price: '9.99', product_name: 'New' });
    const path = `/api/orders/${body.order_id}`;
    expect((await monolith.call('GET', path, { identity: customer })).body).toEqual(body);
  });

  test('a hundred at once for forty pieces sell exactly forty', async () => {
    const scarce = await shop.newProduct([25, 15]);
    const replies = await Promise.all(
      Array.from({ length: 100 }, () => shop.place(customer, { [scarce]: 1 })),
    );
    expect(count(codes(replies), 201)).toBe(40);
    expect(count(codes(replies), 409)).toBe(60);
    expect(await shop.stockOf(scarce)).toEqual({ onHand: 40, reserved: 40 });
    const placed = replies.filter(({ status }) => status === 201).map(({ body }) => body.order_id);
    const shipped = await Promise.all(
      placed.map(async (id) => {
        await step(id, 'confirm', STAFF);
        await step(id, 'pay', customer);
        return step(id, 'ship', STAFF);
      }),
    );
    expect(count(codes(shipped), 200)).toBe(40);
    expect(await shop.stockOf(scarce)).toEqual({ onHand: 0, reserved: 0 });
    expect(await shop.logOf(scarce)).toBe(0);
  });

  test('takes all of an order or nothing', async () => {
    const [plenty, few] = [await shop.newProduct([9, 0]), await shop.newProduct([1, 0])];
    const refused = await shop.place(customer, { [plenty]: 2, [few]: 2 });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'OUT_OF_STOCK',
          shortages: [{ product_id: few, requested: 2, available: 1 }],
        },
      },
    });
    expect(await shop.stockOf(plenty)).toEqual({ onHand: 9, reserved: 0 });
  });

  test('finds pieces that a reservation has run out on', async () => {
    const scarce = await shop.newProduct([1, 0]);
    const items = [{ product_id: scarce, qty: 1 }];
    const body = { order_id: randomUUID(), items, expires_in: 1 };
    await monolith.call('POST', '/api/stock/reserve', { identity: SERVICE, body });
    expect((await shop.place(customer, { [scarce]: 1 })).status).toBe(409);
    monolith.passTime(1_500);
    expect((await shop.place(customer, { [scarce]: 1 })).status).toBe(201);
  });

  test('names what is archived or does not exist', async () => {
    const [archived, unknown] = [await shop.newProduct([5, 0]), randomUUID()];
    await shop.asStaff('POST', `/products/${archived}/archive`);
    const refused = await shop.place(customer, { [product]: 1, [archived]: 1, [unknown]: 1 });
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'PRODUCT_UNAVAILABLE', product_ids: [archived, unknown] } },
    });
  });

  test('says which fields are wrong, and wants a login', async () => {
    const body = {
      idem_key: 'short',
      items: [{ product_id: product, qty: 1_001 }],
      ship_to: { ...ADDRESS, zip: ' ', country: 'Japan' },
    };
    const refused = await monolith.call('POST', '/api/orders', { identity: customer, body });
    expect(refused.status).toBe(422);
    expect(refused.body.error.fields).toEqual([
      { field: 'idem_key', message: 'must be 8 to 100 characters long' },
      { field: 'items.0.qty', message: 'must be from 1 to 1,000' },
      { field: 'ship_to.zip', message: 'must be 1 to 20 characters long' },
      { field: 'ship_to.country', message: 'must be a country code of two letters, such as JP' },
    ]);
    expect((await monolith.call('POST', '/api/orders', { body })).status).toBe(401);
    const empty = await shop.place(customer, {});
    expect(empty.body.error.fields).toEqual([{ field: 'items', message: 'must be 1 to 50' }]);
    const malformed = await shop.place(customer, { 'no-id': 1 });
    expect([malformed.status, malformed.body.error.code]).toEqual([422, 'VALIDATION']);
  });

  test('refuses a total that no client could read', async () => {
    const dear = await shop.newProduct([100, 0], '1000000.00');
    expect((await shop.place(customer, { [dear]: 22 })).body.error.fields[0].field).toBe('items');
    expect((await shop.place(customer, { [dear]: 21 })).body.total_amount).toBe('21000000.00');
  });
});

describe('an idempotency key', () => {
  test('gives one order, also when it is used many times at once', async () => {
    const item = await shop.newProduct([50, 0]);
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => shop.place(customer, { [item]: 2 }, key)),
    );
    expect(count(codes(replies), 201)).toBe(1);
    expect(count(codes(replies), 200)).toBe(9);
    expect(new Set(replies.map(({ body }) => body.order_id)).size).toBe(1);
    expect(await shop.stockOf(item)).toEqual({ onHand: 50, reserved: 2 });
  });

  test('gives the order also when there is no stock left, and as it is today', async () => {
    const item = await shop.newProduct([1, 0]);
    const key = randomUUID();
    const { body } = await shop.place(customer, { [item]: 1 }, key);
    await step(body.order_id, 'confirm', STAFF);
    expect(await shop.place(customer, { [item]: 1 }, key)).toMatchObject({
      status: 200,
      body: { order_id: body.order_id, status: 'CONF' },
    });
  });

  test('refuses another input, and belongs to its customer alone', async () => {
    const key = randomUUID();
    const { body } = await shop.place(customer, { [product]: 1 }, key);
    expect(await shop.place(customer, { [product]: 2 }, key)).toMatchObject({
      status: 409,
      body: { error: { code: 'IDEMPOTENCY_CONFLICT', order: { order_id: body.order_id } } },
    });
    const other = await shop.place(await shop.newCustomer(), { [product]: 2 }, key);
    expect(other.status).toBe(201);
  });

  test('is free again when the order could not be placed', async () => {
    const item = await shop.newProduct();
    const key = randomUUID();
    expect((await shop.place(customer, { [item]: 1 }, key)).status).toBe(409);
    const [warehouse_id] = shop.warehouses;
    await shop.asStaff('POST', '/stock/receive', { product_id: item, warehouse_id, qty: 1 });
    expect((await shop.place(customer, { [item]: 1 }, key)).status).toBe(201);
  });
});

describe('the workflow', () => {
  test('goes from NEW to DLVD and back to the shelf', async () => {
    const item = await shop.newProduct([1, 1]);
    const { body: placed } = await shop.place(customer, { [item]: 2 });
    const id = placed.order_id;
    expect((await step(id, 'confirm', STAFF)).body.status).toBe('CONF');
    const declined = await step(id, 'pay', customer, { payment_token: 'tok_declined' });
    expect([declined.status, declined.body.error.code]).toEqual([402, 'PAYMENT_DECLINED']);
    const unknown = await step(id, 'pay', customer, { payment_token: 'tok_x' });
    expect(unknown.body.error.fields[0].field).toBe('payment_token');
    expect((await step(id, 'pay', customer)).body.status).toBe('PAID');
    expect((await step(id, 'ship', STAFF, { tracking_no: ' ' })).status).toBe(422);
    expect((await step(id, 'ship', STAFF)).body).toMatchObject({ tracking_no: 'TRACK-1' });
    expect(await shop.stockOf(item)).toEqual({ onHand: 0, reserved: 0 });
    expect((await step(id, 'deliver', STAFF)).body.status).toBe('DLVD');
    const returned = (await step(id, 'return', customer)).body;
    expect(returned).toMatchObject({ status: 'RETD', close_reason: 'does not fit' });
    const { confirmed_at, paid_at, shipped_at, delivered_at, returned_at, cancelled_at } = returned;
    const times = [placed.ordered_at, confirmed_at, paid_at, shipped_at, delivered_at, returned_at];
    expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : 1)));
    expect([cancelled_at, returned.updated_at]).toEqual([null, returned_at]);
    const levels = await shop.asStaff('POST', '/stock/levels', { product_ids: [item] });
    expect(levels.body.items).toMatchObject([{ qty_on_hand: 1 }, { qty_on_hand: 1 }]);
    const { body: log } = await shop.asStaff('POST', '/stock/movements', { product_ids: [item] });
    const movements = log.groups[0].items;
    expect(movements.map((m: { log_kind: string }) => m.log_kind).sort()).toEqual([
      'IN',
      'IN',
      'OUT',
      'OUT',
      'RET',
      'RET',
    ]);
    expect(
      count(
        movements.map((m: { order_id: string }) => m.order_id),
        id,
      ),
    ).toBe(4);
    expect(await shop.logOf(item)).toBe(2);
  });

  test.each(['NEW', 'CONF', 'PAID'] as const)(
    'cancelling an order in %s sets its stock free',
    async (status) => {
      const item = await shop.newProduct([1, 0]);
      const id = await orderIn(status, customer, item);
      expect((await step(id, 'cancel', customer, { reason: ' too late ' })).body).toMatchObject({
        status: 'CANC',
        close_reason: 'too late',
      });
      expect(await shop.stockOf(item)).toEqual({ onHand: 1, reserved: 0 });
      const { body } = await monolith.call('POST', '/api/stock/available', {
        body: { product_ids: [item] },
      });
      expect(body.items[0].qty_available).toBe(1);
    },
  );

  test('a reason is not needed and may not be long', async () => {
    const id = await orderIn('NEW');
    const refused = await step(id, 'cancel', customer, { reason: 'x'.repeat(201) });
    expect(refused.body.error.fields[0].field).toBe('reason');
    const cancelled = await monolith.call('POST', `/api/orders/${id}/cancel`, {
      identity: customer,
    });
    expect(cancelled.body).toMatchObject({ status: 'CANC', close_reason: null });
  });

  test('an order whose promise was taken back by a service cannot be shipped', async () => {
    const id = await orderIn('PAID');
    const body = { order_id: id };
    await monolith.call('POST', '/api/stock/release', { identity: SERVICE, body });
    const refused = await step(id, 'ship', STAFF);
    expect(refused.body.error).toMatchObject({ code: 'RESERVATION_CLOSED', state: 'R' });
  });

  test('a step that is taken many times at once is taken once', async () => {
    const item = await shop.newProduct([5, 0]);
    const id = await orderIn('PAID', customer, item);
    const shipped = await Promise.all(Array.from({ length: 8 }, () => step(id, 'ship', STAFF)));
    expect(count(codes(shipped), 200)).toBe(1);
    expect(await shop.stockOf(item)).toEqual({ onHand: 4, reserved: 0 });
    const mixed = await orderIn('PAID', customer, item);
    const replies = await Promise.all([
      step(mixed, 'ship', STAFF),
      step(mixed, 'cancel', customer),
    ]);
    expect(count(codes(replies), 200)).toBe(1);
    expect(await shop.logOf(item)).toBe((await shop.stockOf(item)).onHand);
  });
});

/** What may be done in each status, and by whom. Written a second time, so that a slip in the table shows. */
const ALLOWED: Record<Status, Partial<Record<Step, string>>> = {
  NEW: { confirm: 'staff', cancel: 'customer staff' },
  CONF: { pay: 'customer', cancel: 'customer staff' },
  PAID: { ship: 'staff', cancel: 'customer staff' },
  SHIP: { deliver: 'staff' },
  DLVD: { return: 'customer staff' },
  CANC: {},
  RETD: {},
};
const BY: Record<Step, string> = {
  confirm: 'staff',
  pay: 'customer',
  ship: 'staff',
  deliver: 'staff',
  cancel: 'customer staff',
  return: 'customer staff',
};
const WORDS: Record<Status | Step, string> = {
  NEW: 'placed',
  CONF: 'confirmed',
  PAID: 'paid',
  SHIP: 'shipped',
  DLVD: 'delivered',
  CANC: 'cancelled',
  RETD: 'returned',
  confirm: 'confirmed',
  pay: 'paid',
  ship: 'shipped',
  deliver: 'delivered',
  cancel: 'cancelled',
  return: 'returned',
};

describe.each(Object.keys(WAYS) as Status[])('an order in %s', (status) => {
  test('takes the steps of the table from those who may, and no other', async () => {
    let id = await orderIn(status);
    for (const name of STEPS) {
      for (const role of ['anonymous', 'stranger', 'customer', 'staff'] as const) {
        const identity = await {
          anonymous: async () => ({}),
          stranger: () => shop.newCustomer(),
          customer: async () => customer,
          staff: async () => STAFF,
        }[role]();
        const reply = await step(id, name, identity);
        const said = [name, role, reply.status, reply.body.error?.code];
        if (role === 'anonymous') expect(said).toEqual([name, role, 401, 'NOT_LOGGED_IN']);
        else if (role === 'stranger') expect(said).toEqual([name, role, 404, 'NOT_FOUND']);
        else if (!BY[name].includes(role)) expect(said).toEqual([name, role, 403, 'FORBIDDEN']);
        else if (ALLOWED[status][name]) {
          expect(said).toEqual([name, role, 200, undefined]);
          id = await orderIn(status);
        } else {
          expect(said).toEqual([name, role, 409, 'ILLEGAL_STEP']);
          expect(reply.body.error).toMatchObject({
            status,
            message: `An order that is ${WORDS[status]} cannot be ${WORDS[name]}.`,
          });
        }
      }
    }
  });
});

describe('reading', () => {
  test("one's own orders and, for staff, all; others are forbidden, unknown ones are not there", async () => {
    const id = await orderIn('NEW');
    const get = (orderId: string, identity: Who) =>
      monolith.call('GET', `/api/orders/${orderId}`, { identity });
    const stranger = await shop.newCustomer();
    expect(codes([await get(id, customer), await get(id, STAFF)])).toEqual([200, 200]);
    expect((await get(id, stranger)).body.error.code).toBe('FORBIDDEN');
    expect((await get(randomUUID(), stranger)).body.error.code).toBe('NOT_FOUND');
    expect((await get(id, {})).status).toBe(401);
    expect((await get('not-an-id', customer)).status).toBe(422);
    const lookUp = async (identity: Who) => {
      const body = { ids: [id, randomUUID()] };
      const reply = await monolith.call('POST', '/api/orders/lookup', { identity, body });
      return reply.body.items.length;
    };
    expect([await lookUp(customer), await lookUp(stranger), await lookUp({})]).toEqual([1, 0, 0]);
  });

  test('pages of an account end where the list ends, newest first', async () => {
    const owner = await shop.newCustomer();
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.unshift(await orderIn('NEW', owner));
    await step(ids[0] as string, 'cancel', owner);
    const mine = (query: string) =>
      monolith.call('GET', `/api/orders/mine?${query}`, { identity: owner });
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const { body } = await mine(`limit=2${after}`);
      expect(body.total).toBe(5);
      seen.push(...body.items.map((order: { order_id: string }) => order.order_id));
      if (!body.has_more) break;
      after = `&after_key=${encodeURIComponent(JSON.stringify(body.keys[1]))}`;
    }
    expect(seen).toEqual(ids);
    expect((await mine('limit=2&page=3')).body.items).toMatchObject([{ order_id: ids[4] }]);
    expect((await mine('status=CANC')).body).toMatchObject({ total: 1, has_more: false });
    expect((await mine('status=LOST')).status).toBe(422);
    expect((await mine('after_key=[1]')).body.error.fields[0].field).toBe('after_key');
  });

  test('staff filter by status, customer, number and time', async () => {
    const owner = await shop.newCustomer();
    const id = await orderIn('CONF', owner);
    const { body: order } = await shop.asStaff('GET', `/orders/${id}`);
    const found = async (query: Record<string, string>) => {
      const reply = await shop.asStaff('GET', `/orders?${new URLSearchParams(query).toString()}`);
      return reply.status === 200
        ? reply.body.items.some((item: { order_id: string }) => item.order_id === id)
        : reply.body.error.fields[0].field;
    };
    const at = order.ordered_at as string;
    const later = new Date(Date.parse(at) + 1).toISOString();
    expect(await found({ customer_id: owner.userId, status: 'CONF' })).toBe(true);
    expect(await found({ customer_id: owner.userId, status: 'NEW' })).toBe(false);
    expect(await found({ order_no: order.order_no.toLowerCase() })).toBe(true);
    expect(await found({ order_no: 'SO-999999' })).toBe(false);
    expect(await found({ order_no: 'banana' })).toBe(false);
    expect(await found({ from: at, before: later })).toBe(true);
    expect(await found({ from: later })).toBe(false);
    expect(await found({ before: at })).toBe(false);
    expect(await found({ before: 'yesterday' })).toBe('before');
    const denied = await monolith.call('GET', '/api/orders', { identity: owner });
    expect(denied.status).toBe(403);
  });

  test('batched lists give each customer a page, and nothing of strangers', async () => {
    const [one, two, none] = [
      await shop.newCustomer(),
      await shop.newCustomer(),
      await shop.newCustomer(),
    ];
    for (const owner of [one, one, one, two]) await orderIn('NEW', owner);
    const customer_ids = [two.userId, none.userId, one.userId];
    const ask = (identity: Who, body: object) =>
      monolith.call('POST', '/api/orders/by-customers', { identity, body });
    const { body } = await ask(STAFF, { customer_ids, limit: 2 });
    const shape = body.groups.map(
      (group: { owner_id: string; items: []; total: number; has_more: boolean }) => [
        group.owner_id,
        group.items.length,
        group.total,
        group.has_more,
      ],
    );
    expect(shape).toEqual([
      [two.userId, 1, 1, false],
      [none.userId, 0, 0, false],
      [one.userId, 2, 3, true],
    ]);
    expect(body.groups[2].items[0].items).toHaveLength(1);
    const [cancelled] = (await ask(one, { customer_ids: [one.userId], status: 'CANC' })).body
      .groups;
    expect(cancelled.total).toBe(0);
    expect((await ask(one, { customer_ids })).status).toBe(403);
  });

  test('takes one statement per lookup and two per list, however many orders and items', async () => {
    const ids = [];
    for (let index = 0; index < 12; index++) {
      const items = [product, await shop.newProduct([1, 0])];
      const { body } = await shop.place(customer, Object.fromEntries(items.map((id) => [id, 1])));
      ids.push(body.order_id);
    }
    const statements = (path: string, body?: object) =>
      monolith.statementsOf(() => shop.asStaff(body ? 'POST' : 'GET', path, body));
    expect(await statements('/orders/lookup', { ids: ids.slice(0, 1) })).toBe(1);
    expect(await statements('/orders/lookup', { ids })).toBe(1);
    expect(await statements('/orders?limit=100')).toBe(2);
    const customer_ids = [customer.userId, (await shop.newCustomer()).userId];
    expect(await statements('/orders/by-customers', { customer_ids, limit: 100 })).toBe(2);
  });
});
