import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestMonolith, type TestMonolith } from './test-monolith.ts';
import { openTestShop, SERVICE, type TestShop } from './test-shop.ts';

let monolith: TestMonolith;
let shop: TestShop;
beforeAll(async () => {
  monolith = await startTestMonolith();
  shop = await openTestShop(monolith);
});
afterAll(() => monolith.close());

const asService = (path: string, body: unknown) =>
  monolith.call('POST', `/api/stock/${path}`, { body, identity: SERVICE });

const reserve = (orderId: string, product_id: string, qty: number) =>
  asService('reserve', { order_id: orderId, items: [{ product_id, qty }] });

async function available(product: string): Promise<number[]> {
  const body = { product_ids: [product] };
  const reply = await monolith.call('POST', '/api/stock/available', { body });
  return reply.body.items.map((item: { qty_available: number }) => item.qty_available);
}

describe('what had left', () => {
  test('comes back to the warehouses it left, once, with a line in the log', async () => {
    const product = await shop.newProduct([2, 2]);
    const order_id = randomUUID();
    await reserve(order_id, product, 3);
    expect((await asService('return', { order_id })).body.error).toMatchObject({
      code: 'RESERVATION_CLOSED',
      state: 'H',
    });
    await asService('commit', { order_id });
    for (const _time of [1, 2]) {
      expect((await asService('return', { order_id })).body.state).toBe('B');
    }
    expect(await shop.stockOf(product)).toEqual({ onHand: 4, reserved: 0 });
    expect(await shop.logOf(product)).toBe(4);
    expect(await available(product)).toEqual([4]);
    const log = await shop.asStaff('POST', '/stock/movements', { product_ids: [product] });
    const returned = log.body.groups[0].items.filter(
      (item: { log_kind: string }) => item.log_kind === 'RET',
    );
    expect(returned).toHaveLength(2);
    expect(returned[0].order_id).toBe(order_id);
    for (const closed of [
      await reserve(order_id, product, 1),
      await asService('commit', { order_id }),
      await asService('release', { order_id }),
    ]) {
      expect(closed.body.error).toMatchObject({ code: 'RESERVATION_CLOSED', state: 'B' });
    }
  });

  test('comes back once from ten returns at the same time', async () => {
    const product = await shop.newProduct([2, 2]);
    const order_id = randomUUID();
    await reserve(order_id, product, 3);
    await asService('commit', { order_id });
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => asService('return', { order_id })),
    );
    expect(new Set(replies.map(({ body }) => body.state))).toEqual(new Set(['B']));
    expect(await shop.stockOf(product)).toEqual({ onHand: 4, reserved: 0 });
  });
});
