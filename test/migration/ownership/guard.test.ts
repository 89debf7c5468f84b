import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import { beginMoving } from '../../../migration/ownership/begin-moving.ts';
import { reopenBuckets, setOwner } from '../../../migration/ownership/owners.ts';
import { readWriters, setGuard } from '../../../migration/ownership/writers.ts';
import { orderMapping } from '../capture/order-mapping.ts';
import {
  inTransaction,
  insertItem,
  insertOrder,
  openPlaces,
  someCustomers,
  takeMarkers,
  type Place,
} from '../capture/places.ts';

let legacy: Place;
let customers: string[];
const customer = (index = 0) => customers[index] ?? '';
const bucketFor = (index = 0) => bucketOf('order', customer(index));
let epoch = 1;

/** Gives all buckets of a customer to a side. */
async function give(owner: 'legacy' | 'new', index = 0) {
  await beginMoving(legacy, 'order', [bucketFor(index)], 'legacy').catch(() => {});
  epoch += 1;
  await setOwner(legacy, 'order', [bucketFor(index)], owner, epoch);
}

beforeAll(async () => {
  ({ legacy } = await openPlaces('legacy'));
  customers = await someCustomers(legacy, 40);
  await installCapture(legacy, orderMapping, 'legacy', { owner: 'legacy', epoch: 1 });
});
afterAll(() => legacy?.close());
beforeEach(async () => {
  await give('legacy');
  await takeMarkers(legacy);
});

describe('a write that this side does not own', () => {
  test('is refused, and the refusal says who owns the row and what to do', async () => {
    await give('new');
    const error = await insertOrder(legacy.pool, customer()).catch((error: unknown) => error);
    expect(error).toMatchObject({
      code: 'MF001',
      message: expect.stringMatching(
        /^public\.sales_orders|^"public"\."sales_orders": .* owned by the new side, and this is the database of the legacy side: nothing was written/,
      ),
      hint: expect.stringContaining('Write through the API'),
    });
    expect(JSON.parse((error as { detail: string }).detail)).toEqual({
      move: 'order',
      owner: 'new',
      bucket: bucketFor(),
    });
    expect(ownershipRefusal(error)).toMatchObject({
      code: 'NOT_OWNER',
      move: 'order',
      owner: 'new',
    });
    expect(await takeMarkers(legacy)).toEqual([]);
  });

  test('is refused while the bucket moves, with the advice to try again', async () => {
    await beginMoving(legacy, 'order', [bucketFor()], 'legacy');
    const error = await insertOrder(legacy.pool, customer()).catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'MF002', hint: expect.stringContaining('again') });
    expect(ownershipRefusal(error)).toMatchObject({ code: 'MOVING', owner: 'moving' });
    await reopenBuckets(legacy, 'order', [bucketFor()], 'legacy');
    await insertOrder(legacy.pool, customer());
  });

  test('is refused for raw SQL, many rows, a changed parent and a deletion alike', async () => {
    const [mine, theirs] = [
      await insertOrder(legacy.pool, customer(1)),
      await insertOrder(legacy.pool, customer(0)),
    ];
    const item = await insertItem(legacy.pool, mine);
    await insertItem(legacy.pool, theirs);
    await give('new');
    const refused = { code: 'MF001' };
    const run = (sql: string) => expect(legacy.pool.query(sql)).rejects.toMatchObject(refused);
    await run(`update sales_items set qty = qty`);
    await run(
      `update sales_items set order_id = '${theirs}', line_no = 9 where sales_item_id = '${item}'`,
    );
    await run(`update sales_orders set customer_id = '${customer(0)}' where order_id = '${mine}'`);
    await run(`delete from sales_orders where order_id = '${theirs}'`);
    await run(`delete from sales_items where order_id = '${theirs}'`);
    await legacy.pool.query(`update sales_items set qty = 3 where order_id = '${mine}'`);
  });

  test('passes with the tag of its own move, not with that of another', async () => {
    await give('new');
    const tagged = (move: string) =>
      inTransaction(legacy, async (client) => {
        await client.query(`set local moves.relay = '${move}'`);
        await insertOrder(client, customer());
      });
    await tagged('order');
    await expect(tagged('upload')).rejects.toMatchObject({ code: 'MF001' });
  });

  test('passes where the guard is off, and is marked all the same', async () => {
    await give('new');
    await setGuard(legacy.db, 'order', 'off');
    const order = await insertOrder(legacy.pool, customer());
    await setGuard(legacy.db, 'order', 'detect');
    expect(await takeMarkers(legacy)).toEqual([order]);
  });

  test('is refused in a transaction that wrote there before, inside a savepoint that rolled back', async () => {
    const held = await legacy.pool.connect();
    await held.query('begin; savepoint a');
    await insertOrder(held, customer());
    await held.query('rollback to a');
    // The rollback has released the lock, so the bucket can leave, and the transaction must ask again.
    await give('new');
    await expect(insertOrder(held, customer())).rejects.toMatchObject({ code: 'MF001' });
    await held.query('rollback');
    held.release();
  });

  test('is refused though the session once remembered more than a transaction', async () => {
    const client = await legacy.pool.connect();
    await insertOrder(client, customer());
    await give('new');
    await expect(insertOrder(client, customer())).rejects.toMatchObject({ code: 'MF001' });
    client.release();
  });
});

describe.each(['repeatable read', 'serializable'])('a transaction at %s', (level) => {
  test('whose snapshot is older than the flip gets 40001, and writes nothing', async () => {
    const client = await legacy.pool.connect();
    await client.query(`begin isolation level ${level}`);
    await client.query('select count(*) from sales_orders');
    await give('new');
    await expect(insertOrder(client, customer())).rejects.toMatchObject({ code: '40001' });
    await client.query('rollback');
    client.release();
  });

  test('whose snapshot is older than a flip there and back gets 40001 as well', async () => {
    const client = await legacy.pool.connect();
    await client.query(`begin isolation level ${level}`);
    await client.query('select count(*) from sales_orders');
    await give('new');
    await give('legacy');
    await expect(insertOrder(client, customer())).rejects.toMatchObject({ code: '40001' });
    await client.query('rollback');
    client.release();
  });

  test('writes where nothing has changed, and holds the bucket until its end', async () => {
    await inTransaction(
      legacy,
      async (client) => {
        await insertOrder(client, customer());
        await expect(
          beginMoving(legacy, 'order', [bucketFor()], 'legacy', 300),
        ).rejects.toMatchObject({ code: 'OWNERSHIP_BUSY' });
      },
      `begin isolation level ${level}`,
    );
    await beginMoving(legacy, 'order', [bucketFor()], 'legacy');
  });
});

test('a transaction that writes in hundreds of buckets holds them all with 64 locks', async () => {
  await inTransaction(legacy, async (client) => {
    await client.query('update sales_orders set ship_city = ship_city');
    for (const customer of customers) await insertOrder(client, customer);
    const { rows } = await client.query(
      `select count(*)::integer as locks from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()`,
    );
    expect(rows[0].locks).toBeLessThanOrEqual(64);
    await expect(
      beginMoving(legacy, 'order', [bucketFor(39)], 'legacy', 200),
    ).rejects.toMatchObject({
      code: 'OWNERSHIP_BUSY',
    });
  });
});

describe('a flip under load', () => {
  /** Writers that write without a pause, half of them in transactions of some milliseconds, until told to stop. */
  function startWriters(count: number) {
    const until = { stopped: false };
    const longest = { wait: 0, writes: 0, refused: 0 };
    const writers = Array.from({ length: count }, async (_, index) => {
      while (!until.stopped) {
        const began = performance.now();
        await inTransaction(legacy, async (client) => {
          await insertOrder(client, customer());
          if (index % 2) await wait(5);
        }).then(
          () => (longest.writes += 1),
          (error: unknown) => {
            if (!ownershipRefusal(error)) throw error;
            longest.refused += 1;
          },
        );
        longest.wait = Math.max(longest.wait, performance.now() - began);
      }
    });
    return {
      stop: async () => {
        until.stopped = true;
        await Promise.all(writers);
        return longest;
      },
    };
  }

  test('does not starve: of twenty, half wait less than 100 ms, though eight writers overlap', async () => {
    const writers = startWriters(8);
    const waits: number[] = [];
    for (let flip = 0; flip < 20; flip++) {
      await wait(20);
      const began = performance.now();
      await beginMoving(legacy, 'order', [bucketFor()], 'legacy');
      waits.push(performance.now() - began);
      await reopenBuckets(legacy, 'order', [bucketFor()], 'legacy');
    }
    const { writes } = await writers.stop();
    expect(writes).toBeGreaterThan(50);
    // Half of them: this machine may be busy with other tests. Starving would show as seconds.
    waits.sort((a, b) => a - b);
    expect(waits[10]).toBeLessThan(100);
    expect(waits[19]).toBeLessThan(1_500);
  });

  test('no write is accepted after the bucket has begun to move', async () => {
    const writers = startWriters(6);
    for (let flip = 0; flip < 10; flip++) {
      await beginMoving(legacy, 'order', [bucketFor()], 'legacy');
      const count = () =>
        legacy.pool.query(
          'select count(*)::integer as orders from sales_orders where customer_id = $1',
          [customer()],
        );
      const before = (await count()).rows[0].orders;
      await wait(15);
      expect((await count()).rows[0].orders).toBe(before);
      await reopenBuckets(legacy, 'order', [bucketFor()], 'legacy');
      await wait(5);
    }
    expect((await writers.stop()).refused).toBeGreaterThan(0);
  });

  test('a long transaction holds up the flip, and no writer for longer than a try', async () => {
    const long = await legacy.pool.connect();
    await long.query('begin');
    await insertOrder(long, customer());
    const writers = startWriters(4);
    const flip = beginMoving(legacy, 'order', [bucketFor()], 'legacy', 20_000);
    await wait(1_500);
    const { wait: longest, writes } = await writers.stop();
    expect(longest).toBeLessThan(350);
    expect(writes).toBeGreaterThan(20);
    await long.query('commit');
    long.release();
    await flip;
  });
});

describe('detect mode', () => {
  test('notes role, application and hour of who writes as the owner, once', async () => {
    await legacy.pool.query('delete from move.writer');
    await inTransaction(legacy, async (client) => {
      await client.query(`set local application_name = 'nightly.sh'`);
      await insertOrder(client, customer());
    });
    await insertOrder(legacy.pool, customer(1));
    await insertOrder(legacy.pool, customer(2));
    const hour = new Date();
    hour.setMinutes(0, 0, 0);
    const writer = { role: 'legacy', lastHour: hour, hours: 1 };
    expect(await readWriters(legacy.db, 'order')).toEqual([
      { ...writer, application: 'capture test' },
      { ...writer, application: 'nightly.sh' },
    ]);
  });

  test('notes nobody who was refused, and nobody in the mode enforce', async () => {
    await legacy.pool.query('delete from move.writer');
    await give('new');
    await insertOrder(legacy.pool, customer()).catch(() => {});
    await setGuard(legacy.db, 'order', 'enforce');
    await insertOrder(legacy.pool, customer(1));
    await setGuard(legacy.db, 'order', 'detect');
    expect(await readWriters(legacy.db, 'order')).toEqual([]);
  });

  test('holds up nobody while the first note is not committed, nor a REPEATABLE READ transaction', async () => {
    await legacy.pool.query('delete from move.writer');
    const snapshot = await legacy.pool.connect();
    await snapshot.query('begin isolation level repeatable read; select 1 from move.writer');
    const first = await legacy.pool.connect();
    await first.query('begin');
    await insertOrder(first, customer());
    await insertOrder(legacy.pool, customer());
    await first.query('commit');
    first.release();
    await insertOrder(snapshot, customer(1));
    await snapshot.query('commit');
    snapshot.release();
    expect(await readWriters(legacy.db, 'order')).toHaveLength(1);
  });
});
