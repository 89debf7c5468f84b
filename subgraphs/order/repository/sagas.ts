import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, lte, sql, type SQL } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { saga } from '../tables.ts';

export type SagaRow = typeof saga.$inferSelect;
export type NewSaga = Pick<
  SagaRow,
  'orderId' | 'step' | 'stage' | 'data' | 'customerId' | 'idempotencyKey'
>;

/** What shows that a saga is ours: whoever takes it over gives it a holder of its own. */
export interface Lease {
  readonly orderId: string;
  readonly leaseHolder: string | null;
}

// The clock of the database, which all replicas have in common.
const now = sql`clock_timestamp()`;
const later = (ms: number) => sql`clock_timestamp() + ${ms} * interval '1 millisecond'`;

/** Begins a saga. @returns null where the order, or the key of the customer, has one on its way */
export async function insertSaga(db: Db, leaseMs: number, row: NewSaga): Promise<SagaRow | null> {
  const [inserted] = await db
    .insert(saga)
    .values({
      ...row,
      startedAt: now,
      leaseHolder: randomUUID(),
      leaseUntil: later(leaseMs),
      retryAt: now,
    })
    .onConflictDoNothing()
    .returning();
  return inserted ?? null;
}

/** A saga that stands in the way of another: that of an order, or of a key of a customer. */
export type SagaSought =
  | { readonly orderId: string }
  | { readonly customerId: string; readonly idempotencyKey: string };

const sought = (which: SagaSought) =>
  'orderId' in which
    ? eq(saga.orderId, which.orderId)
    : and(eq(saga.customerId, which.customerId), eq(saga.idempotencyKey, which.idempotencyKey));

/** Whether there is such a saga. */
export async function isOnItsWay(db: Db, which: SagaSought): Promise<boolean> {
  const rows = await db.select({ orderId: saga.orderId }).from(saga).where(sought(which));
  return rows.length > 0;
}

/** Takes over such a saga from a worker that gives no sign of life. @returns null where there is none */
export async function claimSaga(
  db: Db,
  leaseMs: number,
  which: SagaSought,
): Promise<SagaRow | null> {
  const [row] = await db
    .update(saga)
    .set({ leaseHolder: randomUUID(), leaseUntil: later(leaseMs) })
    .where(and(sought(which), lte(saga.leaseUntil, now)))
    .returning();
  return row ?? null;
}

/** Takes over sagas that were left behind and are due, the oldest first. @param condition on them */
export function claimAbandoned(
  db: Db,
  leaseMs: number,
  limit: number,
  condition?: SQL,
): Promise<SagaRow[]> {
  const abandoned = db
    .select({ orderId: saga.orderId })
    .from(saga)
    .where(and(lte(saga.leaseUntil, now), lte(saga.retryAt, now), condition))
    .orderBy(asc(saga.startedAt))
    .limit(limit)
    // What another replica is just taking over is not ours.
    .for('update', { skipLocked: true });
  return db
    .update(saga)
    .set({ leaseHolder: sql`gen_random_uuid()`, leaseUntil: later(leaseMs) })
    .where(sql`${saga.orderId} in ${abandoned}`)
    .returning();
}

/** Gives a sign of life for sagas that are being run. */
export async function renewLeases(
  db: Db,
  leaseMs: number,
  leases: readonly Lease[],
): Promise<void> {
  const holders = leases.map((lease) => lease.leaseHolder as string);
  await db
    .update(saga)
    .set({ leaseUntil: later(leaseMs) })
    .where(inArray(saga.leaseHolder, holders));
}

const held = ({ orderId, leaseHolder }: Lease) =>
  and(eq(saga.orderId, orderId), eq(saga.leaseHolder, leaseHolder as string));

/** Records what is to be done next. @returns false where the saga belongs to somebody else by now */
export async function recordStage(
  db: Db,
  leaseMs: number,
  lease: Lease,
  next: { readonly stage: string; readonly data: unknown },
): Promise<boolean> {
  const { rowCount } = await db
    .update(saga)
    .set({ ...next, failures: 0, leaseUntil: later(leaseMs) })
    .where(held(lease));
  return rowCount === 1;
}

/** Ends a saga. @returns false where it belongs to somebody else by now */
export async function deleteSaga(db: Db, lease: Lease): Promise<boolean> {
  const { rowCount } = await db.delete(saga).where(held(lease));
  return rowCount === 1;
}

/** Leaves a saga to whoever comes first: its client with the same request, or the sweep, after ever longer waits. */
export async function leaveSaga(
  db: Db,
  lease: Lease,
  firstRetryMs: number,
  lastRetryMs: number,
): Promise<void> {
  const wait = sql`least(${firstRetryMs} * power(2, least(${saga.failures}, 20)), ${lastRetryMs})`;
  await db
    .update(saga)
    .set({
      leaseHolder: null,
      leaseUntil: now,
      retryAt: sql`clock_timestamp() + ${wait} * interval '1 millisecond'`,
      failures: sql`${saga.failures} + 1`,
    })
    .where(held(lease));
}

/** Leaves the end of a saga to the sweep. Its key can be used again. @returns false where it belongs to somebody else */
export async function postponeSaga(
  db: Db,
  lease: Lease,
  next: { readonly stage: string; readonly data: unknown; readonly retryMs: number },
): Promise<boolean> {
  const { stage, data, retryMs } = next;
  const { rowCount } = await db
    .update(saga)
    .set({
      stage,
      data,
      idempotencyKey: null,
      leaseHolder: null,
      leaseUntil: now,
      retryAt: later(retryMs),
    })
    .where(held(lease));
  return rowCount === 1;
}
