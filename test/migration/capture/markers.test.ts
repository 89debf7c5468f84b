import { pipeline } from 'node:stream/promises';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import { orderMapping } from './order-mapping.ts';
import {
  inTransaction,
  insertItem,
  insertOrder,
  openPlaces,
  someCustomers,
  takeMarkers,
  type Place,
} from './places.ts';

let legacy: Place;
let customers: string[];
const customer = (index = 0) => customers[index] ?? '';

beforeAll(async () => {
  ({ legacy } = await openPlaces('legacy'));
  customers = await someCustomers(legacy, 3);
  await installCapture(legacy, orderMapping, 'legacy', { owner: 'legacy', epoch: 1 });
});
afterAll(() => legacy?.close());
beforeEach(() => takeMarkers(legacy));

describe('a marker', () => {
  test('says which aggregate of which kind, its bucket and that of its reader, and is live', async () => {
    const id = await insertOrder(legacy.pool, customer());
    const { rows } = await legacy.pool.query('select * from move.dirty');
    const bucket = bucketOf('order', customer());
    expect(rows).toEqual([
      expect.objectContaining({
        move: 'order',
        kind: 'order',
        aggregate_id: id,
        bucket,
        reader: bucket,
        backfill: false,
        noted_at: expect.any(Date),
      }),
    ]);
  });

  test('is written by each statement of a transaction, once per aggregate', async () => {
    const id = await inTransaction(legacy, async (client) => {
      const order = await insertOrder(client, customer());
      await insertItem(client, order, 1);
      await insertItem(client, order, 2);
      await client.query('update sales_items set qty = 2 where order_id = $1', [order]);
      return order;
    });
    expect(await takeMarkers(legacy)).toEqual([id, id, id, id]);
  });

  test('that a rollback to a savepoint took away is written again', async () => {
    const order = await insertOrder(legacy.pool, customer());
    await takeMarkers(legacy);
    await inTransaction(legacy, async (client) => {
      await client.query('savepoint a');
      await insertItem(client, order, 1);
      await client.query('rollback to a');
      await insertItem(client, order, 1);
    });
    expect(await takeMarkers(legacy)).toEqual([order]);
  });

  test('that a block with an exception handler took away is written again', async () => {
    const order = await insertOrder(legacy.pool, customer());
    await takeMarkers(legacy);
    await legacy.pool.query(`do $$ begin
      begin
        update sales_orders set ship_city = 'x' where order_id = '${order}';
        raise exception 'no';
      exception when others then null;
      end;
      update sales_orders set ship_city = 'y' where order_id = '${order}';
    end $$`);
    expect(await takeMarkers(legacy)).toEqual([order]);
  });

  test('is not written for a transaction that rolls back, nor for a statement that touches no row', async () => {
    await inTransaction(legacy, async (client) => {
      await insertOrder(client, customer());
      throw new Error('no');
    }).catch(() => {});
    await legacy.pool.query(`update sales_orders set ship_city = 'c' where false`);
    expect(await takeMarkers(legacy)).toEqual([]);
  });

  test('names each aggregate of a statement of many rows once', async () => {
    const { rows } = await legacy.pool.query<{ id: string }>(
      'update sales_items set qty = qty returning order_id as id',
    );
    const expected = [...new Set(rows.map(({ id }) => id))].sort();
    expect((await takeMarkers(legacy)).sort()).toEqual(expected);
    expect(expected.length).toBeGreaterThan(100);
  });

  test('names both orders of an item that changes from one to another, also between customers', async () => {
    const [from, to] = [
      await insertOrder(legacy.pool, customer(0)),
      await insertOrder(legacy.pool, customer(1)),
    ];
    const item = await insertItem(legacy.pool, from);
    await takeMarkers(legacy);
    const move = 'update sales_items set order_id = $1 where sales_item_id = $2';
    await legacy.pool.query(move, [to, item]);
    expect((await takeMarkers(legacy)).sort()).toEqual([from, to].sort());
  });

  test('of a deleted order is one, whatever the cascade takes along', async () => {
    const id = await insertOrder(legacy.pool, customer());
    await insertItem(legacy.pool, id, 1);
    await insertItem(legacy.pool, id, 2);
    await takeMarkers(legacy);
    await legacy.pool.query('delete from sales_orders where order_id = $1', [id]);
    expect(await takeMarkers(legacy)).toEqual([id]);
  });

  test('is written for INSERT … ON CONFLICT DO UPDATE, MERGE and data-modifying WITH', async () => {
    const id = await insertOrder(legacy.pool, customer());
    await insertItem(legacy.pool, id);
    await takeMarkers(legacy);
    await legacy.pool.query(
      `insert into sales_items select * from sales_items where order_id = $1
       on conflict (sales_item_id) do update set qty = 7`,
      [id],
    );
    expect(await takeMarkers(legacy)).toEqual([id]);
    await legacy.pool.query(
      `merge into sales_items t using (select $1::uuid as order_id) s on t.order_id = s.order_id
       when matched then update set qty = 8`,
      [id],
    );
    expect(await takeMarkers(legacy)).toEqual([id]);
    await legacy.pool.query(
      'with gone as (delete from sales_items where order_id = $1) delete from sales_orders where order_id = $1',
      [id],
    );
    expect(await takeMarkers(legacy)).toEqual([id]);
  });

  test('is written for COPY', async () => {
    const order = await insertOrder(legacy.pool, customer());
    await takeMarkers(legacy);
    const client = new Client({ connectionString: legacy.url });
    await client.connect();
    const into = client.query(
      copyFrom(
        'copy sales_items (sales_item_id, order_id, line_no, product_id, sku, product_name, qty, unit_price, amount) from stdin',
      ),
    );
    const line = (no: number) =>
      [randomUUID(), order, no, randomUUID(), 'S', 'P', 1, 5, 5].join('\t');
    await pipeline([`${line(1)}\n`, `${line(2)}\n`], into);
    await client.end();
    expect(await takeMarkers(legacy)).toEqual([order]);
  });

  test('is written whatever the search path of a session is', async () => {
    const order = await insertOrder(legacy.pool, customer());
    await takeMarkers(legacy);
    await inTransaction(legacy, async (client) => {
      await client.query('set local search_path = pg_catalog');
      await client.query(
        `insert into public.sales_items select gen_random_uuid(), '${order}', 3, gen_random_uuid(), 'S', 'P', 1, 5, 5`,
      );
    });
    expect(await takeMarkers(legacy)).toEqual([order]);
  });

  test('is written for a role that may write to the table and to nothing else', async () => {
    const admin = new Client({ connectionString: legacy.adminUrl });
    await admin.connect();
    await admin.query(
      'create role some_script; grant select, update on sales_orders to some_script',
    );
    await admin.query('set role some_script');
    const { rows } = await admin.query<{ id: string }>(
      `update sales_orders set ship_city = 'b' where order_id = (select order_id from sales_orders limit 1) returning order_id as id`,
    );
    await admin.query('reset role; drop owned by some_script; drop role some_script');
    await admin.end();
    expect(await takeMarkers(legacy)).toEqual(rows.map(({ id }) => id));
  });

  test.each(['insert', 'update', 'delete'])(
    'is written with session_replication_role = replica too: %s',
    async (verb) => {
      const [order, other] = [
        await insertOrder(legacy.pool, customer(0)),
        await insertOrder(legacy.pool, customer(1)),
      ];
      const item = await insertItem(legacy.pool, order);
      await takeMarkers(legacy);
      const admin = new Client({ connectionString: legacy.adminUrl });
      await admin.connect();
      await admin.query('set session_replication_role = replica');
      if (verb === 'insert') await insertItem(admin, order, 2);
      else if (verb === 'update') {
        await admin.query('update sales_items set order_id = $1 where sales_item_id = $2', [
          other,
          item,
        ]);
      } else await admin.query('delete from sales_items where sales_item_id = $1', [item]);
      await admin.end();
      const expected = verb === 'update' ? [order, other] : [order];
      expect((await takeMarkers(legacy)).sort()).toEqual(expected.sort());
    },
  );
});

test('TRUNCATE is refused, by the replica role too, and says what to use', async () => {
  const admin = new Client({ connectionString: legacy.adminUrl });
  await admin.connect();
  for (const role of ['origin', 'replica']) {
    await admin.query(`set session_replication_role = ${role}`);
    await expect(admin.query('truncate sales_items')).rejects.toMatchObject({
      message: expect.stringContaining('TRUNCATE is refused while the move "order" captures'),
      hint: 'Use DELETE.',
    });
  }
  await admin.end();
});

describe('the tag of the relay', () => {
  test('keeps its own writes from being marked, for one transaction', async () => {
    const client = await legacy.pool.connect();
    await client.query(`begin; set local moves.relay = 'order'`);
    const order = await insertOrder(client, customer());
    await client.query('commit');
    expect(await takeMarkers(legacy)).toEqual([]);
    // The same session: the setting is '' now, not null.
    const { rows } = await client.query(`select current_setting('moves.relay', true) as tag`);
    expect(rows).toEqual([{ tag: '' }]);
    await insertItem(client, order);
    client.release();
    expect(await takeMarkers(legacy)).toEqual([order]);
  });

  test('of another move keeps nothing from being marked', async () => {
    const order = await inTransaction(legacy, async (client) => {
      await client.query(`set local moves.relay = 'auth'`);
      return insertOrder(client, customer());
    });
    expect(await takeMarkers(legacy)).toEqual([order]);
  });
});

test('PostgreSQL and TypeScript give every text the same bucket', async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 60 })
    .filter((some) => !some.includes('\0'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 50 }),
      async (keys) => {
        const { rows } = await legacy.pool.query<{ bucket: number }>(
          'select move.bucket_of(m, k) as bucket from unnest($1::text[], $2::text[]) with ordinality t (m, k, at) order by at',
          [keys.map(([move]) => move), keys.map(([, key]) => key)],
        );
        expect(rows.map(({ bucket }) => bucket)).toEqual(
          keys.map(([move, key]) => bucketOf(move, key)),
        );
      },
    ),
    { numRuns: 100 },
  );
});
