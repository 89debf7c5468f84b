import { randomUUID } from 'node:crypto';
import { eq, inArray, type InferSelectModel } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { brokenConstraint } from '../constraints.ts';
import { ApiError, notFound } from '../errors.ts';
import { checkRules } from '../rules.ts';
import { categories, products } from '../tables.ts';
import { jstText } from '../times.ts';
import { categoryExistsRule, normalSku, productRules } from './rules.ts';
import type { CreateProductBody, ProductAnswer, UpdateProductBody } from './schemas.ts';

/** A product as it is stored, without its search document. */
export type ProductRow = Omit<InferSelectModel<typeof products>, 'searchDoc'>;

/** The columns of a product row. */
export const productColumns = {
  productId: products.productId,
  sku: products.sku,
  productName: products.productName,
  descr: products.descr,
  brand: products.brand,
  unitPrice: products.unitPrice,
  categoryId: products.categoryId,
  attrs: products.attrs,
  discontinued: products.discontinued,
  createdAt: products.createdAt,
  updatedAt: products.updatedAt,
};

/** A product as it is answered. */
export function productAnswer(row: ProductRow): ProductAnswer {
  return {
    product_id: row.productId,
    sku: row.sku,
    product_name: row.productName,
    descr: row.descr,
    brand: row.brand,
    unit_price: row.unitPrice,
    currency: 'USD',
    category_id: row.categoryId,
    attrs: row.attrs,
    discontinued: row.discontinued,
    created_at: jstText(row.createdAt),
    updated_at: jstText(row.updatedAt),
  };
}

/** Products by id, those that exist. */
export function productsById(db: Db, ids: readonly string[]): Promise<ProductRow[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db
    .select(productColumns)
    .from(products)
    .where(inArray(products.productId, [...ids]));
}

/** A product by its id. @throws 404 */
export async function productById(db: Db, id: string): Promise<ProductRow> {
  const [row] = await productsById(db, [id]);
  if (!row) throw notFound('product');
  return row;
}

/** A product by its stock-keeping unit, whatever the case of its letters. @throws 404 */
export async function productBySku(db: Db, sku: string): Promise<ProductRow> {
  // PostgreSQL takes no U+0000, so no product has one.
  const [row] = sku.includes('\0')
    ? []
    : await db
        .select(productColumns)
        .from(products)
        .where(eq(products.sku, normalSku(sku)));
  if (!row) throw new ApiError(404, 'NOT_FOUND', 'There is no product with this sku.');
  return row;
}

/** Adds a product. @throws 409 SKU_TAKEN, 422 */
export async function createProduct(
  db: Db,
  body: CreateProductBody,
  now: Date,
): Promise<ProductRow> {
  await checkProduct(db, body);
  const values = {
    ...columnsOf(body),
    productId: randomUUID(),
    sku: normalSku(body.sku),
    productName: body.product_name.trim(),
    unitPrice: body.unit_price,
    createdAt: now,
    updatedAt: now,
  };
  const [row] = await db
    .insert(products)
    .values(values)
    .returning(productColumns)
    .catch(refused(body));
  return row as ProductRow;
}

/** Changes a product. @throws 404, 409 SKU_TAKEN, 422 */
export async function updateProduct(
  db: Db,
  id: string,
  body: UpdateProductBody,
  now: Date,
): Promise<ProductRow> {
  const known = await productById(db, id);
  await checkProduct(db, body);
  const change = columnsOf(body);
  if (Object.keys(change).length === 0) return known;
  const [row] = await db
    .update(products)
    .set({ ...change, updatedAt: now })
    .where(eq(products.productId, id))
    .returning(productColumns)
    .catch(refused(body));
  if (!row) throw notFound('product');
  return row;
}

/** Takes a product off sale; one that is off sale already stays as it is. @throws 404 */
export async function archiveProduct(db: Db, id: string, now: Date): Promise<ProductRow> {
  const known = await productById(db, id);
  if (known.discontinued) return known;
  const [row] = await db
    .update(products)
    .set({ discontinued: true, updatedAt: now })
    .where(eq(products.productId, id))
    .returning(productColumns);
  return row ?? known;
}

async function checkProduct(db: Db, body: UpdateProductBody): Promise<void> {
  const { category_id: categoryId } = body;
  const isCategory =
    typeof categoryId !== 'string' ||
    (await db.$count(categories, eq(categories.categoryId, categoryId))) > 0;
  checkRules([...productRules(body), categoryExistsRule('category_id', isCategory)]);
}

/** What is there of a product, by columns. */
function columnsOf(body: UpdateProductBody) {
  const { sku, product_name: name, descr, brand, unit_price: unitPrice, attrs } = body;
  const { category_id: categoryId } = body;
  return {
    ...(sku !== undefined && { sku: normalSku(sku) }),
    ...(name !== undefined && { productName: name.trim() }),
    ...(descr !== undefined && { descr: descr.trim() }),
    ...(brand !== undefined && { brand: brand?.trim() || null }),
    ...(unitPrice !== undefined && { unitPrice }),
    ...(categoryId !== undefined && { categoryId }),
    ...(attrs !== undefined && {
      attrs: attrs.map(([name, value]): [string, string] => [jsonText(name), jsonText(value)]),
    }),
  };
}

/** Half of a surrogate pair becomes U+FFFD, as it does on its way into a text column: jsonb refuses it. */
const jsonText = (text: string) => text.trim().toWellFormed();

/** Names what a refused write was refused for. */
const refused =
  ({ sku = '' }: UpdateProductBody) =>
  (error: unknown): never => {
    if (brokenConstraint(error) !== 'products_sku_key') throw error;
    throw skuTaken(normalSku(sku));
  };

/** 409: a stock-keeping unit belongs to one product. @param sku in its normal form */
export const skuTaken = (sku: string) =>
  new ApiError(409, 'SKU_TAKEN', `The stock-keeping unit ${sku} belongs to another product.`, {
    sku,
  });
