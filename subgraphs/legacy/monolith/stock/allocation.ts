/** Pieces of a product that are asked for. */
export interface WantedItem {
  readonly productId: string;
  readonly qty: number;
}

/** The stock of a product in a warehouse. */
export interface StockLevel {
  readonly productId: string;
  readonly warehouseId: string;
  readonly qtyOnHand: number;
  readonly qtyReserved: number;
}

/** Pieces of a product from one warehouse. */
export interface AllocatedLine {
  readonly productId: string;
  readonly warehouseId: string;
  readonly qty: number;
}

/** A product of which there is not enough, as the answer spells it. */
export interface Shortage {
  readonly product_id: string;
  readonly requested: number;
  readonly available: number;
}

/** How many pieces can be promised. */
export const availableIn = (level: Pick<StockLevel, 'qtyOnHand' | 'qtyReserved'>) =>
  level.qtyOnHand - level.qtyReserved;

/**
 * Chooses the warehouses: the fullest first, so that parcels are split as seldom as possible. Equally full
 * ones go by id, so that the same stock always gives the same answer.
 *
 * @param items each product once
 * @returns lines that add up to the items, by product and warehouse as they are kept, or every product that is
 *   short and no line
 */
export function allocate(
  items: readonly WantedItem[],
  levels: readonly StockLevel[],
): { lines: AllocatedLine[]; shortages: Shortage[] } {
  const lines: AllocatedLine[] = [];
  const shortages: Shortage[] = [];
  for (const { productId, qty } of items) {
    const fullestFirst = levels
      .filter((level) => level.productId === productId && availableIn(level) > 0)
      .sort((a, b) => availableIn(b) - availableIn(a) || compare(a.warehouseId, b.warehouseId));
    const available = fullestFirst.reduce((sum, level) => sum + availableIn(level), 0);
    if (available < qty) shortages.push({ product_id: productId, requested: qty, available });
    let missing = qty;
    for (const level of fullestFirst) {
      const taken = Math.min(missing, availableIn(level));
      if (taken > 0) lines.push({ productId, warehouseId: level.warehouseId, qty: taken });
      missing -= taken;
    }
  }
  return { lines: shortages.length > 0 ? [] : lines.sort(byPlace), shortages };
}

const byPlace = (a: AllocatedLine, b: AllocatedLine) =>
  a.productId === b.productId
    ? compare(a.warehouseId, b.warehouseId)
    : compare(a.productId, b.productId);

const compare = (a: string, b: string) => (a < b ? -1 : 1);
