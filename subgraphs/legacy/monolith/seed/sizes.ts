/** How many rows the demo data has. */
export interface Sizes {
  readonly products: number;
  readonly users: number;
  readonly orders: number;
  readonly resumes: number;
}

/** The sizes at a scale. However small the scale, there is one of everything that the demo accounts need. */
export function sizesAt(scale: number): Sizes {
  return {
    products: Math.max(40, Math.round(1_000 * scale)),
    users: Math.max(10, Math.round(500 * scale)),
    orders: Math.max(40, Math.round(5_000 * scale)),
    resumes: Math.max(4, Math.round(100 * scale)),
  };
}
