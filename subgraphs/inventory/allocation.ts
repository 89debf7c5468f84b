/** Pieces of a product that are asked for. */
export interface WantedItem {
  readonly productId: string;
  readonly quantity: number;
}

/** Pieces of a product from one warehouse. */
export interface AllocatedLine extends WantedItem {
  readonly warehouseId: string;
}

/** What can be promised of a product in a warehouse. */
export interface AvailableLevel {
  readonly productId: string;
  readonly warehouseId: string;
  readonly available: number;
}

/** A product of which there is not enough. */
export interface Shortage {
  readonly productId: string;
  readonly requested: number;
  readonly available: number;
}

/**
 * Chooses the warehouses: the fullest first, so that parcels are split as seldom as possible. Equally full ones
 * go by id, so that the same stock always gives the same answer.
 *
 * @param items each product once
 * @returns lines that add up to the items, by product and warehouse, or every product that is short and no line
 */
export function allocate(
  items: readonly WantedItem[],
  levels: readonly AvailableLevel[],
): { readonly lines: AllocatedLine[]; readonly shortages: Shortage[] } {
  const byProduct = Map.groupBy(levels, (level) => level.productId);
  const lines: AllocatedLine[] = [];
  const shortages: Shortage[] = [];
  for (const { productId, quantity } of items) {
    const fullestFirst = (byProduct.get(productId) ?? [])
      .filter(({ available }) => available > 0)
      .toSorted((a, b) => b.available - a.available || order(a.warehouseId, b.warehouseId));
    const available = fullestFirst.reduce((sum, level) => sum + level.available, 0);
    if (available < quantity) shortages.push({ productId, requested: quantity, available });
    let missing = quantity;
    for (const level of fullestFirst) {
      const taken = Math.min(missing, level.available);
      if (taken > 0) lines.push({ productId, warehouseId: level.warehouseId, quantity: taken });
      missing -= taken;
    }
  }
  return { lines: shortages.length > 0 ? [] : lines.toSorted(byPlace), shortages };
}

/** The order of lines, and of locks on levels. */
export const byPlace = (a: Omit<AllocatedLine, 'quantity'>, b: Omit<AllocatedLine, 'quantity'>) =>
  a.productId === b.productId
    ? order(a.warehouseId, b.warehouseId)
    : order(a.productId, b.productId);

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));
