import type DataLoader from 'dataloader';
import type { Db } from '#platform/database/pool.ts';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import { listLoader, loaderByKey, nestedLists } from '#platform/graph/loader.ts';
import type { PlainOrder } from './product-order.ts';
import { categoriesBelow, categoriesByIds, type CategoryRow } from './repository/categories.ts';
import type { ListedProduct } from './repository/product-pages.ts';
import { productsByIds, type ProductRow } from './repository/products.ts';
import { listProductsOfCategories } from './service/products.ts';

/** What the rows of one level of a query are loaded with, all at once. */
export interface Loaders {
  readonly products: DataLoader<string, ProductRow | null>;
  readonly categories: DataLoader<string, CategoryRow | null>;
  /** The categories directly below a category. */
  readonly children: DataLoader<string, readonly CategoryRow[]>;
  /** A page of what is on sale in a category and everything below it. */
  productsOfCategory(
    categoryId: string,
    asked: { readonly order: PlainOrder; readonly page: Page },
  ): Promise<PageResult<ListedProduct>>;
}

export function createLoaders(db: Db): Loaders {
  return {
    products: loaderByKey(
      (ids) => productsByIds(db, ids),
      (row) => row.id,
    ),
    categories: loaderByKey(
      (ids) => categoriesByIds(db, ids),
      (row) => row.id,
    ),
    children: listLoader(
      (ids) => categoriesBelow(db, ids),
      (row) => row.parentId as string,
    ),
    productsOfCategory: nestedLists((ids, { order, page }) =>
      listProductsOfCategories(db, ids, order, page),
    ),
  };
}
