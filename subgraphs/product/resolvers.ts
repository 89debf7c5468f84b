import { connectionOf, pageFrom, type ConnectionArguments } from '#platform/graph/connection.ts';
import { DateTime } from '#platform/graph/date-time.ts';
import { requireStaff } from '#platform/graph/errors.ts';
import { isUuid, uuidArgument } from '#platform/graph/ids.ts';
import { notingNotFound } from '#platform/subgraph-server/not-found-here.ts';
import type { Context } from './context.ts';
import { createLoaders } from './loaders.ts';
import { conditionsFrom } from './product-filter.ts';
import { plainOrder, searchOrder, SORT_KEYS, type ProductOrder } from './product-order.ts';
import { topCategories } from './repository/categories.ts';
import type {
  CategoryResolvers,
  MutationResolvers,
  ProductResolvers,
  QueryResolvers,
  Resolvers,
} from './schema.generated.ts';
import { createCategory, findCategoryBySlug, updateCategory } from './service/categories.ts';
import {
  archiveProduct,
  createProduct,
  findProductBySku,
  listProducts,
  updateProduct,
} from './service/products.ts';

const Query: QueryResolvers = {
  product: (_root, { id }, { loaders }) => loaders.products.load(uuidArgument('id', id)),
  productBySku: (_root, { sku }, { database }) => findProductBySku(database.db, sku),
  products: async (_root, { filter, sort, ...page }, { database, identity }) => {
    const conditions = conditionsFrom(filter, identity);
    const order = (conditions.search === null ? plainOrder : searchOrder)(sort ?? 'RELEVANCE');
    const asked = productPage(page, order);
    const result = await listProducts(database.db, conditions, order, asked);
    return connectionOf(asked, result, order, SORT_KEYS[order].of);
  },
  categories: (_root, _arguments, { database }) => topCategories(database.db),
  category: (_root, { slug }, { database }) => findCategoryBySlug(database.db, slug),
};

const Product: ProductResolvers = {
  __resolveReference: ({ id }, { loaders }) =>
    isUuid(id) ? loaders.products.load(id.toLowerCase()) : null,
  price: ({ priceAmount, currency }) => ({ amount: priceAmount, currency }),
  category: ({ categoryId }, _arguments, { loaders }) =>
    categoryId === null ? null : loaders.categories.load(categoryId),
  attributes: ({ attributes }) => [...attributes],
};

const Category: CategoryResolvers = {
  __resolveReference: ({ id }, { loaders }) =>
    isUuid(id) ? loaders.categories.load(id.toLowerCase()) : null,
  parent: ({ parentId }, _arguments, { loaders }) =>
    parentId === null ? null : loaders.categories.load(parentId),
  children: async ({ id }, _arguments, { loaders }) => [...(await loaders.children.load(id))],
  products: async ({ id }, { sort, ...page }, { loaders }) => {
    const order = plainOrder(sort ?? 'NAME');
    const asked = productPage(page, order);
    const result = await loaders.productsOfCategory(id, { order, page: asked });
    return connectionOf(asked, result, order, SORT_KEYS[order].of);
  },
};

const Mutation: MutationResolvers = {
  createProduct: staffOnly(async (input, { database }) =>
    createProduct(database.db, { ...input, categoryId: inputId('categoryId', input.categoryId) }),
  ),
  updateProduct: staffOnly(async (input, { database }) =>
    updateProduct(database, {
      ...input,
      id: uuidArgument('input.id', input.id),
      categoryId: inputId('categoryId', input.categoryId),
    }),
  ),
  archiveProduct: staffOnly(async ({ id }, { database }) =>
    archiveProduct(database.db, uuidArgument('input.id', id)),
  ),
  createCategory: staffOnly(async (input, { database }) =>
    createCategory(database.db, { ...input, parentId: inputId('parentId', input.parentId) }),
  ),
  updateCategory: staffOnly(async (input, { database }) =>
    updateCategory(database, {
      ...input,
      id: uuidArgument('input.id', input.id),
      parentId: inputId('parentId', input.parentId),
    }),
  ),
};

/** A mutation for staff. It begins with new loaders: what they have read before may be about to change. */
function staffOnly<Input, Result extends object>(
  mutate: (input: Input, context: Context) => Promise<Result>,
): (root: unknown, given: { input: Input }, context: Context) => Promise<Result> {
  return async (_root, { input }, context) => {
    requireStaff(context.identity);
    await context.ownership.require('product');
    context.loaders = createLoaders(context.database.db);
    return notingNotFound(context, 'product', await mutate(input, context));
  };
}

/** An id inside `input` that may be absent, which leaves as is, or null, which removes. */
function inputId(name: string, id: string | null | undefined): string | null | undefined {
  return id == null ? id : uuidArgument(`input.${name}`, id);
}

const productPage = (page: ConnectionArguments, order: ProductOrder) =>
  pageFrom(page, order, SORT_KEYS[order].types);

export const resolvers: Resolvers = { DateTime, Query, Mutation, Product, Category };
