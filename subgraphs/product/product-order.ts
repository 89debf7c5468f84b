import type { CursorValue, CursorValueType } from '#platform/graph/connection.ts';
import type { ListedProduct } from './repository/product-pages.ts';
import type { ProductSort } from './schema.generated.ts';

/** The orders of a list that nothing was searched for in. The name is the first value of a cursor. */
export type PlainOrder = 'name' | 'price' | '-price' | 'newest';
/** All orders of a list. */
export type ProductOrder = PlainOrder | 'relevance';

const PLAIN_ORDERS: Record<ProductSort, PlainOrder> = {
  RELEVANCE: 'name',
  NAME: 'name',
  PRICE_LOW_TO_HIGH: 'price',
  PRICE_HIGH_TO_LOW: '-price',
  NEWEST: 'newest',
};

/** The order that a sort means where nothing is searched for: nothing is more relevant then, so by name. */
export function plainOrder(sort: ProductSort): PlainOrder {
  return PLAIN_ORDERS[sort];
}

/** The order that a sort means where something is searched for. */
export function searchOrder(sort: ProductSort): ProductOrder {
  return sort === 'RELEVANCE' ? 'relevance' : PLAIN_ORDERS[sort];
}

/** The sort key of a product in each order. The id decides between equals. */
export const SORT_KEYS: Record<
  ProductOrder,
  {
    readonly types: readonly CursorValueType[];
    readonly of: (product: ListedProduct) => readonly CursorValue[];
  }
> = {
  relevance: { types: ['number', 'uuid'], of: ({ rank, id }) => [rank, id] },
  name: { types: ['string', 'uuid'], of: ({ nameKey, id }) => [nameKey, id] },
  price: { types: ['number', 'uuid'], of: ({ priceAmount, id }) => [priceAmount, id] },
  '-price': { types: ['number', 'uuid'], of: ({ priceAmount, id }) => [priceAmount, id] },
  newest: { types: ['time', 'uuid'], of: ({ createdAt, id }) => [createdAt.getTime(), id] },
};
