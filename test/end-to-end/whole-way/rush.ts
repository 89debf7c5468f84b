import { randomUUID } from 'node:crypto';
import type { Actor, Setting } from './actor.ts';
import { Fault, type Door, type Order, type Session } from './door.ts';
import { expectEqual } from './findings.ts';

const PIECES = 40;

/** A product that many want, and what is known of its pieces by those who do. */
export interface Bargain {
  readonly productId: string;
  readonly staff: Session;
  readonly received: number;
  /** Pieces of orders that were asked for, and of those that were acknowledged; less those refused. */
  asked: number;
  sold: number;
  /** Pieces that were given back: where that was asked for, and where it was acknowledged. */
  givingBack: number;
  givenBack: number;
}

/** Puts a product on sale of which there are not enough. */
export async function bargain({ name, door, demo }: Setting): Promise<Bargain> {
  const clerk = demo('staff');
  const staff = (await door.login(clerk.email, clerk.password)) as Session;
  const { accessToken } = staff;
  const sku = name.toUpperCase();
  const productId = await door.createProduct(accessToken, sku, `Set of ${name}`, 100);
  const [warehouse] = (await door.warehouses(accessToken)) as [string];
  const received = await door.receive(accessToken, productId, warehouse, PIECES);
  return { productId, staff, received, asked: 0, sold: 0, givingBack: 0, givenBack: 0 };
}

/** Wants many pieces of it, keeps few, and knows when there cannot have been enough. */
export async function hunter({ name, door, findings }: Setting, ledger: Bargain): Promise<Actor> {
  const me = await door.register(`${name}@whole-way.example`, 'first-password', name);
  const orders: Order[] = [];
  let round = 0;

  async function hunt(quantity: number): Promise<void> {
    const surelyBack = ledger.givenBack;
    ledger.asked += quantity;
    const order = await door.place(me.accessToken, randomUUID(), ledger.productId, quantity);
    if (order === 'out of stock') {
      // All that others have asked for may have been taken, but no more.
      const least = ledger.received - (ledger.asked - quantity) + surelyBack;
      ledger.asked -= quantity;
      if (least >= quantity) throw new Fault(`out of stock, with at least ${least} left`);
      findings.did(`${door.name}: out of stock`);
      return;
    }
    ledger.sold += quantity;
    const most = ledger.received + ledger.givingBack;
    if (ledger.sold > most) throw new Fault(`${ledger.sold} pieces were sold of ${most}`);
    orders.unshift(order);
    findings.did(`${door.name}: bargain`);
  }

  async function giveBack(order: Order): Promise<void> {
    const quantity = order.items[0]?.quantity ?? 0;
    ledger.givingBack += quantity;
    const moved = await door.take(me.accessToken, order.id, 'cancel');
    ledger.givenBack += quantity;
    orders[orders.indexOf(order)] = moved;
    expectEqual('cancelled', moved, { ...order, status: 'CANCELLED' });
  }

  return {
    async act() {
      await hunt(4 + (round % 8));
      const kept = orders.filter(({ status }) => status === 'PLACED');
      if (round % 2 === 1 && kept.length > 0) await giveBack(kept.at(-1) as Order);
      round += 1;
    },
    async review(by: Door) {
      const page = await by.orders(me.accessToken, 100);
      expectEqual('my bargains', page, { total: orders.length, items: orders.slice(0, 100) });
      const product = await by.product(ledger.staff.accessToken, ledger.productId);
      expectEqual('left', product?.available, ledger.received - ledger.sold + ledger.givenBack);
    },
  };
}
