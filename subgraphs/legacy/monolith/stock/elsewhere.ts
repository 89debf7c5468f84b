import { GraphRequestError } from '#platform/graph-client/graph-request-error.ts';
import { anonymousIdentity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { ApiError } from '../errors.ts';
import type { WantedItem } from './allocation.ts';
import { outOfStock } from './levels.ts';
import { reservationClosed } from './reservations.ts';

// The stock of orders where the inventory service owns it. All of it goes by the id of the order, and bears being repeated.

/** Selects {@link GraphShortages}. */
export const SHORTAGES = '... on OutOfStock { shortages { product { id } requested available } }';
const RESERVE = `mutation ($input: ReserveStockInput!) { result: reserveStock(input: $input) { __typename
  ${SHORTAGES} ... on InvalidInput { fields { path message } } } }`;
const ending = (field: string, input: string) =>
  `mutation ($input: ${input}!) { result: ${field}(input: $input) { __typename ... on ReservationClosed { status } } }`;
const RELEASE = ending('releaseStock', 'ReleaseStockInput');
const COMMIT = ending('commitStock', 'CommitStockInput');
const RETURN = ending('returnStock', 'ReturnStockInput');

interface Ending {
  readonly __typename: 'StockReservationPayload' | 'NotFound' | 'ReservationClosed';
  readonly status?: GraphState;
}

/** The words of the graph for where a reservation stands. */
export const STATES = { HELD: 'H', COMMITTED: 'C', RELEASED: 'R', RETURNED: 'B' } as const;

export type GraphState = keyof typeof STATES;

/** `OutOfStock` of the graph. */
export interface GraphShortages {
  readonly __typename: 'OutOfStock';
  readonly shortages: readonly {
    readonly product: { readonly id: string };
    readonly requested: number;
    readonly available: number;
  }[];
}

type Reserving =
  | GraphShortages
  | { readonly __typename: 'StockReservationPayload' | 'InvalidInput' };

/** What the graph is short of, as the monolith says it. */
export const shortagesOf = ({ shortages }: Pick<GraphShortages, 'shortages'>) =>
  shortages.map(({ product, ...counts }) => ({ product_id: product.id, ...counts }));

/** Promises pieces to an order. @throws 409 OUT_OF_STOCK, OwnershipRefused, 503 */
export async function reserveElsewhere(
  deps: MonolithDeps,
  orderId: string,
  items: readonly WantedItem[],
): Promise<void> {
  const wanted = items.map(({ productId, qty }) => ({ productId, quantity: qty }));
  const result = await ask<Reserving>(deps, RESERVE, { orderId, items: wanted });
  if (result.__typename === 'StockReservationPayload') return;
  if (result.__typename === 'OutOfStock') throw outOfStock(shortagesOf(result));
  throw new Error(`reserveStock refused a checked order: ${JSON.stringify(result)}`);
}

/** Notes that the pieces of an order have left. @throws 409 RESERVATION_CLOSED, OwnershipRefused, 503 */
export async function commitElsewhere(deps: MonolithDeps, orderId: string): Promise<void> {
  const result = await ask<Ending>(deps, COMMIT, { orderId });
  if (result.__typename === 'StockReservationPayload') return;
  throw reservationClosed(STATES[result.status ?? 'RELEASED']);
}

/**
 * Gives the pieces of an order back, be they promised or gone.
 *
 * @returns whether anything was ever promised to it
 * @throws OwnershipRefused, 503
 */
export async function giveBackElsewhere(deps: MonolithDeps, orderId: string): Promise<boolean> {
  const result = await ask<Ending>(deps, RELEASE, { orderId });
  if (result.__typename === 'NotFound') return false;
  if (result.status === 'COMMITTED') await ask<Ending>(deps, RETURN, { orderId });
  return true;
}

async function ask<Result>({ domains }: MonolithDeps, document: string, input: object) {
  const identity = { ...anonymousIdentity('monolith-stock'), role: 'service' as const };
  try {
    const data = await domains.inventory.request<{ result: Result }>(document, { input }, identity);
    return data.result;
  } catch (error) {
    if (!(error instanceof GraphRequestError)) throw error;
    throw elsewhereAway('inventory', error);
  }
}

/** 503: a service that owns what is asked for gives no answer. */
export function elsewhereAway(service: string, cause: Error): ApiError {
  return Object.assign(
    new ApiError(503, 'UNAVAILABLE', `The ${service} service does not answer: try again later.`),
    { cause },
  );
}
