import type { Db } from '#platform/database/pool.ts';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import { countLowLevels, pageOfLowLevels, type LevelRow } from '../repository/levels.ts';
import { countMovements, pagesOfMovements, type MovementRow } from '../repository/movements.ts';

/** A page of the levels with fewer available pieces than the threshold, fewest first. */
export async function listLowStock(
  db: Db,
  threshold: number,
  page: Page,
): Promise<PageResult<LevelRow>> {
  const [rows, totalCount] = await Promise.all([
    pageOfLowLevels(db, threshold, page),
    countLowLevels(db, threshold),
  ]);
  return pageResult(rows, page, totalCount);
}

/** The same page of the movements of each product, newest first. In the order of the ids. */
export async function listMovements(
  db: Db,
  productIds: readonly string[],
  page: Page,
): Promise<PageResult<MovementRow>[]> {
  const [rows, totals] = await Promise.all([
    pagesOfMovements(db, productIds, page),
    countMovements(db, productIds),
  ]);
  const byProduct = Map.groupBy(rows, (row) => row.productId);
  return productIds.map((id) => pageResult(byProduct.get(id) ?? [], page, totals.get(id) ?? 0));
}

/** @param rows the page, and the row after it where there is one */
function pageResult<Row>(
  rows: readonly Row[],
  { limit }: Page,
  totalCount: number,
): PageResult<Row> {
  return { nodes: rows.slice(0, limit), hasNextPage: rows.length > limit, totalCount };
}
