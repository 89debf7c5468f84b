import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Side } from '#platform/moves/moves.ts';
import { startBackfill } from '../../migration/backfill/backfill.ts';
import { installMove } from '../../migration/capture/install-move.ts';
import { inventoryMove } from '../../migration/moves/inventory.ts';
import { otherSide } from '../../migration/other-side.ts';
import { beginMoving } from '../../migration/ownership/begin-moving.ts';
import { setOwner } from '../../migration/ownership/owners.ts';
import { drain } from '../../migration/relay/drain.ts';
import type { MovePlaces } from '../../migration/move-places.ts';
import type { InventoryServer } from '../inventory/inventory-server.ts';
import { openAt, placesOver } from '../migration/relay/places.ts';
import { startMonolithAndInventory, type MonolithAndInventory } from './monolith-and-inventory.ts';
import type { TestMonolith } from './test-monolith.ts';
import type { TestShop } from './test-shop.ts';

// Orders are the monolith's, and their stock goes to the inventory service and back all the time.

let both: MonolithAndInventory;
let inventory: InventoryServer;
let monolith: TestMonolith;
let shop: TestShop;
let places: MovePlaces;

beforeAll(async () => {
  both = await startMonolithAndInventory();
  ({ inventory, monolith, shop } = both);
  places = placesOver(inventoryMove, openAt(both.databaseUrl), openAt(inventory.databaseUrl));
  await installMove(inventoryMove, places, { owner: 'legacy', epoch: 1 });
  await startBackfill(places, 'legacy', { carries: true });
  await drain(places, 'legacy', { deadline: Date.now() + 20_000 });
});
afterAll(async () => {
  await both?.close();
  await Promise.all([places?.legacy.close(), places?.new.close()]);
});

/** Hands the stock to a side, as a flip does. */
async function flipTo(to: Side): Promise<void> {
  const from = otherSide(to);
  const [owner] = await beginMoving(places[from], 'inventory', [0], from);
  await drain(places, from, { buckets: [0], deadline: Date.now() + 10_000 });
  const epoch = (owner?.epoch ?? 0) + 1;
  await setOwner(places[to], 'inventory', [0], to, epoch);
  await setOwner(places[from], 'inventory', [0], to, epoch);
}

const PIECES = 12;

test('nothing is oversold, lost or kept back, whatever is placed and cancelled while it changes sides', async () => {
  const product = await shop.newProduct([PIECES, 0]);
  const customers = await Promise.all(Array.from({ length: 6 }, () => shop.newCustomer()));
  const said = new Map<string, number>();
  const sold = new Map<string, number>();
  const note = (what: string) => said.set(what, (said.get(what) ?? 0) + 1);
  const until = { isOver: false };
  const flips = (async () => {
    for (let count = 0; ; count += 1) {
      if (until.isOver && count % 2 === 0) return count;
      await flipTo(count % 2 === 0 ? 'new' : 'legacy');
      await wait(60 + Math.random() * 120);
    }
  })();
  const workers = customers.map(async (customer) => {
    while (!until.isOver) {
      const qty = 1 + Math.floor(Math.random() * 3);
      const { status, body } = await shop.place(customer, { [product]: qty });
      note(`placed ${status} ${body.error?.code ?? ''}`);
      if (status !== 201) continue;
      sold.set(body.order_id, qty);
      if (Math.random() < 0.2) continue;
      const cancelled = await monolith.call('POST', `/api/orders/${body.order_id}/cancel`, {
        identity: customer,
        body: {},
      });
      note(`cancelled ${cancelled.status} ${cancelled.body.error?.code ?? ''}`);
      if (cancelled.status === 200) sold.delete(body.order_id);
    }
  });
  await wait(8_000);
  until.isOver = true;
  await Promise.all(workers);
  expect(await flips).toBeGreaterThan(4);
  // On a busy machine a flip may take longer than a request waits for it.
  const passing = /^(placed|cancelled) (409 (MOVING|NOT_OWNER)|503 UNAVAILABLE)$/;
  expect([...said.keys()].filter((what) => !passing.test(what)).sort()).toEqual([
    'cancelled 200 ',
    'placed 201 ',
    'placed 409 OUT_OF_STOCK',
  ]);
  await expect
    .poll(() => monolith.sql('select order_id from stock_tasks'), { timeout: 90_000 })
    .toEqual([]);
  await drain(places, 'legacy', { deadline: Date.now() + 10_000 });
  const promised = [...sold.values()].reduce((sum, qty) => sum + qty, 0);
  const here = await monolith.sql(
    `select sum(qty_on_hand)::int as on_hand, sum(qty_reserved)::int as reserved from stocks where product_id = '${product}'`,
  );
  expect(here).toEqual([{ on_hand: PIECES, reserved: promised }]);
  expect(promised).toBeLessThanOrEqual(PIECES);
  const there = await places.new.pool.query(
    `select sum(on_hand)::int as on_hand, sum(reserved)::int as reserved from stock_level where product_id = $1`,
    [product],
  );
  expect(there.rows).toEqual(here);
}, 180_000);
