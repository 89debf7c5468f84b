import { and, desc, eq, sql } from 'drizzle-orm';
import { olderThan } from '#platform/database/newest-first.ts';
import { countByOwner, ownerRows } from '#platform/database/owners.ts';
import type { Db } from '#platform/database/pool.ts';
import type { Connection, Page } from '#platform/graph/connection.ts';
import { stockMovement } from '../tables.ts';

export type MovementRow = typeof stockMovement.$inferSelect;
/** A page of movements as the graph gives it. */
export type MovementList = Connection<MovementRow>;

/** Writes into the ledger. Whoever does that changes the levels in the same transaction. */
export async function addMovements(db: Db, movements: readonly MovementRow[]): Promise<void> {
  await db.insert(stockMovement).values([...movements]);
}

/**
 * The same page of the movements of each of many products, in one statement: newest first, and one more where
 * there is one.
 */
export async function pagesOfMovements(
  db: Db,
  productIds: readonly string[],
  { limit, after }: Page,
): Promise<MovementRow[]> {
  const following = after ? olderThan(stockMovement.createdAt, stockMovement.id, after) : undefined;
  const newest = db
    .select()
    .from(stockMovement)
    .where(and(eq(stockMovement.productId, sql`owner.id`), following))
    .orderBy(desc(stockMovement.createdAt), desc(stockMovement.id))
    .limit(limit + 1)
    .as('newest');
  return db
    .select(newest._.selectedFields)
    .from(ownerRows(productIds))
    .crossJoinLateral(newest)
    .orderBy(desc(newest.createdAt), desc(newest.id));
}

/** How many movements each product has, in one statement. What has none is left out. */
export const countMovements = (db: Db, productIds: readonly string[]) =>
  countByOwner(db, stockMovement.productId, productIds);
