import type { GraphClient } from '#platform/graph-client/graph-client.ts';
import type { Shortage } from '../problems.ts';

/** What became of asking for pieces. `closed`: the order had pieces once, and gave them back. */
export type Reserving =
  | { readonly outcome: 'reserved' }
  | { readonly outcome: 'closed' }
  | {
      readonly outcome: 'short';
      readonly shortages: readonly Shortage[];
      /** Whether an earlier attempt of this one may still be on its way, and succeed. */
      readonly unsure: boolean;
    };

/**
 * What became of ending or undoing a reservation. `none`: nothing was ever reserved. `closed`: it has ended the
 * other way; the message says how.
 */
export type Ending =
  | { readonly outcome: 'done' }
  | { readonly outcome: 'none' }
  | { readonly outcome: 'closed'; readonly message: string };

/** What orders need of the domain inventory. All of it bears being repeated. @throws GraphRequestError */
export interface Stock {
  reserve(
    orderId: string,
    items: readonly { readonly productId: string; readonly quantity: number }[],
    requestId: string,
  ): Promise<Reserving>;
  release(orderId: string, requestId: string): Promise<Ending>;
  commit(orderId: string, requestId: string): Promise<Ending>;
  /** Puts the pieces of a committed reservation back where they were. */
  takeBack(orderId: string, requestId: string): Promise<Ending>;
}

const RESERVE = `mutation ReserveForOrder($input: ReserveStockInput!) { reserveStock(input: $input) {
  __typename
  ... on OutOfStock { shortages { product { id } requested available } }
  ... on InvalidInput { fields { path message } } } }`;

const ending = (field: string, input: string) =>
  `mutation ($input: ${input}!) { result: ${field}(input: $input) {
    __typename ... on ReservationClosed { message } } }`;
const RELEASE = ending('releaseStock', 'ReleaseStockInput');
const COMMIT = ending('commitStock', 'CommitStockInput');
const TAKE_BACK = ending('returnStock', 'ReturnStockInput');

interface ReserveAnswer {
  readonly reserveStock:
    | { readonly __typename: 'StockReservationPayload' }
    | {
        readonly __typename: 'OutOfStock';
        readonly shortages: readonly {
          readonly product: { readonly id: string };
          readonly requested: number;
          readonly available: number;
        }[];
      }
    | {
        readonly __typename: 'InvalidInput';
        readonly fields: readonly { readonly path: string; readonly message: string }[];
      };
}

interface EndAnswer {
  readonly result:
    | { readonly __typename: 'StockReservationPayload' }
    | { readonly __typename: 'NotFound' }
    | { readonly __typename: 'ReservationClosed'; readonly message: string };
}

/** The stock as the graph answers it, from whichever side. */
export function stockOf(graph: GraphClient): Stock {
  const end = async (document: string, orderId: string, requestId: string): Promise<Ending> => {
    const variables = { input: { orderId } };
    const options = { idempotent: true, requestId };
    const { result } = await graph.request<EndAnswer>(document, variables, options);
    if (result.__typename === 'StockReservationPayload') return { outcome: 'done' };
    if (result.__typename === 'NotFound') return { outcome: 'none' };
    return { outcome: 'closed', message: result.message };
  };
  return {
    reserve: (orderId, items, requestId) => reserve(graph, { orderId, items }, requestId),
    release: (orderId, requestId) => end(RELEASE, orderId, requestId),
    commit: (orderId, requestId) => end(COMMIT, orderId, requestId),
    takeBack: (orderId, requestId) => end(TAKE_BACK, orderId, requestId),
  };
}

async function reserve(
  graph: GraphClient,
  input: { readonly orderId: string; readonly items: readonly object[] },
  requestId: string,
): Promise<Reserving> {
  let unsure = false;
  const { reserveStock: result } = await graph.request<ReserveAnswer>(
    RESERVE,
    { input },
    { idempotent: true, requestId, onRetry: () => (unsure = true) },
  );
  if (result.__typename === 'StockReservationPayload') return { outcome: 'reserved' };
  if (result.__typename === 'OutOfStock') {
    const shortages = result.shortages.map(({ product, requested, available }) => ({
      productId: product.id,
      requested,
      available,
    }));
    return { outcome: 'short', shortages, unsure };
  }
  // Items were checked before they came here: what is left to refuse is the order itself.
  if (result.fields.every(({ path }) => path === 'orderId')) return { outcome: 'closed' };
  throw new Error(`reserveStock refused a checked order: ${JSON.stringify(result.fields)}`);
}
