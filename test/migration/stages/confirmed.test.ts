import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeLease } from '#platform/moves/leases.ts';
import { readMoveSnapshot, type MoveSnapshot } from '#platform/moves/move-state.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { captureInstalled } from '../../../migration/capture/install-capture.ts';
import { runMoveCommand } from '../../../migration/commands/run.ts';
import { advance } from '../../../migration/stages/advance.ts';
import { changeStateEverywhere } from '../../../migration/stages/change-state.ts';
import { rollback } from '../../../migration/stages/rollback.ts';
import { verifyNow } from '../../../migration/stages/verify-once.ts';
import { BY_TEST, moveSite, type MoveSite } from '../move-site.ts';

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite({ FLIP_BUCKETS: '1024' });
  await site.bring('order', 'shadow');
  await verifyNow(site.moves.placesOf('order'), { signature: BY_TEST });
}, 60_000);
afterAll(() => site.close());

const stateOf = ({ moves }: MoveSnapshot, move: MoveName): string => {
  const state = moves.get(move);
  return `${state?.stage} ${state?.readPercent}`;
};
const current = () => readMoveSnapshot(site.moves.control.db);

/**
 * A replica of the gateway that is slow to follow, as far as its lease lets it.
 *
 * @returns ends it, and gives what it routed by, with what the state was by then
 */
function slowReplica(move: MoveName): () => Promise<Set<string>> {
  const seen = new Set<string>();
  const over = new AbortController();
  const { db } = site.moves.control;
  const run = async () => {
    while (!over.signal.aborted) {
      let known = await current();
      for (;;) {
        await writeLease(db, 'slow', known.version);
        const now = await current();
        if (now.version === known.version) break;
        known = now;
      }
      // It routes by this for as long as it sleeps.
      await wait(300);
      seen.add(`${stateOf(known, move)} while ${stateOf(await current(), move)}`);
    }
  };
  const running = run();
  return async () => {
    over.abort();
    await running;
    await db.execute('delete from move_lease');
    return seen;
  };
}

async function renameInLegacy(name: string): Promise<void> {
  await site.moves.legacy.pool.query('update sales_orders set ship_name = $1', [name]);
}

async function namesOnNewSide(): Promise<unknown[]> {
  const { rows } = await site.moves
    .placesOf('order')
    .new.pool.query('select distinct shipping_name as name from "order"');
  return rows.map(({ name }) => name);
}

describe('what gateways route by', () => {
  test('lets nobody read from the new side before all replicas let mutations wait for it, and what was written is there', async () => {
    const end = slowReplica('order');
    await site.moves.legacy.pool.query(
      `update sales_orders set ship_name = 'just before' where order_id in (select order_id from sales_orders order by 1 limit 50)`,
    );
    await site.work('order', (work) => advance(work, 50));
    const seen = await end();
    expect(await namesOnNewSide()).toContain('just before');
    expect(stateOf(await current(), 'order')).toBe('canary 50');
    expect([...seen]).toContain('shadow 0 while canary 0');
    expect([...seen].filter((pair) => /^shadow 0 while .* 50$/.test(pair))).toEqual([]);
  });

  test('lets no mutation go without waiting as long as a replica reads from the new side', async () => {
    const end = slowReplica('order');
    await site.work('order', (work) => rollback(work, 'shadow'));
    const seen = await end();
    expect(stateOf(await current(), 'order')).toBe('shadow 0');
    expect([...seen]).toContain('canary 50 while canary 0');
    expect([...seen]).not.toContain('canary 50 while shadow 0');
  });

  test('is waited for until a replica that has died has lost its lease', async () => {
    const { control } = site.moves;
    const { version } = await current();
    await writeLease(control.db, 'dead', version);
    const began = performance.now();
    await changeStateEverywhere(control, 'order', { stage: 'canary' }, BY_TEST);
    expect(performance.now() - began).toBeGreaterThan(800);
    await changeStateEverywhere(control, 'order', { stage: 'shadow' }, BY_TEST);
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describe('move set', () => {
  const set = async (percent: string) => {
    const said: string[] = [];
    const words = ['set', 'order', '--read-percent', percent];
    await runMoveCommand(words, (text) => said.push(text), site.variables);
    return said.join('\n');
  };

  test(
    'carries over what was written before the first reader comes',
    { timeout: 30_000 },
    async () => {
      await renameInLegacy('before the first reader');
      expect(await set('10')).toContain('order: reads legacy -> 10% new');
      expect(await namesOnNewSide()).toEqual(['before the first reader']);
      expect(await set('0')).toContain('order: reads 10% new -> legacy');
      expect(stateOf(await current(), 'order')).toBe('shadow 0');
    },
  );

  test('ends what somebody has left between the two steps', async () => {
    await changeStateEverywhere(site.moves.control, 'order', { stage: 'canary' }, BY_TEST);
    await set('0');
    expect(stateOf(await current(), 'order')).toBe('shadow 0');
  });
});

describe('something parked', () => {
  const park = () =>
    site.moves.legacy.pool.query(
      `insert into move.parked (move, kind, aggregate_id, bucket, reason)
       values ('order', 'order', gen_random_uuid(), 0, 'is still being written')`,
    );
  const unpark = () => site.moves.legacy.pool.query('delete from move.parked');

  test('for a moment only holds up nothing', async () => {
    await park();
    const ended = wait(500).then(unpark);
    await site.work('order', (work) => advance(work, 5));
    await ended;
    expect(stateOf(await current(), 'order')).toBe('canary 5');
  });

  test('when reads begin keeps the move in shadow, and is named', async () => {
    await site.bring('auth', 'shadow');
    await verifyNow(site.moves.placesOf('auth'), { signature: BY_TEST });
    const { pool } = site.moves.legacy;
    await pool.query('alter table app_users drop constraint app_users_role');
    // The gates see a change on its way; that it fits nowhere shows when it is carried.
    await pool.query(`update app_users set role_cd = 'ROOT' where email = 'staff@example.com'`);
    await expect(site.work('auth', (work) => advance(work, 5))).rejects.toThrow(
      /auth stays in shadow: account [^]*"ROOT" is none of/,
    );
    expect(stateOf(await current(), 'auth')).toBe('shadow 0');
  });
});

test('capture goes after no replica waits for it any more', async () => {
  const end = slowReplica('order');
  const { legacy } = site.moves.placesOf('order');
  const rolled = site.work('order', (work) => rollback(work, 'legacy'));
  const early: string[] = [];
  for (let isOver = false; !isOver;) {
    const state = stateOf(await current(), 'order');
    if (!state.startsWith('legacy') && !state.startsWith('shadow')) {
      if (!(await captureInstalled(legacy, 'order'))) early.push(state);
    }
    isOver = await Promise.race([rolled.then(() => true), wait(20, false)]);
  }
  await end();
  expect(early).toEqual([]);
  expect(await captureInstalled(legacy, 'order')).toBe(false);
});
