import { randomUUID } from 'node:crypto';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStack, type Stack } from '../stack.ts';
import { expectNoComplaints } from './complaints.ts';
import { codesOf } from './front-end/codes.ts';
import { createFrontEnd, type FrontEnd } from '../clients/front-end/front-end.ts';
import {
  AdjustStockDocument,
  AdminCategoriesDocument,
  AdminOrderDocument,
  AdminOrdersDocument,
  AdminProductDocument,
  AdminProductsDocument,
  AdminUserDocument,
  AdminUsersDocument,
  ArchiveProductDocument,
  ConfirmOrderDocument,
  CreateProductDocument,
  DeliverOrderDocument,
  LowStockDocument,
  ReceiveStockDocument,
  ReturnOrderDocument,
  ShipOrderDocument,
  UpdateProductDocument,
  type OrderAction,
  type OrderStatus,
} from '../clients/admin/operations.generated.ts';
import {
  BrowseProductsDocument,
  PayOrderDocument,
  PlaceOrderDocument,
} from '../clients/store-front/operations.generated.ts';
import { act, open, outcome, present, read } from './front-end/screen.ts';
import { SIDES } from './sides.ts';

const ADDRESS = {
  name: 'Casey Morgan',
  line1: '1-2-3 Toyosu',
  city: 'Koto-ku',
  postalCode: '135-0061',
  country: 'JP',
};

describe.each(SIDES)('the admin screen, answered %s', (_side, flags) => {
  let stack: Stack;
  const people: Partial<Record<Person, FrontEnd>> = {};
  beforeAll(async () => {
    stack = await startStack(flags);
    for (const name of ['customer', 'staff', 'admin'] as const) {
      const frontEnd = createFrontEnd({ url: stack.gatewayUrl, name: 'admin' });
      await frontEnd.login(`${name}@example.com`);
      people[name] = frontEnd;
    }
    people.visitor = createFrontEnd({ url: stack.gatewayUrl, name: 'admin' });
  });
  afterAll(() => stack?.close());
  expectNoComplaints();
  const as: As = (name) => present(people[name]);

  describe('for stock', () => {
    stock(as);
  });
  describe('for the catalogue', () => {
    catalogue(as);
  });
  describe('for orders', () => {
    orders(as);
  });
  describe('for accounts', () => {
    accounts(as);
  });
});

type Person = 'customer' | 'staff' | 'admin' | 'visitor';
type As = (name: Person) => FrontEnd;

function stock(as: As): void {
  /** A product that is low on stock, and a warehouse that has some of it. */
  const lowProduct = async () => {
    const { lowStock, warehouses } = await read(as('staff'), LowStockDocument, { threshold: 50 });
    const level = present(lowStock).nodes.find(({ available }) => available > 3);
    const code = level?.warehouse.code;
    const warehouse = present(warehouses).find((candidate) => candidate.code === code);
    return { productId: present(level?.product).id, warehouseId: present(warehouse).id };
  };
  const pageOf = (id: string) => open(as('staff'), AdminProductDocument, { id });
  type Page = Awaited<ReturnType<typeof pageOf>>;
  const onHand = (page: Page, warehouseId: string) =>
    page.now().product?.stockLevels?.find(({ warehouse }) => warehouse.id === warehouseId)?.onHand;

  test('low stock is listed page by page, fewest pieces first', async () => {
    const screen = await open(as('staff'), LowStockDocument, { threshold: 100, first: 3 });
    const { pageInfo, totalCount } = present(screen.now().lowStock);
    expect(totalCount).toBeGreaterThan(5);
    await screen.more(pageInfo.endCursor);
    const { lowStock } = await screen.until((data) => data.lowStock?.nodes.length === 6);
    const available = present(lowStock).nodes.map((level) => level.available);
    expect(available).toEqual(available.toSorted((one, other) => one - other));
    screen.leave();
  });

  test('pieces that came in and a corrected count stand on the page of the product', async () => {
    const { productId, warehouseId } = await lowProduct();
    const page = await pageOf(productId);
    const before = present(onHand(page, warehouseId));
    const at = { productId, warehouseId };
    const received = { ...at, quantity: 7, reason: 'from the maker' };
    const { receiveStock } = await act(as('staff'), ReceiveStockDocument, { input: received });
    expect(outcome(receiveStock, 'StockPayload').level.onHand).toBe(before + 7);
    const counted = { ...at, delta: -2, reason: 'counted again' };
    const { adjustStock } = await act(as('staff'), AdjustStockDocument, { input: counted });
    expect(outcome(adjustStock, 'StockPayload').level.onHand).toBe(before + 5);
    await page.reload();
    expect(onHand(page, warehouseId)).toBe(before + 5);
    expect(page.now().product?.stockMovements?.nodes.slice(0, 2)).toMatchObject([
      { kind: 'ADJUSTED', delta: -2, reason: 'counted again' },
      { kind: 'RECEIVED', delta: 7, reason: 'from the maker' },
    ]);
    page.leave();
  });

  test('a correction that cannot be says how many pieces there are', async () => {
    const { productId, warehouseId } = await lowProduct();
    const input = { productId, warehouseId, delta: -100_000, reason: 'lost' };
    const { adjustStock } = await act(as('staff'), AdjustStockDocument, { input });
    const { shortages } = outcome(adjustStock, 'OutOfStock');
    expect(shortages).toMatchObject([{ requested: 100_000 }]);
    const nowhere = { productId: randomUUID(), warehouseId, quantity: 1 };
    const { receiveStock } = await act(as('staff'), ReceiveStockDocument, { input: nowhere });
    expect(outcome(receiveStock, 'NotFound').message).toContain('product');
  });

  test('stock is for staff only', async () => {
    expect(await codesOf(read(as('customer'), LowStockDocument, {}))).toEqual([
      NOT_SHOWN,
      NOT_SHOWN,
    ]);
    const input = { productId: randomUUID(), warehouseId: randomUUID(), quantity: 1 };
    expect(await refusals(as, ReceiveStockDocument, { input })).toEqual(STAFF_ONLY);
  });
}

function catalogue(as: As): void {
  const NEW = {
    sku: `E2E-${randomUUID().slice(0, 8).toUpperCase()}`,
    name: 'Zephyr Field Kettle',
    price: { amount: 4_200 },
    attributes: [{ name: 'Colour', value: 'Blue' }],
  };
  const search = { filter: { search: 'Zephyr Field Kettle' }, first: 5 };
  const found = async (frontEnd: FrontEnd) => {
    const { products } = await read(frontEnd, BrowseProductsDocument, search, 'network-only');
    return present(products).nodes.some(({ sku }) => sku === NEW.sku);
  };

  test('a product is created, changed and taken off sale, and its page follows', async () => {
    const { categories } = await read(as('staff'), AdminCategoriesDocument, {});
    const categoryId = present(present(categories)[0]).id;
    const input = { ...NEW, categoryId };
    const created = await act(as('staff'), CreateProductDocument, { input });
    const { id } = outcome(created.createProduct, 'ProductPayload').product;
    const page = await open(as('staff'), AdminProductDocument, { id });
    expect(page.now().product).toMatchObject({
      ...NEW,
      price: { amount: 4_200, currency: 'USD' },
      status: 'ACTIVE',
      category: { id: categoryId },
      stockMovements: { totalCount: 0 },
    });
    expect(await found(as('visitor'))).toBe(true);

    const change = { id, price: { amount: 3_900 }, brand: 'Zephyr' };
    const updated = await act(as('staff'), UpdateProductDocument, { input: change });
    outcome(updated.updateProduct, 'ProductPayload');
    const changed = await page.until((data) => data.product?.price.amount === 3_900);
    expect(changed.product).toMatchObject({ name: NEW.name, brand: 'Zephyr' });

    const archived = await act(as('staff'), ArchiveProductDocument, { id });
    outcome(archived.archiveProduct, 'ProductPayload');
    await page.until((data) => data.product?.status === 'ARCHIVED');
    expect(await found(as('visitor'))).toBe(false);
    page.leave();
  });

  test('the products of the catalogue are listed page by page with their stock', async () => {
    const screen = await open(as('staff'), AdminProductsDocument, { first: 4 });
    await screen.more(present(screen.now().products).pageInfo.endCursor);
    const { products } = await screen.until((data) => data.products?.nodes.length === 8);
    for (const { stock, stockLevels } of present(products).nodes) {
      const available = present(stockLevels).map((level) => level.available);
      expect(available.reduce((one, other) => one + other, 0)).toBe(stock);
    }
    screen.leave();
  });

  test('a product that cannot be is an outcome that a form can show', async () => {
    const { products } = await read(as('staff'), AdminProductsDocument, { first: 1 });
    const { sku } = present(products?.nodes[0]);
    const taken = await act(as('staff'), CreateProductDocument, { input: { ...NEW, sku } });
    expect(outcome(taken.createProduct, 'SkuTaken').message).toContain(sku);
    const input = { ...NEW, sku: 'x', name: ' ', price: { amount: -1 } };
    const bad = await act(as('staff'), CreateProductDocument, { input });
    const paths = outcome(bad.createProduct, 'InvalidInput').fields.map(({ path }) => path);
    expect(paths.toSorted()).toEqual(['name', 'price.amount', 'sku']);
    const unknown = await act(as('staff'), ArchiveProductDocument, { id: randomUUID() });
    expect(outcome(unknown.archiveProduct, 'NotFound').message).toContain('product');
  });

  test('the catalogue is changed by staff only', async () => {
    expect(await refusals(as, CreateProductDocument, { input: NEW })).toEqual(STAFF_ONLY);
    expect(await refusals(as, UpdateProductDocument, { input: { id: randomUUID() } })).toEqual(
      STAFF_ONLY,
    );
    expect(await refusals(as, ArchiveProductDocument, { id: randomUUID() })).toEqual(STAFF_ONLY);
  });
}

function orders(as: As): void {
  const placed = async () => {
    const { products } = await read(as('customer'), BrowseProductsDocument, { first: 50 });
    const { id: productId } = present(present(products).nodes.find(({ inStock }) => inStock));
    const input = {
      idempotencyKey: randomUUID(),
      items: [{ productId, quantity: 1 }],
      shippingAddress: ADDRESS,
    };
    const { placeOrder } = await act(as('customer'), PlaceOrderDocument, { input });
    return outcome(placeOrder, 'OrderPayload').order;
  };

  test('an order goes from placed to returned, and its page follows every step', async () => {
    const { id } = await placed();
    const page = await open(as('staff'), AdminOrderDocument, { id });
    const staff = as('staff');
    const expectStep = async (
      result: { readonly __typename: string } | null,
      status: OrderStatus,
      availableActions: OrderAction[],
    ) => {
      expect(result?.__typename).toBe('OrderPayload');
      const { order } = await page.until((data) => data.order?.status === status);
      expect(order?.availableActions).toEqual(availableActions);
    };
    expect(page.now().order?.availableActions).toEqual(['CONFIRM', 'CANCEL']);
    const { confirmOrder } = await act(staff, ConfirmOrderDocument, { id });
    await expectStep(confirmOrder, 'CONFIRMED', ['CANCEL']);
    await act(as('customer'), PayOrderDocument, { id, paymentToken: 'tok_ok' });
    await page.reload();
    expect(page.now().order?.availableActions).toEqual(['SHIP', 'CANCEL']);
    const { shipOrder } = await act(staff, ShipOrderDocument, { id, trackingNumber: 'JP-7' });
    await expectStep(shipOrder, 'SHIPPED', ['DELIVER']);
    expect(page.now().order?.trackingNumber).toBe('JP-7');
    const { deliverOrder } = await act(staff, DeliverOrderDocument, { id });
    await expectStep(deliverOrder, 'DELIVERED', ['RETURN']);
    const { returnOrder } = await act(staff, ReturnOrderDocument, { id, reason: 'too small' });
    await expectStep(returnOrder, 'RETURNED', []);
    await page.reload();
    expect(page.now().order?.history.map(({ status }) => status)).toEqual([
      'PLACED',
      'CONFIRMED',
      'PAID',
      'SHIPPED',
      'DELIVERED',
      'RETURNED',
    ]);
    page.leave();
  });

  test('a step that does not follow says which ones do', async () => {
    const { id } = await placed();
    const { shipOrder } = await act(as('staff'), ShipOrderDocument, { id, trackingNumber: 'X' });
    expect(outcome(shipOrder, 'IllegalTransition')).toMatchObject({
      status: 'PLACED',
      availableActions: ['CONFIRM', 'CANCEL'],
    });
  });

  test('all orders are listed page by page, newest first, and filtered', async () => {
    const newest = await placed();
    const screen = await open(as('staff'), AdminOrdersDocument, { first: 3 });
    await screen.reload();
    const { edges, pageInfo } = present(screen.now().orders);
    expect(edges[0]?.node).toMatchObject({
      id: newest.id,
      customer: { email: 'customer@example.com' },
    });
    await screen.more(pageInfo.endCursor);
    const { orders } = await screen.until((data) => data.orders?.edges.length === 6);
    const times = present(orders).edges.map(({ node }) => node.placedAt);
    expect(times).toEqual(times.toSorted((one, other) => (one > other ? -1 : 1)));
    const filter = { number: newest.number, status: 'PLACED' as const };
    const one = await read(as('staff'), AdminOrdersDocument, { filter });
    expect(one.orders?.edges.map(({ node }) => node.id)).toEqual([newest.id]);
    screen.leave();
  });

  test('orders are run by staff only', async () => {
    const { id } = await placed();
    expect(await codesOf(read(as('customer'), AdminOrdersDocument, {}))).toEqual([NOT_SHOWN]);
    expect(await refusals(as, ConfirmOrderDocument, { id })).toEqual(STAFF_ONLY);
    expect(await refusals(as, ShipOrderDocument, { id, trackingNumber: 'X' })).toEqual(STAFF_ONLY);
    expect(await refusals(as, DeliverOrderDocument, { id })).toEqual(STAFF_ONLY);
    expect(await codesOf(read(as('visitor'), AdminOrderDocument, { id }))).toEqual([
      'UNAUTHENTICATED',
    ]);
  });
}

function accounts(as: As): void {
  test('admins list accounts page by page and search them', async () => {
    const screen = await open(as('admin'), AdminUsersDocument, { first: 3 });
    await screen.more(present(screen.now().users).pageInfo.endCursor);
    const { users } = await screen.until((data) => data.users?.nodes.length === 6);
    expect(new Set(present(users).nodes.map(({ id }) => id)).size).toBe(6);
    const filter = { search: 'CUSTOMER@example', role: 'CUSTOMER' as const };
    const some = await read(as('admin'), AdminUsersDocument, { filter });
    expect(some.users?.nodes).toMatchObject([{ email: 'customer@example.com', role: 'CUSTOMER' }]);
    screen.leave();
  });

  test('the page of an account has its latest orders and resumes', async () => {
    const filter = { search: 'customer@example.com' };
    const { users } = await read(as('admin'), AdminUsersDocument, { filter });
    const { id, displayName } = present(users?.nodes[0]);
    const { user } = await read(as('staff'), AdminUserDocument, { id });
    expect(user).toMatchObject({ id, displayName, email: 'customer@example.com' });
    expect(user?.orders?.nodes[0]?.customer?.id).toBe(id);
    expect(user?.resumes?.totalCount).toBeGreaterThan(0);
  });

  test('the list of accounts is for admins, and a page of an account for itself and staff', async () => {
    const refused = (frontEnd: FrontEnd) => codesOf(read(frontEnd, AdminUsersDocument, {}));
    expect(await refused(as('staff'))).toEqual([NOT_SHOWN]);
    expect(await refused(as('customer'))).toEqual([NOT_SHOWN]);
    expect(await refused(as('visitor'))).toEqual([NOT_SHOWN]);
    const { users } = await read(as('admin'), AdminUsersDocument, { filter: { role: 'ADMIN' } });
    const { id } = present(users?.nodes[0]);
    const codes = await codesOf(read(as('customer'), AdminUserDocument, { id }));
    expect(codes).toContain('FORBIDDEN');
  });
}

/** What the gateway says of a field that is not for the caller: it asks no subgraph. */
const NOT_SHOWN = 'UNAUTHORIZED_FIELD_OR_TYPE';

/** What a customer and a visitor are told where only staff may do something. */
const STAFF_ONLY = ['FORBIDDEN', 'UNAUTHENTICATED'];

/** Tries a mutation as a customer and as a visitor. @returns the codes of the refusals */
async function refusals<Data, Variables extends OperationVariables>(
  as: As,
  mutation: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
): Promise<unknown[]> {
  const codes = await Promise.all(
    [as('customer'), as('visitor')].map((person) => codesOf(act(person, mutation, variables))),
  );
  return codes.flat();
}
