import type { GraphClient } from '#platform/graph-client/graph-client.ts';
import { GraphRequestError } from '#platform/graph-client/graph-request-error.ts';
import { graphError } from '#platform/graph/errors.ts';

/** Which products there are. The catalogue says it, wherever that is answered today. */
export interface ProductDirectory {
  /**
   * @param requestId of the request that wants to know
   * @throws UPSTREAM_UNAVAILABLE when the catalogue does not answer
   */
  has(productId: string, requestId: string): Promise<boolean>;
}

const FIND_PRODUCT = 'query FindProduct($id: ID!) { product(id: $id) { id } }';

/** Asks the graph. */
export function graphProductDirectory(graph: GraphClient): ProductDirectory {
  return {
    has: async (id, requestId) => {
      try {
        const options = { idempotent: true, requestId };
        const data = await graph.request<{ product: object | null }>(FIND_PRODUCT, { id }, options);
        return data.product !== null;
      } catch (error) {
        if (!(error instanceof GraphRequestError && error.passing)) throw error;
        throw graphError(
          'UPSTREAM_UNAVAILABLE',
          'The catalogue does not answer, so nobody knows whether there is such a product. Nothing was changed: try again.',
        );
      }
    },
  };
}
