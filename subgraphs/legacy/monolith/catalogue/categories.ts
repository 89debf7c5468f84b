import { randomUUID } from 'node:crypto';
import { and, asc, eq, inArray, isNull, sql, type InferSelectModel } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Db } from '#platform/database/pool.ts';
import { brokenConstraint } from '../constraints.ts';
import { ApiError, notFound, validation } from '../errors.ts';
import { idsOf } from '../lists.ts';
import { checkRules } from '../rules.ts';
import { categories } from '../tables.ts';
import { categoryExistsRule, categoryRules } from './rules.ts';
import type {
  CategoriesQuery,
  CategoryAnswer,
  CreateCategoryBody,
  UpdateCategoryBody,
} from './schemas.ts';
import { subtreeOf } from './subtree.ts';

type CategoryRow = InferSelectModel<typeof categories>;

/** By position and name, as siblings stand. */
const siblings = [
  asc(categories.sortNo),
  asc(sql`lower(${categories.catName}) collate "C"`),
  asc(categories.categoryId),
];

/** A category as it is answered. */
export function categoryAnswer(row: CategoryRow): CategoryAnswer {
  return {
    category_id: row.categoryId,
    parent_id: row.parentId,
    cat_name: row.catName,
    slug: row.slug,
    sort_no: row.sortNo,
  };
}

/** All categories, those at the top, or those of some ids. */
export function listCategories(db: Db, query: CategoriesQuery): Promise<CategoryRow[]> {
  const ids = query.ids === undefined ? undefined : idsOf(query.ids);
  return db
    .select()
    .from(categories)
    .where(
      and(
        ids && inArray(categories.categoryId, ids),
        query.root ? isNull(categories.parentId) : undefined,
      ),
    )
    .orderBy(...siblings);
}

/** Categories by id, those that exist. */
export function categoriesById(db: Db, ids: readonly string[]): Promise<CategoryRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db
    .select()
    .from(categories)
    .where(inArray(categories.categoryId, [...ids]));
}

/** A category by its name in addresses. @throws 404 */
export async function categoryBySlug(db: Db, slug: string): Promise<CategoryRow> {
  // PostgreSQL takes no U+0000, so no category has one.
  const [row] = slug.includes('\0')
    ? []
    : await db.select().from(categories).where(eq(categories.slug, slug));
  if (!row) throw new ApiError(404, 'NOT_FOUND', 'There is no category with this slug.');
  return row;
}

/** The categories directly below each of some, in the order asked. */
export async function childCategories(db: Db, parentIds: readonly string[]) {
  const groups = new Map<string, CategoryAnswer[]>(parentIds.map((id) => [id.toLowerCase(), []]));
  const rows = groups.size === 0 ? [] : await childrenOf(db, [...groups.keys()]);
  for (const row of rows) groups.get(row.parentId ?? '')?.push(categoryAnswer(row));
  return { groups: [...groups].map(([owner, items]) => ({ owner_id: owner, items })) };
}

const childrenOf = (db: Db, parentIds: string[]): Promise<CategoryRow[]> =>
  db
    .select()
    .from(categories)
    .where(inArray(categories.parentId, parentIds))
    .orderBy(...siblings);

/** Adds a category. @throws 422 */
export async function createCategory(db: Db, body: CreateCategoryBody): Promise<CategoryRow> {
  await checkCategory(db, body);
  const { parent_id: parentId = null, cat_name: name, slug, sort_no: sortNo = 0 } = body;
  const [row] = await db
    .insert(categories)
    .values({ categoryId: randomUUID(), parentId, catName: name.trim(), slug, sortNo })
    .returning()
    .catch(refused);
  return row as CategoryRow;
}

/** Changes a category or moves it in the tree. @throws 404, 422 */
export async function updateCategory(
  database: NodePgDatabase,
  id: string,
  body: UpdateCategoryBody,
): Promise<CategoryRow> {
  return database.transaction(async (tx) => {
    // Two moves at once could make a circle that neither makes alone.
    if (body.parent_id) await tx.execute(sql`lock table ${categories} in share row exclusive mode`);
    const [known] = await categoriesById(tx, [id]);
    if (!known) throw notFound('category');
    await checkCategory(tx, body);
    if (body.parent_id && (await isWithin(tx, body.parent_id, id))) throw circle();
    const change = columnsOf(body);
    if (Object.keys(change).length === 0) return known;
    const [row] = await tx
      .update(categories)
      .set(change)
      .where(eq(categories.categoryId, id))
      .returning()
      .catch(refused);
    return row ?? known;
  });
}

async function checkCategory(db: Db, body: UpdateCategoryBody): Promise<void> {
  const { parent_id: parentId } = body;
  const isCategory =
    typeof parentId !== 'string' || (await categoriesById(db, [parentId])).length > 0;
  checkRules([...categoryRules(body), categoryExistsRule('parent_id', isCategory)]);
}

/** Whether a category is another one or stands below it. */
async function isWithin(db: Db, id: string, root: string): Promise<boolean> {
  const found = await db.$count(
    categories,
    sql`${categories.categoryId} = ${id} and ${categories.categoryId} = any(${subtreeOf(root)})`,
  );
  return found > 0;
}

/** What is there of a category, by columns. */
function columnsOf({ parent_id: parentId, cat_name: name, slug, sort_no: no }: UpdateCategoryBody) {
  return {
    ...(parentId !== undefined && { parentId }),
    ...(name !== undefined && { catName: name.trim() }),
    ...(slug !== undefined && { slug }),
    ...(no !== undefined && { sortNo: no }),
  };
}

const circle = () =>
  validation([{ field: 'parent_id', message: 'must not be the category itself or one below it' }]);

/** Names what a refused write was refused for. */
function refused(error: unknown): never {
  if (brokenConstraint(error) !== 'categories_slug_key') throw error;
  throw validation([{ field: 'slug', message: 'belongs to another category' }]);
}
