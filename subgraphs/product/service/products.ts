import { randomUUID } from 'node:crypto';
import type { Database, Db } from '#platform/database/pool.ts';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import {
  invalidInput,
  notFound,
  skuTaken,
  type InvalidField,
  type InvalidInput,
  type NotFound,
  type SkuTaken,
} from '../problems.ts';
import type { PlainOrder, ProductOrder } from '../product-order.ts';
import { categoryExists } from '../repository/categories.ts';
import {
  countInCategories,
  countProducts,
  pageOfProducts,
  pagesOfCategories,
  type ListedProduct,
  type ProductConditions,
} from '../repository/product-pages.ts';
import {
  archiveProductRow,
  insertProduct,
  lockProduct,
  productBySku,
  productsByIds,
  updateProductRow,
  type ProductChange,
  type ProductRow,
} from '../repository/products.ts';
import { isUniqueViolation } from '../repository/unique-violation.ts';
import { brokenProductRules, normalSku } from '../rules.ts';
import type { CreateProductInput, UpdateProductInput } from '../schema.generated.ts';

const productPayload = (product: ProductRow) => ({
  __typename: 'ProductPayload' as const,
  product,
});
type ProductPayload = ReturnType<typeof productPayload>;

/** A page of the catalogue. */
export async function listProducts(
  db: Db,
  conditions: ProductConditions,
  order: ProductOrder,
  page: Page,
): Promise<PageResult<ListedProduct>> {
  const [rows, totalCount] = await Promise.all([
    pageOfProducts(db, conditions, order, page),
    countProducts(db, conditions),
  ]);
  return pageResult(rows, page, totalCount);
}

/** The same page of each category: what is on sale in it and everything below it. In the order of the ids. */
export async function listProductsOfCategories(
  db: Db,
  categoryIds: readonly string[],
  order: PlainOrder,
  page: Page,
): Promise<PageResult<ListedProduct>[]> {
  const [rows, totals] = await Promise.all([
    pagesOfCategories(db, categoryIds, order, page),
    countInCategories(db, categoryIds),
  ]);
  const byOwner = Map.groupBy(rows, (row) => row.ownerId);
  return categoryIds.map((id) => pageResult(byOwner.get(id) ?? [], page, totals.get(id) ?? 0));
}

/** @param rows the page, and the row after it where there is one */
function pageResult(
  rows: readonly ListedProduct[],
  { limit }: Page,
  totalCount: number,
): PageResult<ListedProduct> {
  return { nodes: rows.slice(0, limit), hasNextPage: rows.length > limit, totalCount };
}

/** A product by its stock-keeping unit in whatever case. */
export async function findProductBySku(db: Db, sku: string): Promise<ProductRow | null> {
  // PostgreSQL takes no U+0000, so no product has one.
  return sku.includes('\0') ? null : productBySku(db, normalSku(sku));
}

/** Adds a product to the catalogue. */
export async function createProduct(
  db: Db,
  input: CreateProductInput,
): Promise<ProductPayload | SkuTaken | InvalidInput> {
  const facts = {
    ...factsOf(input),
    sku: normalSku(input.sku),
    name: input.name.trim(),
    priceAmount: input.price.amount,
  };
  const invalid = await invalidFields(db, facts);
  if (invalid.length > 0) return invalidInput(invalid);
  const now = new Date();
  return unlessSkuTaken(facts.sku, async () =>
    productPayload(
      await insertProduct(db, { ...facts, id: randomUUID(), createdAt: now, updatedAt: now }),
    ),
  );
}

/** Changes what the input has; the rest stays as it is. */
export async function updateProduct(
  { db }: Database,
  input: UpdateProductInput,
): Promise<ProductPayload | NotFound | SkuTaken | InvalidInput> {
  const { id } = input;
  const facts = factsOf(input);
  return unlessSkuTaken(facts.sku ?? '', () =>
    db.transaction(async (tx) => {
      const present = await lockProduct(tx, id);
      if (!present) return notFound('product', id);
      const invalid = await invalidFields(tx, facts);
      if (invalid.length > 0) return invalidInput(invalid);
      if (Object.values(facts).every((fact) => fact === undefined)) return productPayload(present);
      return productPayload(await updateProductRow(tx, id, { ...facts, updatedAt: new Date() }));
    }),
  );
}

/** Takes a product off sale. One that is off sale already stays as it is. */
export async function archiveProduct(db: Db, id: string): Promise<ProductPayload | NotFound> {
  const archived = await archiveProductRow(db, id, new Date());
  const product = archived ?? (await productsByIds(db, [id]))[0];
  return product ? productPayload(product) : notFound('product', id);
}

/** An input as it is stored. Null counts as absent (undefined), but where it removes something. */
function factsOf({ price, attributes, ...input }: Omit<UpdateProductInput, 'id'>) {
  return {
    sku: input.sku == null ? undefined : normalSku(input.sku),
    name: input.name?.trim(),
    description: input.description?.trim(),
    brand: input.brand === undefined ? undefined : input.brand?.trim() || null,
    priceAmount: price?.amount,
    currency: price ? (price.currency ?? 'USD') : undefined,
    categoryId: input.categoryId,
    attributes: attributes?.map(({ name, value }) => ({
      name: jsonText(name),
      value: jsonText(value),
    })),
  };
}

/** Half of a surrogate pair becomes U+FFFD, as it does on its way into a text column: jsonb refuses it. */
const jsonText = (text: string) => text.trim().toWellFormed();

async function invalidFields(db: Db, facts: ProductChange): Promise<InvalidField[]> {
  const { categoryId } = facts;
  const isCategory = categoryId == null || (await categoryExists(db, categoryId));
  return [
    ...brokenProductRules(facts),
    ...(isCategory ? [] : [{ path: 'categoryId', message: 'is not a category' }]),
  ];
}

async function unlessSkuTaken<Outcome>(
  sku: string,
  act: () => Promise<Outcome>,
): Promise<Outcome | SkuTaken> {
  try {
    return await act();
  } catch (error) {
    if (isUniqueViolation(error, 'products_sku_key')) return skuTaken(sku);
    throw error;
  }
}
