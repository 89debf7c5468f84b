import type { GraphClient } from '#platform/graph-client/graph-client.ts';

/** A product as the catalogue has it today. */
export interface CatalogueProduct {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly status: 'ACTIVE' | 'ARCHIVED';
}

/** What orders need of the domain product. */
export interface Catalogue {
  /** The products with these ids that there are, in no order. @throws GraphRequestError */
  products(ids: readonly string[], requestId: string): Promise<CatalogueProduct[]>;
}

/** The catalogue as the graph answers it, from whichever side. */
export function catalogueOf(graph: GraphClient): Catalogue {
  return {
    products: async (ids, requestId) => {
      const variables = Object.fromEntries(ids.map((id, index) => [`id${index}`, id]));
      const found = await graph.request<Record<string, CatalogueProduct | null>>(
        productsQuery(ids.length),
        variables,
        { idempotent: true, requestId },
      );
      return Object.values(found).filter((product) => product !== null);
    },
  };
}

/** One field per product: the graph has none that takes many ids, and loads them all at once anyway. */
function productsQuery(count: number): string {
  const indexes = Array.from({ length: count }, (_none, index) => index);
  const parameters = indexes.map((index) => `$id${index}: ID!`).join(', ');
  const fields = indexes.map((index) => `p${index}: product(id: $id${index}) { ...Priced }`);
  return `query PricesForOrder(${parameters}) { ${fields.join(' ')} }
    fragment Priced on Product { id sku name price { amount currency } status }`;
}
