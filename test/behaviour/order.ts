import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BehaviourStack } from './behaviour-stack.ts';
import { inOrder, newestFirst, openShop, unknownId, type Shop } from './shop.ts';

const ORDER = `id number status trackingNumber availableActions placedAt updatedAt
  customer { id } total { amount currency }
  items { id sku name quantity unitPrice { amount currency } lineTotal { amount currency } product { id name sku } }
  shippingAddress { name line1 line2 city region postalCode country } history { status at note }`;
const RESULT = `__typename ... on OrderPayload { order { ${ORDER} } } ... on Problem { message }`;
const STEP = `${RESULT} ... on NotFound { id } ... on IllegalTransition { status availableActions }`;
const FIELDS = '... on InvalidInput { fields { path message } }';
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { ${RESULT} ${FIELDS}
  ... on OutOfStock { shortages { product { id name } requested available } }
  ... on ProductUnavailable { productIds } ... on IdempotencyConflict { order { id } } } }`;
const STEPS = {
  confirm: `mutation ($input: ConfirmOrderInput!) { result: confirmOrder(input: $input) { ${STEP} } }`,
  pay: `mutation ($input: PayOrderInput!) { result: payOrder(input: $input) { ${STEP} } }`,
  ship: `mutation ($input: ShipOrderInput!) { result: shipOrder(input: $input) { ${STEP} ${FIELDS} } }`,
  deliver: `mutation ($input: DeliverOrderInput!) { result: deliverOrder(input: $input) { ${STEP} } }`,
  cancel: `mutation ($input: CancelOrderInput!) { result: cancelOrder(input: $input) { ${STEP} ${FIELDS} } }`,
  return: `mutation ($input: ReturnOrderInput!) { result: returnOrder(input: $input) { ${STEP} ${FIELDS} } }`,
};
const ONE = `query ($id: ID!) { order(id: $id) { ${ORDER} } }`;
const LIST = `query ($first: Int, $after: String, $filter: OrderFilter) {
  orders(first: $first, after: $after, filter: $filter) { totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor } nodes { id number status placedAt customer { id } } } }`;
const MINE = `query ($first: Int, $after: String, $status: OrderStatus) { me {
  orders(first: $first, after: $after, status: $status) { totalCount pageInfo { hasNextPage endCursor }
    nodes { id status placedAt customer { id } } } } }`;

const ADDRESS = {
  name: 'Casey Morgan',
  line1: '1-2-3 Toyosu',
  line2: 'Room 401',
  city: 'Koto-ku',
  region: 'Tokyo',
  postalCode: '135-0061',
  country: 'JP',
};

/** How orders behave, whichever side answers. */
export function orderBehaviour(stack: () => BehaviourStack): void {
  let shop: Shop;
  beforeAll(async () => {
    shop = await openShop(stack());
  });
  describe('placing an order', () => {
    placingBehaviour(() => shop);
  });
  describe('the life of an order', () => {
    workflowBehaviour(() => shop);
  });
  describe('orders that are read', () => {
    readingBehaviour(() => shop);
  });
}

const inputOf = (items: readonly { productId: string; quantity: number }[], more: object = {}) => ({
  idempotencyKey: randomUUID(),
  items,
  shippingAddress: ADDRESS,
  ...more,
});

const place = async (shop: Shop, input: object, token = shop.customer) =>
  (await shop.data(PLACE, { input }, token)).placeOrder;

const step = async (shop: Shop, name: keyof typeof STEPS, input: object, token: string) =>
  (await shop.data(STEPS[name], { input }, token)).result;

/** An order of one piece of a product that there is enough of. */
async function placed(shop: Shop) {
  const { id: productId } = await shop.product(10, 2);
  const { order } = await place(shop, inputOf([{ productId, quantity: 1 }]));
  return order as { id: string; number: string; customer: { id: string } };
}

function placingBehaviour(shop: () => Shop): void {
  test('an order holds what was asked for, at the price of today, and its stock is reserved', async () => {
    const one = await shop().product(8, 5);
    const other = await shop().product(9, 5);
    const items = [
      { productId: other.id, quantity: 2 },
      { productId: one.id, quantity: 3 },
    ];
    const { order } = await place(shop(), inputOf(items));
    expect(order).toMatchObject({
      status: 'PLACED',
      trackingNumber: null,
      shippingAddress: ADDRESS,
    });
    expect(order.number).toMatch(/^SO-\d{6,}$/);
    expect(order.availableActions).toEqual(['CANCEL']);
    expect(order.history).toEqual([{ status: 'PLACED', at: order.placedAt, note: null }]);
    expect(order.items.map((item: { product: { id: string } }) => item.product.id)).toEqual([
      other.id,
      one.id,
    ]);
    const price = 'query ($id: ID!) { product(id: $id) { sku name price { amount currency } } }';
    for (const [index, { productId: id, quantity }] of items.entries()) {
      const { product } = await shop().data(price, { id });
      const item = order.items[index];
      expect(item).toMatchObject({
        sku: product.sku,
        name: product.name,
        quantity,
        unitPrice: product.price,
      });
      expect(item.lineTotal.amount).toBe(quantity * product.price.amount);
    }
    const lines = order.items.map(
      (item: { lineTotal: { amount: number } }) => item.lineTotal.amount,
    );
    expect(order.total).toEqual({ amount: lines[0] + lines[1], currency: 'USD' });
    expect(await shop().stockOf(one.id)).toBe(one.stock - 3);
    expect(await shop().stockOf(other.id)).toBe(other.stock - 2);
  });

  test('the same key and input give the same order, also when they arrive at once', async () => {
    const { id: productId, stock } = await shop().product(8, 5);
    const input = inputOf([{ productId, quantity: 1 }]);
    const results = await Promise.all([1, 2, 3].map(() => place(shop(), input)));
    results.push(await place(shop(), input));
    expect(new Set(results.map(({ order }) => order.id)).size).toBe(1);
    expect(await shop().stockOf(productId)).toBe(stock - 1);
  });

  test('the same key with another input is a conflict that names the order of the key', async () => {
    const { id: productId } = await shop().product(8, 5);
    const input = inputOf([{ productId, quantity: 1 }]);
    const { order } = await place(shop(), input);
    const conflict = await place(shop(), { ...input, items: [{ productId, quantity: 2 }] });
    expect(conflict).toMatchObject({ __typename: 'IdempotencyConflict', order: { id: order.id } });
    const elsewhere = await place(shop(), input, shop().otherCustomer);
    expect(elsewhere.order.id).not.toBe(order.id);
  });

  test('what is short is named, and nothing is reserved', async () => {
    const { id: productId, stock } = await shop().product(11, 1);
    const other = await shop().product(9, 1);
    const quantity = stock + 1;
    const items = [
      { productId: other.id, quantity: 1 },
      { productId, quantity },
    ];
    const result = await place(shop(), inputOf(items));
    expect(result).toMatchObject({
      __typename: 'OutOfStock',
      shortages: [{ product: { id: productId }, requested: quantity, available: stock }],
    });
    expect(await shop().stockOf(other.id)).toBe(other.stock);
  });

  test('what does not exist cannot be ordered', async () => {
    const { id: productId } = await shop().product(9, 1);
    const unknown = unknownId();
    const items = [
      { productId, quantity: 1 },
      { productId: unknown, quantity: 1 },
    ];
    expect(await place(shop(), inputOf(items))).toMatchObject({
      __typename: 'ProductUnavailable',
      productIds: [unknown],
    });
  });

  test('an input that breaks rules names the fields by their paths', async () => {
    const { id: productId } = await shop().product(9, 1);
    const pathsOf = (result: { fields: { path: string }[] }) =>
      result.fields.map(({ path }) => path).toSorted();
    const items = [
      { productId, quantity: 0 },
      { productId, quantity: 1_001 },
    ];
    const bad = {
      idempotencyKey: 'short',
      shippingAddress: { ...ADDRESS, city: ' ', country: 'Japan' },
    };
    expect(pathsOf(await place(shop(), inputOf(items, bad)))).toEqual([
      'idempotencyKey',
      'items.0.quantity',
      'items.1.productId',
      'items.1.quantity',
      'shippingAddress.city',
      'shippingAddress.country',
    ]);
    expect(pathsOf(await place(shop(), inputOf([])))).toEqual(['items']);
    const noId = inputOf([{ productId: 'shoes', quantity: 1 }]);
    expect(await shop().code(PLACE, { input: noId }, shop().customer)).toBe('BAD_USER_INPUT');
  });

  test('only who has logged in places orders', async () => {
    const { id: productId } = await shop().product(9, 1);
    const input = inputOf([{ productId, quantity: 1 }]);
    expect(await shop().code(PLACE, { input })).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });
}

function workflowBehaviour(shop: () => Shop): void {
  test('an order goes from placed to returned, and its stock with it', async () => {
    const { id: productId, stock } = await shop().product(12, 5);
    const { order } = await place(shop(), inputOf([{ productId, quantity: 2 }]));
    const { id } = order;
    const { customer, staff } = shop();
    const trackingNumber = 'JP-1234';
    const walk: [keyof typeof STEPS, object, string, string, string[]][] = [
      ['confirm', {}, staff, 'CONFIRMED', ['CANCEL']],
      ['pay', { paymentToken: 'tok_ok' }, customer, 'PAID', ['CANCEL']],
      ['ship', { trackingNumber }, staff, 'SHIPPED', ['DELIVER']],
      ['deliver', {}, staff, 'DELIVERED', ['RETURN']],
      ['return', { reason: 'too small' }, customer, 'RETURNED', []],
    ];
    for (const [name, more, token, status, availableActions] of walk) {
      const result = await step(shop(), name, { id, ...more }, token);
      expect([name, result.order]).toMatchObject([name, { id, status }]);
      if (name !== 'pay') expect(result.order.availableActions).toEqual(availableActions);
      expect([name, await shop().stockOf(productId)]).toEqual([
        name,
        name === 'return' ? stock : stock - 2,
      ]);
    }
    const { order: end } = await shop().data(ONE, { id }, customer);
    expect(end.trackingNumber).toBe(trackingNumber);
    expect(
      end.history.map(({ status, note }: { status: string; note: string }) => [status, note]),
    ).toEqual([
      ['PLACED', null],
      ['CONFIRMED', null],
      ['PAID', null],
      ['SHIPPED', trackingNumber],
      ['DELIVERED', null],
      ['RETURNED', 'too small'],
    ]);
    const times = end.history.map(({ at }: { at: string }) => at);
    expect(times).toEqual(inOrder(times));
    expect(end.updatedAt).toBe(times.at(-1));
    const movements = `query ($id: ID!) { product(id: $id) { stockMovements { nodes { kind delta orderId } } } }`;
    const { product } = await shop().data(movements, { id: productId }, staff);
    const ofOrder = product.stockMovements.nodes.filter(
      (node: { orderId: string }) => node.orderId === id,
    );
    const total = (kind: string) =>
      ofOrder
        .filter((node: { kind: string }) => node.kind === kind)
        .reduce((sum: number, node: { delta: number }) => sum + node.delta, 0);
    expect([total('SHIPPED'), total('RETURNED')]).toEqual([-2, 2]);
  });

  test('each caller is told the steps that are theirs', async () => {
    const { id } = await placed(shop());
    const actions = async (token: string) =>
      (await shop().data(ONE, { id }, token)).order.availableActions;
    expect(await actions(shop().customer)).toEqual(['CANCEL']);
    expect(await actions(shop().staff)).toEqual(['CONFIRM', 'CANCEL']);
    await step(shop(), 'confirm', { id }, shop().staff);
    expect(await actions(shop().customer)).toEqual(['PAY', 'CANCEL']);
    expect(await actions(shop().staff)).toEqual(['CANCEL']);
  });

  test('a cancelled order gives its stock back and remembers why', async () => {
    const { id: productId, stock } = await shop().product(12, 5);
    const { order } = await place(shop(), inputOf([{ productId, quantity: 4 }]));
    expect(await shop().stockOf(productId)).toBe(stock - 4);
    const input = { id: order.id, reason: 'changed my mind' };
    const result = await step(shop(), 'cancel', input, shop().customer);
    expect(result.order.history.at(-1)).toMatchObject({
      status: 'CANCELLED',
      note: 'changed my mind',
    });
    expect(await shop().stockOf(productId)).toBe(stock);
  });

  test('a step that does not follow is refused, says why, and changes nothing', async () => {
    const { id } = await placed(shop());
    const early = await step(shop(), 'ship', { id, trackingNumber: 'X' }, shop().staff);
    expect(early).toEqual({
      __typename: 'IllegalTransition',
      message: 'An order that is placed cannot be shipped.',
      status: 'PLACED',
      availableActions: ['CONFIRM', 'CANCEL'],
    });
    const unpaid = await step(shop(), 'pay', { id, paymentToken: 'tok_ok' }, shop().customer);
    expect(unpaid).toMatchObject({ status: 'PLACED', availableActions: ['CANCEL'] });
    await step(shop(), 'cancel', { id }, shop().staff);
    const late = await step(shop(), 'cancel', { id }, shop().customer);
    expect(late).toEqual({
      __typename: 'IllegalTransition',
      message: 'An order that is cancelled cannot be cancelled.',
      status: 'CANCELLED',
      availableActions: [],
    });
  });

  test('a declined payment leaves the order as it was', async () => {
    const { id } = await placed(shop());
    await step(shop(), 'confirm', { id }, shop().staff);
    const declined = await step(
      shop(),
      'pay',
      { id, paymentToken: 'tok_declined' },
      shop().customer,
    );
    expect(declined).toEqual({
      __typename: 'PaymentDeclined',
      message: 'The payment was declined: try another means of payment.',
    });
    expect((await shop().data(ONE, { id }, shop().customer)).order.status).toBe('CONFIRMED');
    const input = { id, paymentToken: 'gold' };
    expect(await shop().code(STEPS.pay, { input }, shop().customer)).toBe('BAD_USER_INPUT');
  });

  test('a tracking number or a reason of a wrong length is named by its path', async () => {
    const { id } = await placed(shop());
    const ship = await step(shop(), 'ship', { id, trackingNumber: ' ' }, shop().staff);
    expect(ship.fields).toEqual([
      { path: 'trackingNumber', message: 'must be 1 to 100 characters long' },
    ]);
    const cancel = await step(shop(), 'cancel', { id, reason: 'x'.repeat(201) }, shop().customer);
    expect(cancel.fields).toEqual([
      { path: 'reason', message: 'must be at most 200 characters long' },
    ]);
  });

  test('to everybody else an order is not there to be changed', async () => {
    const { id } = await placed(shop());
    const hidden = { __typename: 'NotFound', message: 'There is no order with this id.', id };
    expect(await step(shop(), 'cancel', { id }, shop().otherCustomer)).toEqual(hidden);
    expect(await step(shop(), 'return', { id }, shop().otherCustomer)).toEqual(hidden);
    const pay = { id, paymentToken: 'tok_ok' };
    expect(await step(shop(), 'pay', pay, shop().otherCustomer)).toEqual(hidden);
    const unknown = unknownId();
    expect(await step(shop(), 'confirm', { id: unknown }, shop().staff)).toEqual({
      ...hidden,
      id: unknown,
    });
  });

  test('customers do not run the store, and nobody does without logging in', async () => {
    const { id } = await placed(shop());
    const staffSteps = { confirm: {}, ship: { trackingNumber: 'X' }, deliver: {} };
    for (const [name, more] of Object.entries(staffSteps)) {
      const query = STEPS[name as keyof typeof staffSteps];
      const variables = { input: { id, ...more } };
      expect([name, await shop().code(query, variables, shop().customer)]).toEqual([
        name,
        'FORBIDDEN',
      ]);
      expect([name, await shop().code(query, variables)]).toEqual([name, 'UNAUTHENTICATED']);
    }
    expect(await shop().code(STEPS.cancel, { input: { id } })).toBe('UNAUTHENTICATED');
  });

  test('steps that are sent together are taken one after the other', async () => {
    const { id } = await placed(shop());
    const both = `mutation ($id: ID!) {
      first: confirmOrder(input: { id: $id }) { ... on OrderPayload { order { status history { status } } } }
      second: cancelOrder(input: { id: $id }) { ... on OrderPayload { order { status history { status } } } }
      third: confirmOrder(input: { id: $id }) { ... on IllegalTransition { status } } }`;
    const { first, second, third } = await shop().data(both, { id }, shop().staff);
    expect(first.order).toEqual({
      status: 'CONFIRMED',
      history: [{ status: 'PLACED' }, { status: 'CONFIRMED' }],
    });
    expect(second.order.status).toBe('CANCELLED');
    expect(second.order.history).toHaveLength(3);
    expect(third.status).toBe('CANCELLED');
  });
}

function readingBehaviour(shop: () => Shop): void {
  test('an order is read by its customer and by staff, and by nobody else', async () => {
    const { id } = await placed(shop());
    const { order } = await shop().data(ONE, { id }, shop().customer);
    const asStaff = (await shop().data(ONE, { id }, shop().staff)).order;
    expect({ ...asStaff, availableActions: null }).toEqual({ ...order, availableActions: null });
    expect(await shop().code(ONE, { id }, shop().otherCustomer)).toBe('FORBIDDEN');
    expect(await shop().code(ONE, { id })).toBe('UNAUTHENTICATED');
  });

  test('an order that does not exist is null, and what is no id is refused', async () => {
    expect((await shop().data(ONE, { id: unknownId() }, shop().customer)).order).toBeNull();
    expect(await shop().code(ONE, { id: 'SO-000001' }, shop().customer)).toBe('BAD_USER_INPUT');
  });

  test('staff read all orders page by page, newest first, each once', async () => {
    const filter = { status: 'DELIVERED' };
    const found = [];
    for (let after = null, more = true; more;) {
      const { orders } = await shop().data(LIST, { first: 30, after, filter }, shop().staff);
      expect(orders.pageInfo.hasPreviousPage).toBe(after !== null);
      found.push(...orders.nodes);
      more = orders.pageInfo.hasNextPage;
      after = orders.pageInfo.endCursor;
      expect(orders.edges.at(-1)?.cursor ?? null).toBe(after);
      if (!more) expect(orders.totalCount).toBe(found.length);
    }
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['DELIVERED']));
    const times = found.map(({ placedAt }) => placedAt);
    expect(times).toEqual(newestFirst(times));
  });

  test('staff find orders by number, customer and time', async () => {
    const { id, number, customer } = await placed(shop());
    const find = async (filter: object) =>
      (await shop().data(LIST, { first: 100, filter }, shop().staff)).orders.nodes;
    expect(await find({ number })).toMatchObject([{ id, number }]);
    expect(await find({ number: 'SO-999999' })).toEqual([]);
    const [{ placedAt }] = await find({ number });
    const ofCustomer = await find({ customerId: customer.id });
    expect(
      new Set(ofCustomer.map((order: { customer: { id: string } }) => order.customer.id)),
    ).toEqual(new Set([customer.id]));
    const from = await find({ customerId: customer.id, placedFrom: placedAt });
    expect(from.map((order: { id: string }) => order.id)).toContain(id);
    const before = await find({ customerId: customer.id, placedBefore: placedAt });
    expect(before.map((order: { id: string }) => order.id)).not.toContain(id);
    // No order is as old, or as new, as a time can be.
    for (const filter of [
      { placedFrom: '0000-01-01T00:00:00.000Z' },
      { placedBefore: '9999-12-31T23:59:59.999Z' },
    ]) {
      const all = await find({ customerId: customer.id, ...filter });
      expect(all.map((order: { id: string }) => order.id)).toContain(id);
    }
  });

  test('the list of all orders is for staff', async () => {
    expect(await shop().code(LIST, {})).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(await shop().code(LIST, {}, shop().customer)).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
  });

  test('a page size or a cursor that cannot be is refused', async () => {
    const cursorOf = (...values: unknown[]) =>
      Buffer.from(JSON.stringify(values)).toString('base64url');
    const bad = [
      { first: 0 },
      { first: 101 },
      { after: 'not a cursor' },
      { after: cursorOf('orders', 'now', unknownId()) },
      { after: cursorOf('name', 'a', unknownId()) },
      { filter: { customerId: 'me' } },
      { filter: { placedFrom: 'yesterday' } },
    ];
    for (const variables of bad) {
      expect([variables, await shop().code(LIST, variables, shop().staff)]).toEqual([
        variables,
        'BAD_USER_INPUT',
      ]);
    }
  });

  test('customers page through their own orders, newest first, by status', async () => {
    for (let count = 0; count < 3; count++) await placed(shop());
    const all = [];
    for (let after = null, more = true; more;) {
      const { me } = await shop().data(
        MINE,
        { first: 2, after, status: 'PLACED' },
        shop().customer,
      );
      all.push(...me.orders.nodes);
      more = me.orders.pageInfo.hasNextPage && all.length < 20;
      after = me.orders.pageInfo.endCursor;
      expect(me.orders.totalCount).toBeGreaterThanOrEqual(3);
    }
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set(['PLACED']));
    expect(new Set(all.map(({ customer }) => customer.id)).size).toBe(1);
    const times = all.map(({ placedAt }) => placedAt);
    expect(times).toEqual(newestFirst(times));
  });
}
