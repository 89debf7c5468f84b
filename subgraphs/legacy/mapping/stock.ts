import type { ReservationRow, StockLevelRow, StockMovementRow } from './rows.ts';
import { instant, instantOrNull } from './time.ts';
import { MOVEMENT_KINDS, RESERVATION_STATES, fromMonolith } from './words.ts';

export function stockLevel(row: StockLevelRow) {
  return {
    product: { id: row.product_id },
    warehouse: { id: row.warehouse_id },
    onHand: row.qty_on_hand,
    reserved: row.qty_reserved,
    available: row.qty_available,
  };
}

export function stockMovement(row: StockMovementRow) {
  return {
    id: row.log_id,
    warehouse: { id: row.warehouse_id },
    kind: fromMonolith(MOVEMENT_KINDS, row.log_kind),
    delta: row.delta,
    reason: row.note,
    orderId: row.order_id,
    createdAt: instant(row.logged_at),
  };
}

export function stockReservation(row: ReservationRow) {
  return {
    id: row.reservation_id,
    orderId: row.order_id,
    status: fromMonolith(RESERVATION_STATES, row.state),
    expiresAt: instantOrNull(row.expires_at),
    lines: row.lines.map((line) => ({
      product: { id: line.product_id },
      warehouse: { id: line.warehouse_id },
      quantity: line.qty,
    })),
  };
}
