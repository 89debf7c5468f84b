import { randomUUID } from 'node:crypto';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import {
  invalidInput,
  notFound,
  type InvalidInput,
  type NotFound,
} from '#platform/graph/problems.ts';
import type { Inventory } from '../inventory.ts';
import { outOfStock, type OutOfStock } from '../problems.ts';
import {
  changeLevels,
  hasLevels,
  lockOrAddLevel,
  type LevelRow,
  type Place,
} from '../repository/levels.ts';
import { addMovements, type MovementRow } from '../repository/movements.ts';
import { warehousesByIds } from '../repository/warehouses.ts';
import { brokenAdjustmentRules, brokenLevelRules, brokenReceiptRules } from '../rules.ts';
import { Refusal, refusedOr } from './refusal.ts';

const stockPayload = (level: LevelRow) => ({ __typename: 'StockPayload' as const, level });
type StockPayload = ReturnType<typeof stockPayload>;

/** Notes pieces that came in. @param requestId for the catalogue, which is asked about products new to the stock */
export async function receiveStock(
  inventory: Inventory,
  input: Place & { readonly quantity: number; readonly reason?: string | null },
  requestId: string,
): Promise<StockPayload | NotFound | InvalidInput> {
  const { quantity, reason } = input;
  const invalid = brokenReceiptRules(quantity, reason ?? '');
  if (invalid.length > 0) return invalidInput(invalid);
  const change: CountChange = { ...input, kind: 'RECEIVED', delta: quantity, path: 'quantity' };
  // More pieces are never short of stock.
  return changeCount(inventory, change, requestId) as Promise<StockPayload | NotFound>;
}

/** Corrects a count. @param requestId for the catalogue, which is asked about products new to the stock */
export async function adjustStock(
  inventory: Inventory,
  input: Place & { readonly delta: number; readonly reason: string },
  requestId: string,
): Promise<StockPayload | NotFound | OutOfStock | InvalidInput> {
  const invalid = brokenAdjustmentRules(input.delta, input.reason);
  if (invalid.length > 0) return invalidInput(invalid);
  return changeCount(inventory, { ...input, kind: 'ADJUSTED', path: 'delta' }, requestId);
}

interface CountChange extends Place {
  readonly kind: MovementRow['kind'];
  readonly delta: number;
  readonly reason?: string | null;
  /** The field of the input that holds the number, for errors. */
  readonly path: string;
}

async function changeCount(inventory: Inventory, change: CountChange, requestId: string) {
  const { db, products, availability, clock } = inventory;
  const { productId } = change;
  // What has been in stock is known: the catalogue forgets no product.
  const known = (await hasLevels(db, productId)) || (await products.has(productId, requestId));
  if (!known) return notFound('product', productId);
  const outcome = await refusedOr<StockPayload, NotFound | OutOfStock | InvalidInput>(() =>
    transaction(db, async (tx) => stockPayload(await moved(tx, change, clock()))),
  );
  await availability.forget([productId]);
  return outcome;
}

/** Changes a level and the ledger. @throws Refusal */
async function moved(tx: Db, change: CountChange, now: Date): Promise<LevelRow> {
  const { productId, warehouseId, kind, delta, path } = change;
  const [warehouse] = await warehousesByIds(tx, [warehouseId]);
  if (!warehouse) throw new Refusal(notFound('warehouse', warehouseId));
  const before = await lockOrAddLevel(tx, { productId, warehouseId }, now);
  const { available } = before;
  if (available + delta < 0) {
    throw new Refusal(outOfStock([{ productId, requested: -delta, available }]));
  }
  const onHand = before.onHand + delta;
  const invalid = brokenLevelRules(path, onHand);
  if (invalid.length > 0) throw new Refusal(invalidInput(invalid));
  await changeLevels(tx, [{ productId, warehouseId, onHand: delta, reserved: 0 }], now);
  const reason = change.reason?.trim() || null;
  const facts = { productId, warehouseId, kind, delta, reason, orderId: null };
  await addMovements(tx, [{ ...facts, id: randomUUID(), createdAt: now }]);
  return { ...before, onHand, available: available + delta };
}
