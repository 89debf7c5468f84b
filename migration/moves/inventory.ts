import { sql, type SQL } from 'drizzle-orm';
import * as inventory from '../../subgraphs/inventory/tables.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { time, words } from './kit/codecs.ts';
import { same, type Field } from './kit/field.ts';
import { groupedKind, rootedKind } from './kit/kind.ts';
import type { CapturedTable, MoveMapping } from './mapping.ts';

const PLACE = 'in the inventory database';
const TAUGHT = 'migration/moves/inventory.ts';
const KINDS = { IN: 'RECEIVED', ADJ: 'ADJUSTED', OUT: 'SHIPPED', RET: 'RETURNED' };
const STATUSES = { H: 'HELD', C: 'COMMITTED', R: 'RELEASED', B: 'RETURNED' };

/** All stock is in one bucket, and it is nobody's in particular. */
const captured = (table: CapturedTable['table'], id: string): CapturedTable => ({
  table,
  aggregate: `r.${id}`,
  key: null,
  reader: null,
});

const warehouse = rootedKind({
  name: 'warehouse',
  place: PLACE,
  fields: {
    id: same(legacy.warehouses.warehouseId, inventory.warehouse.id),
    code: same(legacy.warehouses.whCode, inventory.warehouse.code),
    name: same(legacy.warehouses.whName, inventory.warehouse.name),
  },
  // No code has a tilde. As long as the column is; there are few warehouses.
  parked: { code: (id) => sql`'~' || left(md5(${id}::text), 9)` },
  captured: {
    legacy: [captured(legacy.warehouses, 'warehouse_id')],
    new: [captured(inventory.warehouse, 'id')],
  },
});

/** All levels of a product. The monolith has only those of products that it knows: `product` is moved before. */
const level = groupedKind({
  name: 'level',
  place: PLACE,
  list: {
    member: 'levels',
    parent: { legacy: legacy.stocks.productId, new: inventory.stockLevel.productId },
    key: ['warehouseId'],
    keyedByParent: true,
    fields: {
      warehouseId: same(legacy.stocks.warehouseId, inventory.stockLevel.warehouseId),
      onHand: same(legacy.stocks.qtyOnHand, inventory.stockLevel.onHand),
      reserved: same(legacy.stocks.qtyReserved, inventory.stockLevel.reserved),
      updatedAt: time(legacy.stocks.updatedAt, inventory.stockLevel.updatedAt),
    },
  },
  captured: {
    legacy: [captured(legacy.stocks, 'product_id')],
    new: [captured(inventory.stockLevel, 'product_id')],
  },
});

// ---- movements: the domain's table allows no goods receipt that takes something away

const { delta, logKind } = legacy.stockLog;
const kinds = words(logKind, inventory.stockMovement.kind, KINDS, TAUGHT);

/** Whether pieces came or went as the kind says, as the check `stock_movement_direction` has it. */
const isDirected = (kind: SQL, pieces: SQL) => sql`case ${kind} when 'ADJUSTED' then ${pieces} <> 0
  when 'SHIPPED' then ${pieces} < 0 else ${pieces} > 0 end`;

const pieces = same(delta, inventory.stockMovement.delta);
const deltaField: Field = {
  ...pieces,
  legacy: {
    ...pieces.legacy,
    value: sql`case when ${isDirected(kinds.legacy.value, sql`${delta}`)} then ${delta} end`,
    problem: sql`concat(${delta}, ' pieces cannot be of the kind ', ${logKind},
      ': IN and RET add some, OUT takes some, ADJ is not 0: mend the row')`,
  },
};

const movement = rootedKind({
  name: 'movement',
  place: PLACE,
  fields: {
    id: same(legacy.stockLog.logId, inventory.stockMovement.id),
    productId: same(legacy.stockLog.productId, inventory.stockMovement.productId),
    warehouseId: same(legacy.stockLog.warehouseId, inventory.stockMovement.warehouseId),
    kind: kinds,
    delta: deltaField,
    reason: same(legacy.stockLog.note, inventory.stockMovement.reason),
    orderId: same(legacy.stockLog.orderId, inventory.stockMovement.orderId),
    createdAt: time(legacy.stockLog.loggedAt, inventory.stockMovement.createdAt),
  },
  captured: {
    legacy: [captured(legacy.stockLog, 'log_id')],
    new: [captured(inventory.stockMovement, 'id')],
  },
});

const { reservation: held, reservationLine: line } = inventory;
const { stockReservations: heldThere, stockReservationLines: lineThere } = legacy;

const reservation = rootedKind({
  name: 'reservation',
  place: PLACE,
  fields: {
    id: same(heldThere.reservationId, held.id),
    orderId: same(heldThere.orderId, held.orderId),
    status: words(heldThere.state, held.status, STATUSES, TAUGHT),
    expiresAt: time(heldThere.expiresAt, held.expiresAt),
    createdAt: time(heldThere.createdAt, held.createdAt),
  },
  lists: [
    {
      member: 'lines',
      parent: { legacy: lineThere.reservationId, new: line.reservationId },
      key: ['productId', 'warehouseId'],
      keyedByParent: true,
      fields: {
        productId: same(lineThere.productId, line.productId),
        warehouseId: same(lineThere.warehouseId, line.warehouseId),
        quantity: same(lineThere.qty, line.quantity),
      },
    },
  ],
  // No order has the id of a reservation.
  parked: { orderId: (id) => id },
  captured: {
    legacy: [captured(heldThere, 'reservation_id'), captured(lineThere, 'reservation_id')],
    new: [captured(held, 'id'), captured(line, 'reservation_id')],
  },
});

/** Stock: warehouses first, then levels, to which movements and promises refer. */
export const inventoryMove: MoveMapping = {
  name: 'inventory',
  kinds: [warehouse, level, movement, reservation],
};
