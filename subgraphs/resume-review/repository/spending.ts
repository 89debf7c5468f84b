import { gte, sum } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { spending } from '../tables.ts';

/** Writes down what an answer of a model has cost. */
export async function noteSpending(
  db: Db,
  spent: Omit<typeof spending.$inferInsert, 'spentAt'>,
): Promise<void> {
  await db.insert(spending).values(spent);
}

/** Millionths of a dollar that models have cost since an instant, whatever became of the reviews. */
export async function costSince(db: Db, since: Date): Promise<number> {
  const [row] = await db
    .select({ cost: sum(spending.costMicros) })
    .from(spending)
    .where(gte(spending.spentAt, since));
  return Number(row?.cost ?? 0);
}
