// Expected outcomes other than success, in the words of the graph. Their messages can be shown to a person.

/** A field of an input that broke a rule; `path` is its place inside `input`. */
export interface InvalidField {
  readonly path: string;
  readonly message: string;
}

/** @param what the noun of what was looked for */
export const notFound = (what: 'product' | 'category', id: string) => ({
  __typename: 'NotFound' as const,
  id,
  message: `There is no ${what} with this id.`,
});

export const skuTaken = (sku: string) => ({
  __typename: 'SkuTaken' as const,
  sku,
  message: `The stock-keeping unit ${sku} belongs to another product.`,
});

export const invalidInput = (fields: InvalidField[]) => ({
  __typename: 'InvalidInput' as const,
  message: 'The input is not valid: see `fields`.',
  fields,
});

export type NotFound = ReturnType<typeof notFound>;
export type SkuTaken = ReturnType<typeof skuTaken>;
export type InvalidInput = ReturnType<typeof invalidInput>;
