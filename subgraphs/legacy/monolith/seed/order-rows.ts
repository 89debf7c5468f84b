import { hash } from 'node:crypto';
import type { Accounts } from './accounts.ts';
import type { Catalogue } from './catalogue.ts';
import { dollars, jst, jstOrNull } from './clock.ts';
import type { TableLoad, Value } from './copy.ts';
import type { Order, Orders } from './orders.ts';
import { openRandom, type Random } from './random.ts';
import { CANCEL_REASONS, RETURN_REASONS, type Region } from './words/people.ts';

/** The tables sales_orders and sales_items. */
export function orderLoads(
  orders: Orders,
  accounts: Accounts,
  catalogue: Catalogue,
): readonly TableLoad[] {
  const orderId = openOrderIds();
  const itemIds = openRandom('item id');
  const random = openRandom('order text');
  const salesOrders: TableLoad = {
    table: 'sales_orders',
    columns: (
      'order_id order_no customer_id status total_amount currency idem_key req_hash ' +
      'ship_name ship_addr1 ship_addr2 ship_city ship_state ship_zip ship_country ' +
      'tracking_no payment_ref close_reason ' +
      'ordered_at confirmed_at paid_at shipped_at delivered_at cancelled_at returned_at updated_at'
    ).split(' '),
    *rows() {
      for (const order of eachOrder(orders)) {
        const id = orderId(order.number);
        random.row(order.number);
        const address = drawAddress(random, accounts, order.customer);
        const total = order.lines.reduce(
          (sum, { product, quantity }) => sum + catalogue.price(product) * quantity,
          0,
        );
        yield [
          id,
          order.number + 1,
          accounts.id(order.customer),
          order.history.status,
          dollars(total),
          'USD',
          `seed-${String(order.number + 1).padStart(8, '0')}`,
          hash('sha256', JSON.stringify([order.lines, address])),
          ...address,
          ...drawNotes(random, order, id),
          ...timesOf(order),
        ];
      }
    },
  };
  const salesItems: TableLoad = {
    table: 'sales_items',
    columns:
      'sales_item_id order_id line_no product_id sku product_name qty unit_price amount'.split(' '),
    *rows() {
      for (const { number, lines } of eachOrder(orders)) {
        const id = orderId(number);
        itemIds.row(number);
        for (const [index, { product, quantity }] of lines.entries()) {
          const price = catalogue.price(product);
          yield [
            itemIds.uuid(),
            id,
            index + 1,
            catalogue.id(product),
            catalogue.sku(product),
            catalogue.name(product),
            quantity,
            dollars(price),
            dollars(price * quantity),
          ];
        }
      }
    },
  };
  return [salesOrders, salesItems];
}

/** The ids of orders by their numbers. */
export function openOrderIds(): (number: number) => string {
  const ids = openRandom('order id');
  return (number) => {
    ids.row(number);
    return ids.uuid();
  };
}

/** All orders, one after the other. */
export function* eachOrder(orders: Orders): Iterable<Order> {
  for (let number = 0; number < orders.count; number++) yield orders.order(number);
}

/** Name, two lines, town, state, postal code, country: most often those of the customer. */
function drawAddress(random: Random, accounts: Accounts, customer: number): Value[] {
  const { name, region } = accounts.person(customer);
  const [town, state, postalCode] = random.pick<Region['towns'][number]>(region.towns);
  return [
    name,
    withNumber(random, random.pick(region.streets), 199),
    random.chance(0.3) ? withNumber(random, random.pick(region.flats), 29) : null,
    town,
    state || null,
    random.digits(postalCode),
    region.country,
  ];
}

function withNumber(random: Random, pattern: string, highest: number): string {
  return pattern.replace('#', String(random.between(1, highest)));
}

/** Tracking number, payment reference and the reason of the end. */
function drawNotes(random: Random, { history }: Order, id: string): Value[] {
  const { shippedAt, paidAt, cancelledAt, returnedAt } = history;
  const tracking = random.digits(random.pick(['1Z999AA1########', 'JP#########', 'DE##########']));
  const reasons = cancelledAt === null ? RETURN_REASONS : CANCEL_REASONS;
  const reason = random.chance(0.8) ? random.pick(reasons) : null;
  const ended = cancelledAt !== null || returnedAt !== null;
  return [
    shippedAt === null ? null : tracking,
    // As the built-in payment provider names it.
    paidAt === null ? null : `builtin_${id}`,
    ended ? reason : null,
  ];
}

function timesOf({ history }: Order): Value[] {
  return [
    jst(history.orderedAt),
    jstOrNull(history.confirmedAt),
    jstOrNull(history.paidAt),
    jstOrNull(history.shippedAt),
    jstOrNull(history.deliveredAt),
    jstOrNull(history.cancelledAt),
    jstOrNull(history.returnedAt),
    jst(history.updatedAt),
  ];
}
