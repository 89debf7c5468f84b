import { listLoader, loaderByKey } from '#platform/graph/loader.ts';
import { answer } from '../monolith-client/answer.ts';
import type { Monolith } from '../monolith-client/client.ts';
import type { OrderRow, ProductOrder } from '../mapping/rows.ts';
import { inChunks } from './chunks.ts';
import { groupedLists } from './grouped-lists.ts';

/** What a page of a nested list is asked for, beside its owners. */
interface PageArguments {
  readonly limit: number;
  readonly after_key?: (string | number)[];
}

/** Every lookup of one request. Those that are asked for at the same level go to the monolith as one. */
export type Loaders = ReturnType<typeof createLoaders>;

/** @param reads the monolith, asked in the name of the caller */
export function createLoaders(reads: Monolith['reads']) {
  return { ...rowLoaders(reads), ...stockLoaders(reads), ...listLoaders(reads) };
}

/** Rows by id; null for what does not exist or may not be seen. */
function rowLoaders(reads: Monolith['reads']) {
  return {
    users: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) => (await answer(reads.POST('/api/users/lookup', { body: { ids } }))).items,
        ),
      (row) => row.user_id,
    ),
    products: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) =>
            (await answer(reads.POST('/api/products/lookup', { body: { ids } }))).items,
        ),
      (row) => row.product_id,
    ),
    categories: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) =>
            (await answer(reads.POST('/api/categories/lookup', { body: { ids } }))).items,
        ),
      (row) => row.category_id,
    ),
    orders: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) => (await answer(reads.POST('/api/orders/lookup', { body: { ids } }))).items,
        ),
      (row) => row.order_id,
    ),
    resumes: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) => (await answer(reads.POST('/api/resumes/lookup', { body: { ids } }))).items,
        ),
      (row) => row.resume_id,
    ),
    fileLinks: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) =>
            (await answer(reads.POST('/api/resumes/file-links', { body: { ids } }))).items,
        ),
      (row) => row.resume_id,
    ),
    reviews: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) => (await answer(reads.POST('/api/reviews/lookup', { body: { ids } }))).items,
        ),
      (row) => row.review_id,
    ),
    readings: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (ids) =>
            (await answer(reads.POST('/api/reviews/readings', { body: { ids } }))).items,
        ),
      (row) => row.review_id,
    ),
  };
}

/** Stock by product, and warehouses by id. */
function stockLoaders(reads: Monolith['reads']) {
  return {
    available: loaderByKey(
      (all) =>
        inChunks(
          all,
          async (product_ids) =>
            (await answer(reads.POST('/api/stock/available', { body: { product_ids } }))).items,
        ),
      (row) => row.product_id,
    ),
    stockLevels: listLoader(
      (all) =>
        inChunks(
          all,
          async (product_ids) =>
            (await answer(reads.POST('/api/stock/levels', { body: { product_ids } }))).items,
        ),
      (row) => row.product_id,
    ),
    // There are few: all of them are asked for, whichever are needed.
    warehouses: loaderByKey(
      async () => (await answer(reads.GET('/api/warehouses'))).items,
      (row) => row.warehouse_id,
    ),
  };
}

/** Nested lists, by their owner. */
function listLoaders(reads: Monolith['reads']) {
  type OrdersBody = PageArguments & { status?: OrderRow['status'] };
  return {
    children: groupedLists((all, _list: object) =>
      inChunks(
        all,
        async (parent_ids) =>
          (await answer(reads.POST('/api/categories/children', { body: { parent_ids } }))).groups,
      ),
    ),
    productsOfCategory: groupedLists((all, list: PageArguments & { sort: ProductOrder }) =>
      inChunks(
        all,
        async (category_ids) =>
          (
            await answer(
              reads.POST('/api/products/by-categories', { body: { category_ids, ...list } }),
            )
          ).groups,
      ),
    ),
    stockMovements: groupedLists((all, list: PageArguments) =>
      inChunks(
        all,
        async (product_ids) =>
          (await answer(reads.POST('/api/stock/movements', { body: { product_ids, ...list } })))
            .groups,
      ),
    ),
    ordersOfCustomer: groupedLists((all, list: OrdersBody) =>
      inChunks(
        all,
        async (customer_ids) =>
          (
            await answer(
              reads.POST('/api/orders/by-customers', { body: { customer_ids, ...list } }),
            )
          ).groups,
      ),
    ),
    resumesOfUser: groupedLists((all, list: PageArguments) =>
      inChunks(
        all,
        async (user_ids) =>
          (await answer(reads.POST('/api/resumes/by-users', { body: { user_ids, ...list } })))
            .groups,
      ),
    ),
    reviewsOfResume: groupedLists((all, _list: object) =>
      inChunks(
        all,
        async (resume_ids) =>
          (await answer(reads.POST('/api/reviews/by-resumes', { body: { resume_ids } }))).groups,
      ),
    ),
  };
}
