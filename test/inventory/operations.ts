import { randomUUID } from 'node:crypto';
import type { InventoryServer } from './inventory-server.ts';

const LEVEL =
  '... on StockPayload { level { onHand reserved available warehouse { code } product { id } } }';
const PROBLEM = `... on Problem { message } ... on NotFound { id } ... on InvalidInput { fields { path message } }`;
const SHORTAGES = '... on OutOfStock { shortages { requested available product { id } } }';
const RESERVATION = `__typename ... on Problem { message } ... on StockReservationPayload { reservation {
  id orderId status expiresAt lines { quantity product { id } warehouse { id code } } } }`;
const CLOSED = '... on NotFound { id } ... on ReservationClosed { status }';

export const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) {
  __typename ${LEVEL} ${PROBLEM} } }`;
export const ADJUST = `mutation ($input: AdjustStockInput!) { adjustStock(input: $input) {
  __typename ${LEVEL} ${PROBLEM} ${SHORTAGES} } }`;
const RESERVE = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) {
  ${RESERVATION} ... on InvalidInput { fields { path message } } ${SHORTAGES} } }`;
const STEPS = {
  release: `mutation ($input: ReleaseStockInput!) { releaseStock(input: $input) { ${RESERVATION} ${CLOSED} } }`,
  commit: `mutation ($input: CommitStockInput!) { commitStock(input: $input) { ${RESERVATION} ${CLOSED} } }`,
  return: `mutation ($input: ReturnStockInput!) { returnStock(input: $input) { ${RESERVATION} ${CLOSED} } }`,
};
const STOCK = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Product { stock } } }`;

// Tests read answers of every shape; what they expect is in the expectation beside them.
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any;

/** Notes pieces that came into the first warehouse. */
export async function receive(
  server: InventoryServer,
  productId: string,
  quantity: number,
  warehouseId: string = server.warehouses[0],
): Promise<Answer> {
  return (await server.data(RECEIVE, { input: { productId, warehouseId, quantity } })).receiveStock;
}

/** Corrects the count of the first warehouse. */
export async function adjust(
  server: InventoryServer,
  productId: string,
  delta: number,
  warehouseId: string = server.warehouses[0],
): Promise<Answer> {
  const input = { productId, warehouseId, delta, reason: 'counted' };
  return (await server.data(ADJUST, { input })).adjustStock;
}

/** Promises pieces to an order. @param items quantities by product */
export async function reserve(
  server: InventoryServer,
  items: Record<string, number>,
  more: { readonly orderId?: string; readonly expiresInSeconds?: number | null } = {},
): Promise<Answer> {
  const lines = Object.entries(items).map(([productId, quantity]) => ({ productId, quantity }));
  const input = { orderId: randomUUID(), items: lines, ...more };
  return (await server.data(RESERVE, { input }, 'service')).reserveStock;
}

/** Takes a step with the reservation of an order. */
export async function step(
  server: InventoryServer,
  name: keyof typeof STEPS,
  orderId: string,
): Promise<Answer> {
  return Object.values(await server.data(STEPS[name], { input: { orderId } }, 'service'))[0];
}

/** How many pieces of each product everybody sees. */
export async function stockOf(server: InventoryServer, ...productIds: string[]): Promise<number[]> {
  const representations = productIds.map((id) => ({ __typename: 'Product', id }));
  const { _entities } = await server.data(STOCK, { representations }, null);
  return _entities.map(({ stock }: { stock: number }) => stock);
}
