import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flip } from '../../../migration/flip/run-flip.ts';
import { openFlip } from '../../../migration/flip/flip-record.ts';
import { readJournal } from '../../../migration/journal/journal.ts';
import { moveSite, type MoveSite } from '../move-site.ts';

const ALL = Array.from({ length: 1_024 }, (_, bucket) => bucket);
let site: MoveSite;

beforeAll(async () => {
  site = await moveSite();
  await site.bring('order', 'canary');
}, 60_000);
afterAll(() => site.close());

const legacy = () => site.moves.legacy.pool;
const orders = () => site.moves.placesOf('order').new.pool;

async function flipAll(to: 'legacy' | 'new') {
  return site.work('order', ({ flipper }) => flip(flipper, ALL, to));
}

async function anOrder(): Promise<string> {
  const { rows } = await legacy().query('select order_id from sales_orders order by 1 limit 1');
  return rows[0]?.order_id as string;
}

const NOTE = `update sales_orders set ship_name = $2 where order_id = $1`;
const NEW_NOTE = `update "order" set shipping_name = $2 where id = $1`;

test('a flip carries what was written just before, opens the other side, and closes its own', async () => {
  const id = await anOrder();
  await legacy().query(NOTE, [id, 'before the flip']);
  const { buckets, compared } = await flipAll('new');
  expect(buckets).toBe(1_024);
  expect(compared).toBeGreaterThan(0);
  expect(await site.owned('order')).toEqual({ legacy: 0, new: 1_024, moving: 0 });
  const { rows } = await orders().query('select shipping_name from "order" where id = $1', [id]);
  expect(rows).toEqual([{ shipping_name: 'before the flip' }]);
  await expect(legacy().query(NOTE, [id, 'too late'])).rejects.toMatchObject({ code: 'MF001' });
  await orders().query(NEW_NOTE, [id, 'on the new side']);
  await flipAll('legacy');
  const back = await legacy().query('select ship_name from sales_orders where order_id = $1', [id]);
  expect(back.rows).toEqual([{ ship_name: 'on the new side' }]);
  await expect(orders().query(NEW_NOTE, [id, 'x'])).rejects.toMatchObject({ code: 'MF001' });
});

test('a difference opens the source again, and names the aggregate', async () => {
  const id = await anOrder();
  await legacy().query(NOTE, [id, 'as it should be']);
  await site.carry('order');
  const client = await orders().connect();
  await client.query(`begin; set local moves.relay = 'order'`);
  await client.query(NEW_NOTE, [id, 'something else']);
  await client.query('commit');
  client.release();
  await expect(flipAll('new')).rejects.toThrow(`the sides differ in order ${id}`);
  expect(await site.owned('order')).toEqual({ legacy: 1_024, new: 0, moving: 0 });
  await legacy().query(NOTE, [id, 'goes on']);
  await site.carry('order');
  const [last] = await readJournal(site.moves.control.db, 'order', 1);
  expect(last).toMatchObject({ action: 'flip', step: 'reopened', by: 'a test' });
});

test('what cannot be carried over in time opens the source again', async () => {
  const id = await anOrder();
  await legacy().query(NOTE, [id, 'cannot come']);
  // Somebody holds the row on the other side.
  const blocker = await orders().connect();
  await blocker.query('begin');
  await blocker.query('select from "order" where id = $1 for update', [id]);
  const refused = site.work('order', ({ flipper }) => flip({ ...flipper, pause: 200 }, ALL, 'new'));
  const outcome = await Promise.race([
    refused.then(
      () => 'flipped',
      (error: Error) => error.message,
    ),
    new Promise((resolve) => setTimeout(resolve, 8_000, 'still waiting')),
  ]);
  await blocker.query('rollback');
  blocker.release();
  await refused.catch(() => {});
  expect(outcome).not.toBe('flipped');
  expect(outcome).not.toBe('still waiting');
  expect(await site.owned('order')).toEqual({ legacy: 1_024, new: 0, moving: 0 });
  expect(await openFlip(site.moves.control.db, 'order')).toBeNull();
});

test(
  'under writers that never stop, flips there and back lose nothing',
  { timeout: 60_000 },
  async () => {
    const id = await anOrder();
    const written = { legacy: 0, new: 0, refused: 0 };
    let last = '';
    const over = new AbortController();
    const connect = async (url: string) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      return client;
    };
    const writers = {
      legacy: await connect(site.config.LEGACY_DATABASE_URL),
      new: await connect(site.config.ORDERS_DATABASE_URL),
    };
    const writing = (async () => {
      for (let turn = 0; !over.signal.aborted; turn++) {
        for (const side of ['legacy', 'new'] as const) {
          const text = `${side} ${turn}`;
          try {
            await writers[side].query(side === 'new' ? NEW_NOTE : NOTE, [id, text]);
            written[side] += 1;
            last = text;
          } catch (error) {
            // 40001: it changed sides while it was looked at; every writer tries again then.
            expect(['MF001', 'MF002', '40001']).toContain((error as { code: string }).code);
            written.refused += 1;
          }
        }
      }
    })();
    for (const to of ['new', 'legacy', 'new', 'legacy'] as const) await flipAll(to);
    over.abort();
    await writing;
    await site.carry('order');
    for (const client of Object.values(writers)) await client.end();
    expect(written.legacy).toBeGreaterThan(0);
    expect(written.new).toBeGreaterThan(0);
    const here = await legacy().query(
      'select ship_name as text from sales_orders where order_id = $1',
      [id],
    );
    const there = await orders().query('select shipping_name as text from "order" where id = $1', [
      id,
    ]);
    expect([here.rows[0]?.text, there.rows[0]?.text]).toEqual([last, last]);
  },
);
