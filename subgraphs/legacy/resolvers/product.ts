import { pageFrom, type CursorValueType } from '#platform/graph/connection.ts';
import { badUserInput } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { searchText } from '#platform/graph/search-text.ts';
import { isStaff, type Identity } from '#platform/identity/identity.ts';
import type { Context } from '../context.ts';
import { connection } from '../mapping/connection.ts';
import {
  categorySource,
  productSource,
  type CategorySource,
  type ProductSource,
} from '../mapping/entities.ts';
import { decimalAmount, money } from '../mapping/money.ts';
import { pageBody, pageQuery } from '../mapping/page.ts';
import type { ProductOrder } from '../mapping/rows.ts';
import { instant } from '../mapping/time.ts';
import { PRODUCT_SORTS, PRODUCT_STATUSES, toMonolith } from '../mapping/words.ts';
import { answer, answerOrNull } from '../monolith-client/answer.ts';
import type { ProductFilter, ProductSort, Resolvers } from '../schema.generated.ts';
import { referenceResolver } from './reference.ts';
import { rowOf } from './row.ts';

/** What the sort keys of the lists of products are made of. */
const SORT_KEYS: Record<ProductOrder, readonly CursorValueType[]> = {
  relevance: ['number', 'uuid'],
  name: ['string', 'uuid'],
  price: ['number', 'uuid'],
  '-price': ['number', 'uuid'],
  newest: ['time', 'uuid'],
};

/** The order that a sort asks for. Where nothing is searched for, nothing is more relevant: by name then. */
function orderOf(sort: ProductSort, search: string | null): ProductOrder {
  const order = toMonolith(PRODUCT_SORTS, sort);
  return order === 'relevance' && search === null ? 'name' : order;
}

const product = (source: ProductSource, { loaders }: Context) =>
  rowOf(source, loaders.products, 'product');
const category = (source: CategorySource, { loaders }: Context) =>
  rowOf(source, loaders.categories, 'category');

export const productQueries: Resolvers['Query'] = {
  product: async (_root, { id }, { loaders }) => {
    const found = await loaders.products.load(uuidArgument('id', id));
    return found && productSource(found);
  },
  productBySku: async (_root, { sku }, { monolith }) => {
    const trimmed = sku.trim();
    if (!isPathSegment(trimmed)) return null;
    const params = { path: { sku: trimmed } };
    const found = await answerOrNull(monolith.reads.GET('/api/products/by-sku/{sku}', { params }));
    return found && productSource(found);
  },
  products: async (_root, args, { identity, monolith }) => {
    const conditions = filterQuery(args.filter ?? {}, identity);
    const sort = orderOf(args.sort ?? 'RELEVANCE', conditions.q ?? null);
    const page = pageFrom(args, sort, SORT_KEYS[sort]);
    const query = { ...conditions, sort, ...pageQuery(page) };
    const list = await answer(monolith.reads.GET('/api/products', { params: { query } }));
    return connection(page, list, sort, productSource);
  },
  categories: async (_root, _args, { monolith }) => {
    const params = { query: { root: true } };
    const { items } = await answer(monolith.reads.GET('/api/categories', { params }));
    return items.map(categorySource);
  },
  category: async (_root, { slug }, { monolith }) => {
    if (!isPathSegment(slug)) return null;
    const params = { path: { slug } };
    const found = await answerOrNull(
      monolith.reads.GET('/api/categories/by-slug/{slug}', { params }),
    );
    return found && categorySource(found);
  },
};

/** Whether a name can stand in a path. No product and no category has one that cannot. */
function isPathSegment(name: string): boolean {
  return (
    name.length <= 100 && !/^\.{0,2}$/.test(name) && name.isWellFormed() && !name.includes('\0')
  );
}

function filterQuery(filter: ProductFilter, identity: Identity) {
  const { categoryId, status } = filter;
  const q = searchText('filter.search', filter.search);
  const category_id = categoryId == null ? null : uuidArgument('filter.categoryId', categoryId);
  const minPrice = priceLimit('filter.minPrice', filter.minPrice);
  const maxPrice = priceLimit('filter.maxPrice', filter.maxPrice);
  return {
    ...(q !== null && { q }),
    ...(category_id !== null && { category_id }),
    ...(minPrice !== null && { min_price: minPrice }),
    ...(maxPrice !== null && { max_price: maxPrice }),
    status: isStaff(identity) ? toMonolith(PRODUCT_STATUSES, status ?? 'ACTIVE') : 'active',
  } as const;
}

function priceLimit(argument: string, amount: number | null | undefined): string | null {
  if (amount == null) return null;
  if (amount < 0) throw badUserInput(argument, 'must not be negative');
  return decimalAmount(amount);
}

export const productTypes = {
  Product: {
    __resolveReference: referenceResolver('Product', ({ products }) => products, productSource, [
      'stock',
      'inStock',
      'stockLevels',
      'stockMovements',
    ]),
    sku: async (source, _args, context) => (await product(source, context)).sku,
    name: async (source, _args, context) => (await product(source, context)).product_name,
    description: async (source, _args, context) => (await product(source, context)).descr,
    brand: async (source, _args, context) => (await product(source, context)).brand,
    price: async (source, _args, context) => {
      const { unit_price, currency } = await product(source, context);
      return money(unit_price, currency);
    },
    category: async (source, _args, context) => {
      const { category_id } = await product(source, context);
      return category_id === null ? null : { id: category_id };
    },
    attributes: async (source, _args, context) =>
      (await product(source, context)).attrs.map(([name = '', value = '']) => ({ name, value })),
    status: async (source, _args, context) =>
      (await product(source, context)).discontinued ? 'ARCHIVED' : 'ACTIVE',
    createdAt: async (source, _args, context) =>
      instant((await product(source, context)).created_at),
    updatedAt: async (source, _args, context) =>
      instant((await product(source, context)).updated_at),
  },
  Category: {
    __resolveReference: referenceResolver(
      'Category',
      ({ categories }) => categories,
      categorySource,
      [],
    ),
    name: async (source, _args, context) => (await category(source, context)).cat_name,
    slug: async (source, _args, context) => (await category(source, context)).slug,
    parent: async (source, _args, context) => {
      const { parent_id } = await category(source, context);
      return parent_id === null ? null : { id: parent_id };
    },
    children: async ({ id }, _args, { loaders }) =>
      (await loaders.children(id, {})).items.map(categorySource),
    products: async ({ id }, args, { loaders }) => {
      const sort = orderOf(args.sort ?? 'NAME', null);
      const page = pageFrom(args, sort, SORT_KEYS[sort]);
      const list = await loaders.productsOfCategory(id, { sort, ...pageBody(page) });
      return connection(page, list, sort, productSource);
    },
  },
} satisfies Resolvers;
