import { and, asc, eq, lte } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { transaction } from '#platform/database/transaction.ts';
import type { MonolithDeps } from '../app.ts';
import { atOwner } from '../at-owner.ts';
import { ApiError } from '../errors.ts';
import { stockTasks } from '../tables.ts';
import { forgetAvailability } from './availability.ts';
import { giveBackElsewhere } from './elsewhere.ts';
import { lockReservation, productsOf, putBack, release } from './reservations.ts';

// What an order promises or takes at another service cannot be one transaction with the order. So a row of
// `stock_tasks` stands for "the pieces of this order are to be given back" from before they are promised until the order
// is written, and from its cancellation or return until they are back. Whoever dies leaves the row, and the sweep does it.

/** Milliseconds in which an order is written after its pieces were asked for, and after which no request is on its way. */
const LONGEST_PLACEMENT = 60_000;
const BATCH = 20;

/** Has the pieces of an order given back. @param afterPlacement unless the order is written by then */
export async function oweStock(
  db: Db,
  orderId: string,
  now: Date,
  afterPlacement = false,
): Promise<void> {
  const dueAt = afterPlacement ? new Date(now.getTime() + LONGEST_PLACEMENT) : now;
  await db.insert(stockTasks).values({ orderId, dueAt, createdAt: now }).onConflictDoNothing();
}

/** Ends what stands for an order that is now written, in its transaction. @throws 503 when it took too long: the pieces are gone */
export async function keepStock(tx: Db, orderId: string): Promise<void> {
  const { rowCount } = await tx.delete(stockTasks).where(eq(stockTasks.orderId, orderId));
  if (rowCount === 1) return;
  throw new ApiError(503, 'UNAVAILABLE', 'The order took too long to be placed: send it again.');
}

/** Nothing was promised to an order, for sure. */
export async function forgetStock(db: Db, orderId: string): Promise<void> {
  await db.delete(stockTasks).where(eq(stockTasks.orderId, orderId));
}

/** Gives back what is due. @param orderId of one order, whether it is due or not; absent: of all */
export async function giveBackStock(deps: MonolithDeps, orderId?: string): Promise<void> {
  const now = deps.clock();
  const which = orderId ? eq(stockTasks.orderId, orderId) : lte(stockTasks.dueAt, now);
  const due = await deps.db
    .select({ orderId: stockTasks.orderId })
    .from(stockTasks)
    .where(which)
    .orderBy(asc(stockTasks.dueAt))
    .limit(BATCH);
  for (const task of due) {
    await giveBack(deps, task.orderId, now).catch((error: unknown) => {
      deps.log.warn({ err: error, ...task }, 'the stock of an order is given back later');
    });
  }
}

async function giveBack(deps: MonolithDeps, orderId: string, now: Date): Promise<void> {
  const productIds = await atOwner(
    'inventory',
    () => transaction(deps.db, (tx) => giveBackHere(deps, tx, orderId, now)),
    () =>
      deps.db.transaction(async (tx) => {
        // The lock keeps the order from being written meanwhile.
        if (!(await lockTask(tx, orderId))) return [];
        await endTask(tx, orderId, now, await giveBackElsewhere(deps, orderId));
        return [];
      }),
  );
  await forgetAvailability(deps.cache, productIds);
}

async function giveBackHere({ ownership }: MonolithDeps, tx: Db, orderId: string, now: Date) {
  if (!(await lockTask(tx, orderId))) return [];
  await ownership.hold(tx, 'inventory', '');
  const reservation = await lockReservation(tx, orderId, now);
  if (reservation?.state === 'H') await release(tx, reservation, now);
  if (reservation?.state === 'C') await putBack(tx, reservation, now);
  await endTask(tx, orderId, now, reservation !== null);
  return reservation ? productsOf([reservation]) : [];
}

async function lockTask(tx: Db, orderId: string): Promise<boolean> {
  const rows = await tx
    .select()
    .from(stockTasks)
    .where(eq(stockTasks.orderId, orderId))
    .for('update', { skipLocked: true });
  return rows.length > 0;
}

/** Where nothing was promised, a promise may still be on its way. */
async function endTask(tx: Db, orderId: string, now: Date, wasPromised: boolean): Promise<void> {
  const late = new Date(now.getTime() - LONGEST_PLACEMENT);
  await tx
    .delete(stockTasks)
    .where(
      and(
        eq(stockTasks.orderId, orderId),
        wasPromised ? undefined : lte(stockTasks.createdAt, late),
      ),
    );
}
