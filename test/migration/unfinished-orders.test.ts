import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { urlVariables } from '#platform/database/provision.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { migrationConfig } from '../../migration/config.ts';
import { handover } from '../../migration/handover.ts';
import { unfinishedOrders } from '../../migration/moves/unfinished-orders.ts';
import { CONFIRM, PAY, PLACE } from '../order/operations.ts';
import { address, stockWatch } from '../order/order-shop.ts';
import { startOrderStack, type OrderStack } from '../order/order-stack.ts';

let stack: OrderStack;
let legacy: pg.Client;
let control: pg.Client;
let staff: string;
let customer: string;

beforeAll(async () => {
  stack = await startOrderStack({ ORDER_LEASE_MS: '500' });
  legacy = await connect(stack.databases.legacy);
  control = await connect(stack.databases.control);
  staff = await stack.login('staff@example.com');
  customer = await stack.login('customer@example.com');
});
afterAll(async () => {
  await legacy?.end();
  await control?.end();
  await stack?.close();
});
// People write orders and accounts on the new side.
beforeEach(() => hand({ USE_NEW_AUTH: 'true', USE_NEW_ORDER: 'true' }));
afterEach(() => stack.endOrders());

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

/** Runs the handover. @param flags those that are true @returns what it said */
async function hand(flags: Record<string, string> = {}): Promise<string[]> {
  const { databases, uploadDirectories } = stack;
  const lines: string[] = [];
  const config = migrationConfig({
    ...urlVariables(databases),
    LEGACY_UPLOAD_DIRECTORY: uploadDirectories.legacy,
    RESUME_REVIEW_UPLOAD_DIRECTORY: uploadDirectories.new,
    ...flags,
  });
  await handover(config, (line) => lines.push(line));
  return lines;
}

/** An order whose payment was charged, by a process that was killed before it could write that down in the order. */
async function chargedOrder(): Promise<{ id: string; number: string }> {
  const run = async (query: string, input: object, token: string) =>
    (await stack.graphql(query, { input }, { token })).body.data?.result;
  const { productId } = await stockWatch(stack, staff);
  await stack.startServer();
  const items = [{ productId, quantity: 1 }];
  const asked = { idempotencyKey: randomUUID(), items, shippingAddress: address };
  const { id } = (await run(PLACE, asked, customer)).order;
  await run(CONFIRM, { id }, staff);
  await stack.endOrders();
  const armed = await stack.startProcess({ ORDER_FAILPOINT: 'pay.finish' });
  await run(PAY, { id, paymentToken: 'tok_ok' }, customer);
  expect(await armed.ended).toBe('SIGKILL');
  const { rows } = await stack.orders.pool.query('select number from "order" where id = $1', [id]);
  return { id, number: rows[0].number };
}

async function settled(): Promise<void> {
  await stack.startServer();
  await expect.poll(() => unfinishedOrders(stack.orders.db), { timeout: 15_000 }).toBeNull();
  await stack.endOrders();
}

async function rename(name: string): Promise<void> {
  const auth = await connect(stack.databases.auth);
  const sql = `update account set display_name = $1 where email = 'customer@example.com'`;
  await auth.query(sql, [name]);
  await auth.end();
}
const nameInMonolith = async () =>
  (await legacy.query(`select full_name from app_users where email = 'customer@example.com'`))
    .rows[0].full_name;
const inMonolith = async (id: string) =>
  (await legacy.query('select status, payment_ref from sales_orders where order_id = $1', [id]))
    .rows;
const sides = async () =>
  Object.fromEntries(
    (await control.query('select move, side from move_side')).rows.map(({ move, side }) => [
      move,
      side,
    ]),
  );
const ALL_LEGACY = Object.fromEntries(MOVES.map(({ name }) => [name, 'legacy']));

test('orders stay where they are, and so does everything else, until a charged order is paid', async () => {
  const { id, number } = await chargedOrder();
  await rename('Renamed');
  const refused = expect.objectContaining({
    code: 'MOVE_UNFINISHED',
    message: expect.stringContaining(
      `order: 1 order is unfinished: order ${number} (${id}, PAY at FINISH). `,
    ) as string,
  });
  await expect(hand()).rejects.toEqual(refused);
  expect(await sides()).toEqual({ ...ALL_LEGACY, auth: 'new', order: 'new' });
  expect(await nameInMonolith()).not.toBe('Renamed');
  expect(await inMonolith(id)).toEqual([]);

  await settled();
  const lines = await hand();
  expect(lines[0]).toContain('auth: legacy has the data; copied from new to legacy: ');
  expect(await inMonolith(id)).toEqual([{ status: 'PAID', payment_ref: `builtin_${id}` }]);
  expect(await nameInMonolith()).toBe('Renamed');
  expect(await sides()).toEqual(ALL_LEGACY);
}, 60_000);

test('orders that stay are copied for the monolith as clients see them: before the step, and after it', async () => {
  const { id } = await chargedOrder();
  await hand({ USE_NEW_ORDER: 'true' });
  expect(await sides()).toEqual({ ...ALL_LEGACY, order: 'new' });
  expect(await inMonolith(id)).toEqual([{ status: 'CONF', payment_ref: null }]);
  await settled();
  await hand({ USE_NEW_ORDER: 'true' });
  expect(await inMonolith(id)).toEqual([{ status: 'PAID', payment_ref: `builtin_${id}` }]);
}, 60_000);

test('the five oldest are named, whatever is left to do, and the others counted', async () => {
  const ids = Array.from({ length: 7 }, () => randomUUID());
  for (const [minute, id] of ids.entries()) {
    await stack.orders.pool.query(
      `insert into saga (order_id, step, stage, data, customer_id, started_at, lease_until, retry_at)
       values ($1, 'PLACE', 'SETTLE', '{}', $1, '2026-01-01'::timestamptz + $2 * interval '1 minute', now(), now())`,
      [id, minute],
    );
  }
  const named = ids.slice(0, 5).map((id) => `a new order (${id}, PLACE at SETTLE)`);
  const said = await unfinishedOrders(stack.orders.db);
  expect(said).toContain(`order: 7 orders are unfinished: ${named.join(', ')}, and 2 more. `);
  for (const hint of ['USE_NEW_ORDER=true', 'select count(*) from saga', 'run this again']) {
    expect(said).toContain(hint);
  }
  await stack.orders.pool.query('delete from saga');
  expect(await unfinishedOrders(stack.orders.db)).toBeNull();
});
