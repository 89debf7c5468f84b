import { and, eq, getTableColumns, inArray, ne } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { products } from '../tables.ts';

const { searchDocument: _searchDocument, ...columns } = getTableColumns(products);

/** Every column but what only searches read. */
export const productColumns = columns;

export type ProductRow = Omit<typeof products.$inferSelect, 'searchDocument'>;
export type NewProduct = typeof products.$inferInsert;
/** What may change; what is undefined stays as it is. */
export type ProductChange = Partial<Omit<NewProduct, 'id' | 'createdAt'>>;

/** The products with these ids, in no order. */
export function productsByIds(db: Db, ids: readonly string[]): Promise<ProductRow[]> {
  return db
    .select(productColumns)
    .from(products)
    .where(inArray(products.id, [...ids]));
}

export async function productBySku(db: Db, sku: string): Promise<ProductRow | null> {
  const [row] = await db.select(productColumns).from(products).where(eq(products.sku, sku));
  return row ?? null;
}

/** Reads a product and keeps others from changing it until the transaction ends. */
export async function lockProduct(db: Db, id: string): Promise<ProductRow | null> {
  const [row] = await db
    .select(productColumns)
    .from(products)
    .where(eq(products.id, id))
    .for('no key update');
  return row ?? null;
}

/** @throws a unique violation of `products_sku_key` when the unit is taken */
export async function insertProduct(db: Db, product: NewProduct): Promise<ProductRow> {
  const [row] = await db.insert(products).values(product).returning(productColumns);
  return row as ProductRow;
}

/** @throws a unique violation of `products_sku_key` when the unit is taken */
export async function updateProductRow(
  db: Db,
  id: string,
  change: ProductChange,
): Promise<ProductRow> {
  const [row] = await db
    .update(products)
    .set(change)
    .where(eq(products.id, id))
    .returning(productColumns);
  return row as ProductRow;
}

/** Archives a product that is on sale. @returns null when there was none to archive */
export async function archiveProductRow(db: Db, id: string, at: Date): Promise<ProductRow | null> {
  const [row] = await db
    .update(products)
    .set({ status: 'ARCHIVED', updatedAt: at })
    .where(and(eq(products.id, id), ne(products.status, 'ARCHIVED')))
    .returning(productColumns);
  return row ?? null;
}
