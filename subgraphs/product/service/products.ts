import { randomUUID } from 'node:crypto';
import type { Database, Db } from '#platform/database/pool.ts';
import { storedText } from '#platform/database/stored-text.ts';
import { unlessTaken } from '#platform/database/unique-violation.ts';
import { pageResult, pageResults, type Page, type PageResult } from '#platform/graph/connection.ts';
import {
  invalidInput,
  notFound,
  type InvalidField,
  type InvalidInput,
  type NotFound,
} from '#platform/graph/problems.ts';
import { skuTaken, type SkuTaken } from '../problems.ts';
import type { PlainOrder, ProductOrder } from '../product-order.ts';
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
import { brokenProductRules, normalSku } from '../rules.ts';
import type { CreateProductInput, UpdateProductInput } from '../schema.generated.ts';
import { brokenReference } from './categories.ts';

/** The constraint that gives a stock-keeping unit to one product only. */
const SKU_KEY = 'products_sku_key';

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
  const found = await Promise.all([
    pagesOfCategories(db, categoryIds, order, page),
    countInCategories(db, categoryIds),
  ]);
  return pageResults(categoryIds, page, found, (row) => row.ownerId);
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
  const taken = () => skuTaken(facts.sku);
  return unlessTaken(SKU_KEY, taken, async () =>
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
  const taken = () => skuTaken(facts.sku ?? '');
  return unlessTaken(SKU_KEY, taken, () =>
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
      name: storedText(name),
      value: storedText(value),
    })),
  };
}

async function invalidFields(db: Db, facts: ProductChange): Promise<InvalidField[]> {
  return [
    ...brokenProductRules(facts),
    ...(await brokenReference(db, 'categoryId', facts.categoryId)),
  ];
}
