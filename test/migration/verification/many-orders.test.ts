import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { startBackfill } from '../../../migration/backfill/backfill.ts';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import { lastEntry } from '../../../migration/journal/journal.ts';
import type { MovePlaces } from '../../../migration/move-places.ts';
import { orderMove } from '../../../migration/moves/order.ts';
import { drain } from '../../../migration/relay/drain.ts';
import { verifyNow } from '../../../migration/stages/verify-once.ts';
import { verifyMove } from '../../../migration/verification/verify-move.ts';
import { cloneDatabases, createEmptyDatabase } from '../../setup/databases.ts';
import { openAt, placesOver } from '../relay/places.ts';
import { waitUntil } from '../relay/relay-stack.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ORDERS = 20_000;
/** Ranges of a verification: each of 5,000 orders. */
const RANGE = 5_000;
const FILL = `
  delete from sales_orders;
  with added as (
    insert into sales_orders (order_id, customer_id, total_amount, idem_key, req_hash, ship_name, ship_addr1, ship_city, ship_zip, ship_country, ordered_at, updated_at)
    select gen_random_uuid(), u.user_id, 5, 'order ' || n, repeat('0', 64), 'Ada', 'Square 12', 'London', 'SW1Y', 'GB', now(), now()
    from (select user_id from app_users order by 1 limit 20) u, generate_series(1, ${ORDERS / 20}) n returning order_id)
  insert into sales_items select gen_random_uuid(), order_id, 1, gen_random_uuid(), 'sku', 'name', 1, 5, 5 from added`;

let places: MovePlaces;
let urls: readonly string[];

beforeAll(async () => {
  const { legacy } = await cloneDatabases(['legacy']);
  const [fresh, control] = [await createEmptyDatabase(), await createEmptyDatabase()];
  await migrateDatabase(fresh, join(ROOT, 'subgraphs/order/migrations'));
  await migrateDatabase(control, join(ROOT, 'migration/migrations'));
  urls = [legacy, fresh, control];
  places = { ...placesOver(orderMove, openAt(legacy), openAt(fresh)), control: openAt(control, 2) };
  await places.legacy.pool.query(`drop schema if exists move cascade; ${FILL}`);
  for (const side of ['legacy', 'new'] as const) {
    await installCapture(places[side], orderMove, side, { owner: 'legacy', epoch: 1 });
  }
  await startBackfill(places, 'legacy', { carries: true });
  await drain(places, 'legacy', { deadline: Date.now() + 120_000 });
}, 240_000);
afterAll(() =>
  Promise.all([places?.legacy, places?.new, places?.control].map((one) => one?.close())),
);

/** Changes the price of the n-th item by one cent, as somebody would who goes round the guard. @returns its order */
async function addCent(n: number, cents = 1): Promise<string> {
  const { pool } = places.new;
  const { rows } = await pool.query<{ id: string }>(
    'select id from "order" order by id offset $1 limit 1',
    [n],
  );
  const id = rows[0]?.id ?? '';
  await pool.query(
    `begin; set local moves.relay = 'order';
     update order_item set unit_price_amount = unit_price_amount + ${cents} where order_id = '${id}';
     commit`,
  );
  return id;
}

const named = (id: string) => ({
  kind: 'order',
  id,
  owner: 'legacy',
  fields: [{ path: 'items[0].unitPriceAmount', legacy: 500, new: 501 }],
});

test('one cent among twenty thousand orders is found, and named with both values', async () => {
  const id = await addCent(12_345);
  expect(await verifyMove(places)).toMatchObject({
    finished: true,
    checked: ORDERS,
    differing: [named(id)],
    pendingAtEnd: 0,
  });
  await addCent(12_345, -1);
  expect(await verifyMove(places)).toMatchObject({ checked: ORDERS, differing: [] });
}, 120_000);

test('a verification rests between two ranges as long as it is told', async () => {
  const began = performance.now();
  const pauseMs = 400;
  await verifyMove(places, { pauseMs, chunkSize: RANGE });
  expect(performance.now() - began).toBeGreaterThan((ORDERS / RANGE - 1) * pauseMs);
}, 120_000);

test('one whose process is killed goes on from where it was, with what it had found', async () => {
  const id = await addCent(100);
  const file = join(import.meta.dirname, 'verify-process.ts');
  const child = spawn(process.execPath, [file, ...urls], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const noted = () => lastEntry(places.control.db, 'order', 'verify', ['under way']);
  await waitUntil(async () => (await noted()) !== null, 60_000);
  child.kill('SIGKILL');
  await ended;
  const underWay = await noted();
  if (!underWay) throw new Error('its process noted no progress');
  const { checked } = underWay.evidence as { checked: number };
  const done: number[] = [];
  const found = await verifyNow(places, {
    signature: { by: 'a test', reason: null },
    resume: true,
    progress: (_, soFar) => done.push(soFar),
  });
  expect(checked).toBeGreaterThanOrEqual(RANGE);
  expect(done[0]).toBe(Math.min(checked + RANGE, ORDERS));
  expect(found).toMatchObject({ finished: true, checked: ORDERS, differing: [named(id)] });
  const again = await verifyNow(places, {
    signature: { by: 'a test', reason: null },
    resume: true,
  });
  expect(again.checked).toBe(ORDERS);
  await addCent(100, -1);
}, 120_000);
