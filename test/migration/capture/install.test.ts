import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { captureInstalled, installCapture } from '../../../migration/capture/install-capture.ts';
import { installMove } from '../../../migration/capture/install-move.ts';
import { removeCapture } from '../../../migration/capture/remove-capture.ts';
import type { MoveMapping } from '../../../migration/moves/mapping.ts';
import type { Side } from '#platform/moves/moves.ts';
import { readOwners, setOwner } from '../../../migration/ownership/owners.ts';
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
import { aiMapping, uploadMapping } from './resume-mappings.ts';

const initial = { owner: 'legacy', epoch: 1 } as const;
let legacy: Place;
let orders: Place;
let resumeReview: Place;
let customer: string;

beforeAll(async () => {
  ({
    legacy,
    orders,
    resume_review: resumeReview,
  } = await openPlaces('legacy', 'orders', 'resume_review'));
  [customer = ''] = await someCustomers(legacy, 1);
});
afterAll(() => Promise.all([legacy, orders, resumeReview].map((place) => place?.close())));
afterEach(async () => {
  for (const mapping of [orderMapping, uploadMapping, aiMapping]) {
    await removeCapture(legacy, mapping, 'legacy');
  }
});

/** Lets the tables that all moves share be there: they stay, empty, when the last move is gone. */
async function shareTables(place: Place, mapping: MoveMapping, side: Side): Promise<void> {
  await installCapture(place, mapping, side, initial);
  await removeCapture(place, mapping, side);
  const { rows } = await place.pool.query(
    'select from move.mode union all select from move.ownership union all select from move.dirty',
  );
  expect(rows).toEqual([]);
}

/** Everything in a database that could be left over: relations, functions, triggers, and how sequences count. */
async function traces({ pool }: Place): Promise<unknown> {
  const { rows } = await pool.query(`
    select 'relation ' || c.oid::regclass as what from pg_class c where c.relnamespace in ('public'::regnamespace, to_regnamespace('move'))
    union all select 'function ' || p.oid::regprocedure from pg_proc p where p.pronamespace in ('public'::regnamespace, to_regnamespace('move'))
    union all select 'trigger ' || t.tgname || ' ' || t.tgenabled::text from pg_trigger t where not t.tgisinternal
    union all select 'schema ' || nspname from pg_namespace where nspname !~ '^pg_(temp|toast_temp)_'
    union all select 'sequence ' || seqrelid::regclass || ' by ' || seqincrement from pg_sequence
    order by 1`);
  return rows;
}

const take = async (place: Place, table: string, column: string): Promise<number> => {
  const { rows } = await place.pool.query<{ number: string }>(
    `select nextval(pg_get_serial_sequence($1, $2)) as number`,
    [table, column],
  );
  return Number(rows[0]?.number);
};
const legacyNumber = () => take(legacy, 'sales_orders', 'order_no');
const newNumber = () => take(orders, '"order"', 'number');

describe('installing', () => {
  test('twice is as once: nothing is locked the second time, and owners stay', async () => {
    await installCapture(legacy, orderMapping, 'legacy', initial);
    await setOwner(legacy, 'order', [5], 'legacy', 7);
    const before = await traces(legacy);
    await inTransaction(legacy, async (client) => {
      await insertOrder(client, customer);
      await installCapture(legacy, orderMapping, 'legacy', { owner: 'new', epoch: 3 });
    });
    expect(await traces(legacy)).toEqual(before);
    expect(await readOwners(legacy.db, 'order', [4, 5])).toEqual([
      { bucket: 4, owner: 'legacy', epoch: 1 },
      { bucket: 5, owner: 'legacy', epoch: 7 },
    ]);
    expect(await readOwners(legacy.db, 'order')).toHaveLength(1_024);
    expect(await captureInstalled(legacy, 'order')).toBe(true);
    expect(await captureInstalled(legacy, 'upload')).toBe(false);
  });

  test('a newer form replaces the triggers of an older one, those of tables that it leaves too', async () => {
    await installCapture(legacy, orderMapping, 'legacy', initial);
    const [kind] = orderMapping.kinds;
    if (!kind) throw new Error('There is no kind.');
    const side = { ...kind.sides.legacy, captured: kind.sides.legacy.captured.slice(0, 1) };
    const newer = { ...orderMapping, kinds: [{ ...kind, sides: { ...kind.sides, legacy: side } }] };
    await installCapture(legacy, newer, 'legacy', initial);
    const { rows } = await legacy.pool.query(
      `select from pg_trigger where tgrelid = 'sales_items'::regclass and tgname like 'move%'`,
    );
    expect(rows).toEqual([]);
    await insertOrder(legacy.pool, customer);
    expect(await takeMarkers(legacy)).toHaveLength(1);
  });

  test('that is cut off anywhere leaves nothing, and the next run installs', async () => {
    await shareTables(legacy, orderMapping, 'legacy');
    const before = await traces(legacy);
    for (const after of [0, 5, 15, 30, 60]) {
      const installing = installCapture(legacy, orderMapping, 'legacy', initial).catch(() => {});
      await wait(after);
      await endConnections(legacy);
      await installing;
      if (!(await captureInstalled(legacy, 'order'))) expect(await traces(legacy)).toEqual(before);
    }
    await installCapture(legacy, orderMapping, 'legacy', initial);
    await insertOrder(legacy.pool, customer);
    expect(await takeMarkers(legacy)).toHaveLength(1);
  });

  test('under concurrent writers holds up none for long, and from then on every write is marked', async () => {
    const until = { stopped: false };
    let longest = 0;
    const written: string[] = [];
    const writers = Array.from({ length: 6 }, async () => {
      while (!until.stopped) {
        const began = performance.now();
        const id = await inTransaction(legacy, async (client) => {
          const order = await insertOrder(client, customer);
          await wait(10);
          await insertItem(client, order);
          return order;
        });
        longest = Math.max(longest, performance.now() - began);
        written.push(id);
      }
    });
    await wait(100);
    await installCapture(legacy, orderMapping, 'legacy', initial);
    // A transaction that ended by now may have written before the triggers were there.
    const { rows: settled } = await legacy.pool.query<{ id: string }>(
      'select order_id as id from sales_orders where order_id = any ($1)',
      [written],
    );
    await wait(200);
    until.stopped = true;
    await Promise.all(writers);
    const marked = new Set(await takeMarkers(legacy));
    const before = new Set(settled.map(({ id }) => id));
    expect(written.filter((id) => !before.has(id) && !marked.has(id))).toEqual([]);
    expect(marked.size).toBeGreaterThan(10);
    expect(longest).toBeLessThan(600);
  });

  test('waits for a long transaction without holding up the writers who come after it', async () => {
    const long = await legacy.pool.connect();
    // Also where an expectation fails: the tests after it would wait for this transaction.
    onTestFinished(() => long.release(true));
    await long.query('begin');
    await insertOrder(long, customer);
    const installing = installCapture(legacy, orderMapping, 'legacy', initial);
    let longest = 0;
    const open = 2_000;
    for (const end = performance.now() + open; performance.now() < end;) {
      const began = performance.now();
      await insertOrder(legacy.pool, customer);
      longest = Math.max(longest, performance.now() - began);
    }
    expect(await captureInstalled(legacy, 'order')).toBe(false);
    // 80 ms, on a machine that has time; who waited behind the transaction would wait for as long as it is open.
    expect(longest).toBeLessThan(open / 2);
    await long.query('commit');
    await installing;
    expect(await captureInstalled(legacy, 'order')).toBe(true);
  });

  test('a transaction with a snapshot from before is told to try again', async () => {
    const client = await legacy.pool.connect();
    onTestFinished(() => client.release(true));
    await client.query('begin isolation level repeatable read; select 1 from pg_class');
    await installCapture(legacy, orderMapping, 'legacy', initial);
    await expect(insertOrder(client, customer)).rejects.toMatchObject({ code: '40001' });
  });

  test('where the tables are not there says what to do, and leaves nothing', async () => {
    await expect(installCapture(orders, orderMapping, 'legacy', initial)).rejects.toThrow(
      /no table "public"."sales_orders".* start the service that owns it/,
    );
    expect(await captureInstalled(orders, 'order')).toBe(false);
  });
});

describe('removing', () => {
  test('leaves nothing but empty tables, and once more does nothing', async () => {
    await shareTables(legacy, orderMapping, 'legacy');
    const before = await traces(legacy);
    await installCapture(legacy, orderMapping, 'legacy', initial);
    await insertOrder(legacy.pool, customer);
    await removeCapture(legacy, orderMapping, 'legacy');
    expect(await traces(legacy)).toEqual(before);
    await removeCapture(legacy, orderMapping, 'legacy');
    await insertOrder(legacy.pool, customer);
  });

  test('under concurrent writers ends without an error for any of them', async () => {
    await installCapture(legacy, orderMapping, 'legacy', initial);
    const until = { stopped: false };
    const writers = Array.from({ length: 4 }, async () => {
      while (!until.stopped) await insertOrder(legacy.pool, customer);
    });
    await wait(50);
    await removeCapture(legacy, orderMapping, 'legacy');
    await wait(50);
    until.stopped = true;
    await expect(Promise.all(writers)).resolves.toHaveLength(4);
  });

  test('with the guard kept ends markers, and goes on to refuse', async () => {
    await installCapture(legacy, orderMapping, 'legacy', initial);
    await removeCapture(legacy, orderMapping, 'legacy', { keepGuard: true });
    expect(await captureInstalled(legacy, 'order')).toBe(false);
    await insertOrder(legacy.pool, customer);
    expect(await takeMarkers(legacy)).toEqual([]);
    await legacy.pool.query(`update move.ownership set owner = 'new'`);
    await expect(insertOrder(legacy.pool, customer)).rejects.toMatchObject({ code: 'MF001' });
    await removeCapture(legacy, orderMapping, 'legacy');
    await insertOrder(legacy.pool, customer);
  });
});

describe('two moves in one database', () => {
  test('are installed and removed each for itself', async () => {
    for (const [place, side] of [
      [legacy, 'legacy'],
      [resumeReview, 'new'],
    ] as const) {
      await shareTables(place, uploadMapping, side);
      const before = await traces(place);
      await Promise.all([
        installCapture(place, uploadMapping, side, initial),
        installCapture(place, aiMapping, side, initial),
      ]);
      const both = await traces(place);
      await removeCapture(place, uploadMapping, side);
      expect(await captureInstalled(place, 'ai')).toBe(true);
      await installCapture(place, uploadMapping, side, initial);
      expect(await traces(place)).toEqual(both);
      await removeCapture(place, aiMapping, side);
      await removeCapture(place, uploadMapping, side);
      expect(await traces(place)).toEqual(before);
    }
  });
});

describe('numbers', () => {
  test('are odd in the monolith and even in the domain while both are installed, none given twice', async () => {
    const last = await legacyNumber();
    await installMove(orderMapping, { legacy, new: orders }, initial);
    const given = [
      await legacyNumber(),
      await legacyNumber(),
      await newNumber(),
      await newNumber(),
    ];
    expect(given.map((number) => number % 2)).toEqual([1, 1, 0, 0]);
    expect(Math.min(...given)).toBeGreaterThan(last);
    // Again: nothing changes.
    await installMove(orderMapping, { legacy, new: orders }, initial);
    expect(await newNumber()).toBe((given[3] ?? 0) + 2);
    await removeCapture(orders, orderMapping, 'new');
    await removeCapture(legacy, orderMapping, 'legacy');
    const [first, second] = [await legacyNumber(), await legacyNumber()];
    expect(second).toBe(first + 1);
    expect(first).toBeGreaterThan(given[1] ?? 0);
  });
});

/** Ends all connections of the test to a database, as a crash of their process would. */
async function endConnections({ adminUrl }: Place): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(
    `select pg_terminate_backend(pid, 2000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await admin.end();
}
