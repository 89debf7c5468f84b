import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notebook, writesOf, type Notebook } from './noted-calls.ts';
import { startTwoOwners, type TwoOwners } from './two-owners.ts';

let owners: TwoOwners;
beforeAll(async () => {
  owners = await startTwoOwners('inventory');
});
afterAll(() => owners?.close());

const STAFF = { identity: { userId: randomUUID(), role: 'staff' } } as const;
const CUSTOMER = { identity: { userId: randomUUID(), role: 'customer' } } as const;
const SERVICE = { identity: { role: 'service' } } as const;

async function keepStock({ call }: Notebook): Promise<void> {
  const made = await owners.call('POST', '/api/products', {
    ...STAFF,
    body: { sku: randomUUID().slice(0, 8), product_name: 'Thing', unit_price: '1' },
  });
  const product_id = made.body.product_id as string;
  const [{ warehouse_id }] = await owners.sql('select warehouse_id from warehouses limit 1');
  const post = (path: string, body: object, who: object = STAFF) =>
    call('POST', `/api/stock/${path}`, { ...who, body });
  const place = { product_id, warehouse_id };
  await post('receive', { ...place, qty: 10, note: ' came ' });
  await post('available', { product_ids: [product_id] });
  await post('receive', { ...place, qty: 0, note: 'x'.repeat(201) });
  await post('receive', { ...place, qty: 5_000_000_000 });
  await post('receive', { ...place, product_id: randomUUID(), qty: 1 });
  await post('receive', { ...place, warehouse_id: randomUUID(), qty: 1 });
  await post('receive', { ...place, qty: 1 }, CUSTOMER);
  await post('receive', { ...place, qty: 1 }, {});
  await post('adjust', { ...place, delta: -3, note: 'broken' });
  await post('adjust', { ...place, delta: -8, note: 'more than there are' });
  await post('adjust', { ...place, delta: 0, note: ' ' });
  await post('adjust', { ...place, delta: 1, note: 'x' }, CUSTOMER);

  const order = randomUUID();
  const reserve = { order_id: order, items: [{ product_id, qty: 4 }] };
  await post('reserve', { ...reserve, expires_in: 600 }, SERVICE);
  await post('reserve', reserve, SERVICE);
  await post('available', { product_ids: [product_id] });
  await post('reserve', { ...reserve, order_id: randomUUID() }, SERVICE);
  await post('reserve', { order_id: order, items: [], expires_in: 0 }, SERVICE);
  await post('reserve', reserve, STAFF);
  await post('return', { order_id: order }, SERVICE);
  await post('commit', { order_id: order }, SERVICE);
  await post('commit', { order_id: order }, SERVICE);
  await post('release', { order_id: order }, SERVICE);
  await post('return', { order_id: order }, SERVICE);
  await post('reserve', reserve, SERVICE);
  const other = { order_id: randomUUID(), items: [{ product_id, qty: 1 }] };
  await post('reserve', other, SERVICE);
  await post('release', { order_id: other.order_id }, SERVICE);
  await post('reserve', other, SERVICE);
  await post('release', { order_id: randomUUID() }, SERVICE);
  await post('commit', { order_id: randomUUID() }, STAFF);
  await post('available', { product_ids: [product_id] });
}

test('stock that the inventory service owns is kept by the same calls with the same answers', async () => {
  const [here, there] = [notebook(owners), notebook(owners)];
  await keepStock(here);
  await owners.give('new');
  await keepStock(there);
  expect(here.calls.map(({ status }) => status)).toEqual([
    200, 200, 422, 422, 404, 404, 403, 401, 200, 409, 422, 403, 200, 200, 200, 409, 422, 403, 409,
    200, 200, 409, 200, 409, 200, 200, 409, 404, 403, 200,
  ]);
  expect(there.calls).toEqual(here.calls);

  await owners.pauseRelay(true);
  const alone = notebook(owners);
  await keepStock(alone);
  expect(writesOf(alone.calls)).toEqual(writesOf(here.calls));
});
