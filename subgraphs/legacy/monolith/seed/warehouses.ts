import type { TableLoad } from './copy.ts';
import { openRandom } from './random.ts';

const WAREHOUSES = [
  ['TYO', 'Tokyo Kōtō Warehouse (江東倉庫)'],
  ['SEA', 'Seattle Fulfilment Center'],
  ['HAM', 'Lagerhaus Hamburg-Süd'],
] as const;

/** Every product has a stock level in each of them. */
export const WAREHOUSE_COUNT = WAREHOUSES.length;

/** The warehouses, by their numbers 0, 1, 2: the same at every scale. */
export interface Warehouses {
  readonly ids: readonly string[];
  readonly loads: readonly TableLoad[];
}

/** Makes the three warehouses. */
export function drawWarehouses(): Warehouses {
  const random = openRandom('warehouse id');
  const ids = WAREHOUSES.map((_, warehouse) => {
    random.row(warehouse);
    return random.uuid();
  });
  return {
    ids,
    loads: [
      {
        table: 'warehouses',
        columns: ['warehouse_id', 'wh_code', 'wh_name'],
        rows: () =>
          WAREHOUSES.map(([code, name], warehouse) => [ids[warehouse] ?? null, code, name]),
      },
    ],
  };
}
