import { InMemoryCache, type FieldPolicy } from '@apollo/client';
import { possibleTypes } from './possible-types.generated.ts';

/** A part of a connection, as it was selected: `nodes`, `edges` or both. */
interface Page {
  readonly nodes?: readonly unknown[];
  readonly edges?: readonly unknown[];
  readonly pageInfo?: Readonly<Record<string, unknown>>;
}

/**
 * A list of the schema that grows as pages are fetched. Apollo's own policy for this knows `edges` only, and most
 * screens read `nodes`.
 *
 * @param keyArgs the arguments that make it another list, not another page
 */
function pagesOf(...keyArgs: string[]): FieldPolicy<Page> {
  return {
    // Lists of different page sizes stand on different screens.
    keyArgs: [...keyArgs, 'first'],
    merge: (existing, incoming, { args }) => {
      if (!existing || !args?.after) return incoming;
      const { hasPreviousPage, startCursor } = existing.pageInfo ?? {};
      const beginning = startCursor === undefined ? {} : { hasPreviousPage, startCursor };
      return {
        ...incoming,
        ...joined('nodes', existing, incoming),
        ...joined('edges', existing, incoming),
        pageInfo: { ...incoming.pageInfo, ...beginning },
      };
    },
  };
}

const joined = (field: 'nodes' | 'edges', existing: Page, incoming: Page) =>
  incoming[field] ? { [field]: [...(existing[field] ?? []), ...incoming[field]] } : {};

/** The cache of a front end, as the schema asks for it. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          products: pagesOf('filter', 'sort'),
          orders: pagesOf('filter'),
          users: pagesOf('filter'),
          lowStock: pagesOf('threshold'),
          // What is in a list needs no second request to stand on a page of its own.
          product: {
            read: (known, { args, toReference }) =>
              known === undefined ? toReference({ __typename: 'Product', id: args?.id }) : known,
          },
        },
      },
      Category: { fields: { products: pagesOf('sort') } },
      User: { fields: { orders: pagesOf('status'), resumes: pagesOf() } },
      Product: { fields: { stockMovements: pagesOf() } },
    },
  });
}
