import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '#platform/identity/identity.ts';
import { startTestMonolith, type TestMonolith } from './test-monolith.ts';
import { openTestShop, SERVICE, type TestShop } from './test-shop.ts';

type Who = Partial<Identity>;

let monolith: TestMonolith;
let shop: TestShop;
let customer: Awaited<ReturnType<TestShop['newCustomer']>>;
let product: string;
beforeAll(async () => {
  monolith = await startTestMonolith();
  shop = await openTestShop(monolith);
  customer = await shop.newCustomer();
  product = await shop.newProduct([100, 0]);
});
afterAll(() => monolith?.close());

const BODIES: Record<string, object> = {
  pay: { payment_token: 'tok_ok' },
  ship: { tracking_no: 'TRACK-1' },
};
const step = (orderId: string, name: string, identity: Who) =>
  monolith.call('POST', `/api/orders/${orderId}/${name}`, { identity, body: BODIES[name] });

/** A placed order. @returns its id */
async function order(owner: Who = customer): Promise<string> {
  return (await shop.place(owner, { [product]: 1 })).body.order_id;
}

describe('an account that the monolith does not know', () => {
  test('cannot place an order yet, and is told why', async () => {
    const stranger: Who = { userId: randomUUID(), role: 'customer' };
    const scarce = await shop.newProduct([1, 0]);
    expect(await shop.place(stranger, { [scarce]: 1 })).toMatchObject({
      status: 409,
      body: {
        error: {
          code: 'ACCOUNT_UNKNOWN_HERE',
          message:
            'This account is not known to the monolith yet: it was made on the new side. Try again after the next handover.',
        },
      },
    });
    expect(await shop.stockOf(scarce)).toEqual({ onHand: 1, reserved: 0 });
  });
});

describe('a service, which has no account', () => {
  test('reads any order, alone and by customers', async () => {
    const owner = await shop.newCustomer();
    const id = await order(owner);
    const read = await monolith.call('GET', `/api/orders/${id}`, { identity: SERVICE });
    expect([read.status, read.body.order_id]).toEqual([200, id]);
    const body = { customer_ids: [owner.userId, customer.userId] };
    const many = await monolith.call('POST', '/api/orders/by-customers', {
      identity: SERVICE,
      body,
    });
    expect([many.status, many.body.groups[0].total]).toEqual([200, 1]);
  });

  test('takes the steps of staff, and not those of the customer', async () => {
    const id = await order();
    expect((await step(id, 'confirm', SERVICE)).body.status).toBe('CONF');
    expect((await step(id, 'pay', SERVICE)).body.error.code).toBe('FORBIDDEN');
    expect((await step(id, 'pay', customer)).status).toBe(200);
    for (const name of ['ship', 'deliver', 'return'] as const) {
      expect([name, (await step(id, name, SERVICE)).status]).toEqual([name, 200]);
    }
    expect((await step(await order(), 'cancel', SERVICE)).status).toBe(200);
    const unknown = await step(randomUUID(), 'confirm', SERVICE);
    expect(unknown.body.error.code).toBe('NOT_FOUND');
  });

  test('orders nothing, and is told that it would need an account', async () => {
    const placed = await shop.place(SERVICE, { [product]: 1 });
    const mine = await monolith.call('GET', '/api/orders/mine', { identity: SERVICE });
    for (const { status, body } of [placed, mine]) {
      expect([status, body.error]).toEqual([
        403,
        { code: 'FORBIDDEN', message: 'Only accounts may do this: a service has none.' },
      ]);
    }
  });
});
