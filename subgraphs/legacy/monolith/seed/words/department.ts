/** A category that holds products, with the words that its products are made of. */
export interface Shelf {
  readonly name: string;
  /** Begins the stock-keeping units. */
  readonly code: string;
  /** The lowest and the highest price in dollars. */
  readonly price: readonly [number, number];
  /** What the products are; ends their names. */
  readonly types: readonly string[];
  readonly attributes: readonly (readonly [name: string, values: readonly string[]])[];
  /** Sentences of descriptions. */
  readonly features: readonly string[];
  /** Completes "made for …". */
  readonly uses: readonly string[];
}

/** A category of the middle level. */
export interface Aisle {
  readonly name: string;
  readonly brands: readonly string[];
  readonly shelves: readonly Shelf[];
}

/** A category of the top level. */
export interface Department {
  readonly name: string;
  readonly aisles: readonly Aisle[];
}
