import type {
  CategoryRow,
  OrderRow,
  ProductRow,
  ResumeRow,
  ReviewRow,
  UserRow,
  WarehouseRow,
} from './rows.ts';

/**
 * What a resolver is given as an entity: its id, and its row where the answer that named it brought the row
 * along. Without a row it is a stub: the row is loaded when a field asks for it.
 */
export interface EntitySource<Row> {
  readonly id: string;
  readonly row?: Row;
}

/** An account. `own`: it has just logged in with this request, so it may see itself. */
export interface UserSource extends EntitySource<UserRow> {
  readonly own?: true;
}
export type ProductSource = EntitySource<ProductRow>;
export type CategorySource = EntitySource<CategoryRow>;
export type WarehouseSource = EntitySource<WarehouseRow>;
export type OrderSource = EntitySource<OrderRow>;
export type ResumeSource = EntitySource<ResumeRow>;
export type ReviewSource = EntitySource<ReviewRow>;

export const userSource = (row: UserRow): UserSource => ({ id: row.user_id, row });
export const productSource = (row: ProductRow): ProductSource => ({ id: row.product_id, row });
export const categorySource = (row: CategoryRow): CategorySource => ({ id: row.category_id, row });
export const warehouseSource = (row: WarehouseRow): WarehouseSource => ({
  id: row.warehouse_id,
  row,
});
export const orderSource = (row: OrderRow): OrderSource => ({ id: row.order_id, row });
export const resumeSource = (row: ResumeRow): ResumeSource => ({ id: row.resume_id, row });
export const reviewSource = (row: ReviewRow): ReviewSource => ({ id: row.review_id, row });
