import type { Db } from '#platform/database/pool.ts';
import { pageResult, pageResults, type Page, type PageResult } from '#platform/graph/connection.ts';
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
  const found = await Promise.all([
    pagesOfMovements(db, productIds, page),
    countMovements(db, productIds),
  ]);
  return pageResults(productIds, page, found, (row) => row.productId);
}
