import type { Catalogue } from './catalogue.ts';
import { jst } from './clock.ts';
import type { TableLoad, Value } from './copy.ts';
import type { OrderHistory } from './order-history.ts';
import { eachOrder, openOrderIds } from './order-rows.ts';
import type { Order, Orders } from './orders.ts';
import { openRandom } from './random.ts';
import { STOCK_LOG_COLUMNS } from './stock.ts';
import type { Warehouses } from './warehouses.ts';

/** What orders promise and take: the reservations, their lines, and the stock log of shipments and returns. */
export function reservationLoads(
  orders: Orders,
  catalogue: Catalogue,
  warehouses: Warehouses,
): readonly TableLoad[] {
  const orderId = openOrderIds();
  const ids = openRandom('reservation id');
  const logIds = openRandom('shipment id');
  const reservationId = (number: number) => {
    ids.row(number);
    return ids.uuid();
  };
  const reservations: TableLoad = {
    table: 'stock_reservations',
    columns: ['reservation_id', 'order_id', 'state', 'expires_at', 'created_at'],
    *rows() {
      for (const { number, history } of eachOrder(orders)) {
        // Promises to orders do not expire: they end with the order.
        const created = jst(history.orderedAt);
        yield [reservationId(number), orderId(number), stateOf(history), null, created];
      }
    },
  };
  const reservationLines: TableLoad = {
    table: 'stock_reservation_lines',
    columns: ['reservation_id', 'product_id', 'warehouse_id', 'qty'],
    *rows() {
      for (const order of eachOrder(orders)) {
        const id = reservationId(order.number);
        for (const [product, warehouse, quantity] of eachPart(order, catalogue, warehouses)) {
          yield [id, product, warehouse, quantity];
        }
      }
    },
  };
  const movements: TableLoad = {
    table: 'stock_log',
    columns: STOCK_LOG_COLUMNS,
    *rows() {
      for (const order of eachOrder(orders)) {
        const { shippedAt, returnedAt } = order.history;
        if (shippedAt === null) continue;
        const id = orderId(order.number);
        logIds.row(order.number);
        for (const [product, warehouse, quantity] of eachPart(order, catalogue, warehouses)) {
          const stock = [product, warehouse];
          yield [logIds.uuid(), ...stock, 'OUT', -quantity, null, id, jst(shippedAt)];
          if (returnedAt === null) continue;
          yield [logIds.uuid(), ...stock, 'RET', quantity, null, id, jst(returnedAt)];
        }
      }
    },
  };
  return [reservations, reservationLines, movements];
}

/** H held, C committed, R released, B brought back. */
function stateOf({ shippedAt, returnedAt, cancelledAt }: OrderHistory): 'H' | 'C' | 'R' | 'B' {
  if (returnedAt !== null) return 'B';
  if (shippedAt !== null) return 'C';
  return cancelledAt === null ? 'H' : 'R';
}

function* eachPart(
  { lines }: Order,
  catalogue: Catalogue,
  { ids }: Warehouses,
): Iterable<[productId: Value, warehouseId: Value, quantity: number]> {
  for (const { product, parts } of lines) {
    const productId = catalogue.id(product);
    for (const { warehouse, quantity } of parts) {
      yield [productId, ids[warehouse] ?? null, quantity];
    }
  }
}
