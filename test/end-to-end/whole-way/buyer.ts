import { randomUUID } from 'node:crypto';
import type { Actor, Setting } from './actor.ts';
import { Fault, type Door, type Order, type Session, type Status, type Step } from './door.ts';
import { expectEqual } from './findings.ts';

/** Pieces of the one product that a buyer buys, and cents that it costs. */
const PIECES = 60;
const CENTS = 1_234;

/** Ways of an order through the shop: who takes each step, and what the order is then. */
const WAYS: readonly (readonly Step[])[] = [
  ['cancel'],
  ['confirm', 'cancel'],
  ['confirm', 'pay'],
  ['confirm', 'pay', 'cancel'],
  ['confirm', 'pay', 'ship', 'deliver', 'return'],
  ['confirm', 'pay', 'ship', 'deliver'],
];
const BY_STAFF: readonly Step[] = ['confirm', 'ship', 'deliver'];
const AFTER: Readonly<Record<Step, Status>> = {
  confirm: 'CONFIRMED',
  pay: 'PAID',
  ship: 'SHIPPED',
  deliver: 'DELIVERED',
  cancel: 'CANCELLED',
  return: 'RETURNED',
};

/**
 * Buys, pays, cancels and sends back pieces of a product that nobody else buys, so every answer about its orders and its stock
 * can be told before. Staff steps are taken by a session of the demo staff.
 */
export async function buyer({ name, door, demo, findings }: Setting): Promise<Actor> {
  const clerk = demo('staff');
  const staff = (await door.login(clerk.email, clerk.password)) as Session;
  const me = await door.register(`${name}@whole-way.example`, 'first-password', name);
  const sku = name.toUpperCase();
  const productId = await door.createProduct(staff.accessToken, sku, `Set of ${name}`, CENTS);
  const [warehouse] = await door.warehouses(staff.accessToken);
  expectEqual(
    'received',
    await door.receive(staff.accessToken, productId, warehouse as string, PIECES),
    PIECES,
  );
  /** Newest first. */
  const orders: Order[] = [];
  let left = PIECES;
  let way = 0;

  async function expectStock(): Promise<void> {
    const product = await door.product(me.accessToken, productId);
    const expected = { id: productId, sku, name: `Set of ${name}`, cents: CENTS, onSale: true };
    expectEqual('my product', product, { ...expected, available: left });
  }

  async function expectOrder(order: Order): Promise<void> {
    expectEqual('my order', await door.order(me.accessToken, order.id), order);
  }

  function remember(order: Order): void {
    const index = orders.findIndex(({ id }) => id === order.id);
    if (index < 0) orders.unshift(order);
    else orders[index] = order;
  }

  async function place(quantity: number): Promise<Order> {
    const key = `${name} ${randomUUID()}`;
    const send = () => door.place(me.accessToken, key, productId, quantity);
    // A form that is sent twice, now and then.
    const [order, again] = await Promise.all(way % 4 === 0 ? [send(), send()] : [send()]);
    const isPromised = quantity <= left;
    if (order === undefined || order === 'out of stock') {
      throw new Fault(`out of stock, with ${left} left for ${quantity}`);
    }
    if (!isPromised) throw new Fault(`${quantity} pieces were sold, and there were ${left}`);
    const items = [{ productId, quantity }];
    expectEqual('placed', order, {
      id: order.id,
      status: 'PLACED',
      cents: quantity * CENTS,
      items,
    });
    if (again !== undefined) expectEqual('placed twice', again, order);
    left -= quantity;
    remember(order);
    return order;
  }

  async function take(order: Order, step: Step): Promise<Order> {
    const by = BY_STAFF.includes(step) ? staff : me;
    const moved = await door.take(by.accessToken, order.id, step);
    expectEqual(`after ${step}`, moved, { ...order, status: AFTER[step] });
    if (step === 'cancel' || step === 'return') left += order.items[0]?.quantity ?? 0;
    remember(moved);
    findings.did(`${door.name}: ${step}`);
    return moved;
  }

  async function tooMany(): Promise<void> {
    const answer = await door.place(me.accessToken, randomUUID(), productId, left + 1);
    expectEqual('more than there are', answer, 'out of stock');
  }

  return {
    async act() {
      if (way % 7 === 3) await tooMany();
      if (left < 5) await restock();
      let order = await place(1 + (way % 3));
      findings.did(`${door.name}: place`);
      await expectOrder(order);
      await expectStock();
      const page = await door.orders(me.accessToken, 3);
      expectEqual('my newest orders', page, { total: orders.length, items: orders.slice(0, 3) });
      for (const step of WAYS[way++ % WAYS.length] as readonly Step[]) {
        order = await take(order, step);
        await expectOrder(order);
        if (!BY_STAFF.includes(step)) await expectStock();
      }
    },
    async review(by: Door) {
      const { total } = await by.orders(me.accessToken, 1);
      expectEqual('how many orders', total, orders.length);
      const page = await by.orders(me.accessToken, 100);
      expectEqual('my orders', page.items, orders.slice(0, 100));
      for (const order of orders.slice(100)) {
        expectEqual('an old order', await by.order(me.accessToken, order.id), order);
      }
      expectEqual('what is left', (await by.product(me.accessToken, productId))?.available, left);
    },
  };

  async function restock(): Promise<void> {
    await door.receive(staff.accessToken, productId, warehouse as string, PIECES);
    left += PIECES;
    // Somebody else's write: it reaches the buyer a moment later.
    for (let tries = 0; tries < 100; tries++) {
      const product = await door.product(me.accessToken, productId);
      if (product?.available === left) return;
    }
    await expectStock();
  }
}
