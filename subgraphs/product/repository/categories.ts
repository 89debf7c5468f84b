import { asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { categories } from '../tables.ts';

export type CategoryRow = typeof categories.$inferSelect;
export type NewCategory = typeof categories.$inferInsert;
/** What may change; what is undefined stays as it is. */
export type CategoryChange = Partial<Omit<NewCategory, 'id'>>;

/** Any fixed number: whoever moves a category in the tree waits for whoever else does. */
const TREE_LOCK = 7_243_101;

const bySiblings = [
  asc(categories.position),
  sql`lower(${categories.name}) collate "C"`,
  asc(categories.id),
];

/** The categories with these ids, in no order. */
export function categoriesByIds(db: Db, ids: readonly string[]): Promise<CategoryRow[]> {
  return db
    .select()
    .from(categories)
    .where(inArray(categories.id, [...ids]));
}

export async function categoryBySlug(db: Db, slug: string): Promise<CategoryRow | null> {
  const [row] = await db.select().from(categories).where(eq(categories.slug, slug));
  return row ?? null;
}

/** The categories at the top, in their order. */
export function topCategories(db: Db): Promise<CategoryRow[]> {
  return db
    .select()
    .from(categories)
    .where(isNull(categories.parentId))
    .orderBy(...bySiblings);
}

/** The categories directly below these, those of one parent in their order. */
export function categoriesBelow(db: Db, parentIds: readonly string[]): Promise<CategoryRow[]> {
  return db
    .select()
    .from(categories)
    .where(inArray(categories.parentId, [...parentIds]))
    .orderBy(...bySiblings);
}

/** Reads a category and keeps others from changing it until the transaction ends. */
export async function lockCategory(db: Db, id: string): Promise<CategoryRow | null> {
  const [row] = await db
    .select()
    .from(categories)
    .where(eq(categories.id, id))
    .for('no key update');
  return row ?? null;
}

export async function categoryExists(db: Db, id: string): Promise<boolean> {
  return (await db.$count(categories, eq(categories.id, id))) > 0;
}

/** @throws a unique violation of `categories_slug_key` when the slug is taken */
export async function insertCategory(db: Db, category: NewCategory): Promise<CategoryRow> {
  const [row] = await db.insert(categories).values(category).returning();
  return row as CategoryRow;
}

/** Keeps others from moving categories until the transaction ends, so that two moves cannot make a cycle together. */
export async function lockTree(db: Db): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(${TREE_LOCK})`);
}

/** Whether a category is another one or stands anywhere below it. */
export async function isWithin(db: Db, id: string, ancestorId: string): Promise<boolean> {
  const { rows } = await db.execute(sql`
    with recursive above (id, parent_id) as (
      select id, parent_id from categories where id = ${id}
      union select c.id, c.parent_id from categories c join above on c.id = above.parent_id
    ) select from above where id = ${ancestorId}`);
  return rows.length > 0;
}

/** @throws a unique violation of `categories_slug_key` when the slug is taken */
export async function updateCategoryRow(
  db: Db,
  id: string,
  change: CategoryChange,
): Promise<CategoryRow> {
  const [row] = await db.update(categories).set(change).where(eq(categories.id, id)).returning();
  return row as CategoryRow;
}
