// Expected outcomes other than success, in the words of the graph. Their messages can be shown to a person.

export const skuTaken = (sku: string) => ({
  __typename: 'SkuTaken' as const,
  sku,
  message: `The stock-keeping unit ${sku} belongs to another product.`,
});

export type SkuTaken = ReturnType<typeof skuTaken>;
