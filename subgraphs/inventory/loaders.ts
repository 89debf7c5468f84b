import DataLoader from 'dataloader';
import type { Page, PageResult } from '#platform/graph/connection.ts';
import { listLoader, loaderByKey, nestedLists } from '#platform/graph/loader.ts';
import type { Inventory } from './inventory.ts';
import { levelsOfProducts, type LevelRow } from './repository/levels.ts';
import type { MovementRow } from './repository/movements.ts';
import { warehousesByIds, type WarehouseRow } from './repository/warehouses.ts';
import { listMovements } from './service/lists.ts';

/** What the rows of one level of a query are loaded with, all at once. */
export interface Loaders {
  /** How many pieces of a product can be ordered. */
  readonly available: DataLoader<string, number>;
  /** The levels of a product. */
  readonly levels: DataLoader<string, readonly LevelRow[]>;
  readonly warehouses: DataLoader<string, WarehouseRow | null>;
  /** A page of the movements of a product. */
  movements(productId: string, page: Page): Promise<PageResult<MovementRow>>;
}

export function createLoaders({ db, availability }: Inventory): Loaders {
  return {
    available: new DataLoader((ids) => availability.of(ids)),
    levels: listLoader(
      (ids) => levelsOfProducts(db, ids),
      (row) => row.productId,
    ),
    warehouses: loaderByKey(
      (ids) => warehousesByIds(db, ids),
      (row) => row.id,
    ),
    movements: nestedLists((ids, page) => listMovements(db, ids, page)),
  };
}
