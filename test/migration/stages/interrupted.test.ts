import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import type { MoveProgress } from '#platform/moves/move-state.ts';
import { moveNamed, type Move } from '#platform/moves/moves.ts';
import { markChunk } from '../../../migration/backfill/mark-chunk.ts';
import { readBackfill, resetBackfill } from '../../../migration/backfill/progress.ts';
import { captureInstalled } from '../../../migration/capture/install-capture.ts';
import { removeCapture } from '../../../migration/capture/remove-capture.ts';
import type { Kind } from '../../../migration/moves/mapping.ts';
import { createController } from '../../../migration/controller.ts';
import { moverMetrics } from '../../../migration/mover-metrics.ts';
import { pendingMarkers } from '../../../migration/relay/markers.ts';
import { advance, planAdvance } from '../../../migration/stages/advance.ts';
import { readJournal } from '../../../migration/journal/journal.ts';
import { changeState } from '../../../migration/stages/change-state.ts';
import { backfillNow } from '../../../migration/stages/backfill-now.ts';
import { gatesOf } from '../../../migration/stages/gates.ts';
import { verifyNow } from '../../../migration/stages/verify-once.ts';
import { install } from '../../../migration/stages/install.ts';
import { workOn } from '../../../migration/stages/move-work.ts';
import { readFacts } from '../../../migration/stages/read-facts.ts';
import { seal } from '../../../migration/stages/seal.ts';
import { setReads } from '../../../migration/stages/set-reads.ts';
import { BY_TEST, moveSite, type MoveSite } from '../move-site.ts';

// Commands that were killed half-way, and people who do not know of each other.

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite();
  // So that there is a schema `move` whatever becomes of auth.
  await install(site.moves.placesOf('product'), 'legacy', BY_TEST);
}, 60_000);
afterAll(() => site?.close());
beforeEach(async () => {
  await install(site.moves.placesOf('auth'), 'legacy', BY_TEST);
});

const auth = () => site.moves.placesOf('auth');
const set = (change: MoveProgress) => changeState(site.moves.control, 'auth', change, BY_TEST);
const state = async () => {
  const { stage, readPercent, writePercent } = (await readFacts(site.moves, 'auth')).state;
  return [stage, readPercent, writePercent];
};
const isCaptured = (side: 'legacy' | 'new') => captureInstalled(auth()[side], 'auth');

test('where capture is on one side only, because its removal was interrupted, a move does not go on', async () => {
  await set({ stage: 'shadow', readPercent: 0, writePercent: 0 });
  await removeCapture(auth().legacy, auth().mapping, 'legacy');
  const { gates } = planAdvance(await readFacts(site.moves, 'auth'), 10);
  expect(gates).toContainEqual({
    asked: 'each side hears of what is written on the other',
    found: 'new captures',
    met: false,
    advice: expect.stringContaining('npm run move -- rollback auth --to legacy') as string,
  });
});

describe('a seal that was interrupted before capture was gone', () => {
  const sealed = { stage: 'sealed', readPercent: 100, writePercent: 100 } as const;

  test('is finished by whoever calls it again', async () => {
    const places = site.moves.placesOf('inventory');
    await install(places, 'legacy', BY_TEST);
    await changeState(site.moves.control, 'inventory', sealed, BY_TEST);
    expect(await site.work('inventory', seal)).toEqual([]);
    for (const side of ['legacy', 'new'] as const) {
      expect(await captureInstalled(places[side], 'inventory')).toBe(false);
    }
    await expect(site.work('inventory', seal)).rejects.toThrow('inventory is sealed already');
  });

  test('is finished by the process "migration"', async () => {
    await set(sealed);
    const log = createLog('tests', 'silent');
    const none = { keep: async () => {}, running: () => [], stop: async () => {} };
    const metrics = moverMetrics(createMetrics('tests'));
    const controller = createController({ moves: site.moves, relays: none, log, metrics });
    const look = async () => {
      await controller.look();
      return isCaptured('new');
    };
    await expect.poll(look, { timeout: 15_000, interval: 500 }).toBe(false);
    await controller.stop();
    expect(await isCaptured('legacy')).toBe(false);
  });
});

describe('two people at once', () => {
  /** Changes the reads as somebody does who is a moment faster, and is seen only after the other has looked. */
  async function meanwhile(readPercent: number, act: () => Promise<unknown>): Promise<unknown> {
    const client = await site.moves.control.pool.connect();
    try {
      await client.query('begin');
      await client.query(`update move_state set read_percent = $1 where move = 'auth'`, [
        readPercent,
      ]);
      const outcome = act().then(
        () => 'done',
        (error: Error) => error.message,
      );
      // Not in the transaction: it would see the same each time.
      const waiting = () =>
        site.moves.control.pool.query(
          `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        );
      while ((await waiting()).rows.length === 0) await wait(10);
      await client.query('commit');
      return await outcome;
    } finally {
      client.release();
    }
  }

  test('an advance whose reads were raised meanwhile does not lower them', async () => {
    await set({ stage: 'canary', readPercent: 20, writePercent: 0 });
    const raise = () => site.work('auth', (work) => advance(work, 40));
    expect(await meanwhile(60, raise)).toContain('somebody else has changed auth meanwhile');
    const [last] = await readJournal(site.moves.control.db, 'auth', 1);
    expect(last).toMatchObject({ action: 'advance', step: 'failed' });
    expect(await state()).toEqual(['canary', 60, 0]);
  });

  test('a share of reads that was set meanwhile is not set back', async () => {
    await set({ stage: 'canary', readPercent: 20, writePercent: 0 });
    const end = () => reads(0);
    expect(await meanwhile(60, end)).toContain('somebody else has changed auth meanwhile');
    expect(await state()).toEqual(['canary', 60, 0]);
  });

  test('one after the other, do not get in the way of each other', async () => {
    const now = { signature: BY_TEST, patience: 0 };
    for (let turn = 0; turn < 20; turn += 1) {
      expect(await workOn(site.moves, 'auth', now, async () => turn)).toBe(turn);
    }
  });

  test('reads are not taken forward while somebody takes the move back', async () => {
    await set({ stage: 'cutover', readPercent: 0, writePercent: 0 });
    await site.work('auth', async () => {
      await expect(reads(100)).rejects.toMatchObject({ code: 'MOVE_BUSY' });
    });
    expect(await state()).toEqual(['cutover', 0, 0]);
    await reads(100);
    expect(await state()).toEqual(['cutover', 100, 0]);
  });

  const reads = (percent: number) =>
    setReads(site.moves.control, moveNamed('auth') as Move, percent, {
      signature: BY_TEST,
      isDry: false,
      workAlone: (act) => workOn(site.moves, 'auth', { signature: BY_TEST, patience: 100 }, act),
    });
});

test('a verification counts for a backfill only where it began after its end, whatever the clock of who asked for it says', async () => {
  await backfillNow(auth(), 'legacy', { signature: BY_TEST });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3_600_000 });
  try {
    await verifyNow(auth(), { signature: BY_TEST });
  } finally {
    vi.useRealTimers();
  }
  await backfillNow(auth(), 'legacy', { signature: BY_TEST, restart: true });
  const gates = gatesOf('shadow to canary', await readFacts(site.moves, 'auth'));
  expect(gates).toContainEqual(
    expect.objectContaining({
      met: false,
      found: expect.stringContaining('before the backfill ended') as string,
    }),
  );
});

describe('a backfill whose move is taken back meanwhile', () => {
  const accounts = () => auth().mapping.kinds[0] as Kind;
  const first = {
    kind: 'account',
    pass: 'source',
    lastId: null,
    marked: 0,
    finishedAt: null,
  } as const;

  test('ends, and leaves no markers that nobody would carry', async () => {
    await resetBackfill(auth().legacy, 'auth', ['account']);
    await removeCapture(auth().legacy, auth().mapping, 'legacy');
    await expect(markChunk(auth(), 'legacy', accounts(), first, 10)).rejects.toMatchObject({
      code: 'BACKFILL_ENDED',
    });
    expect(await pendingMarkers(auth().legacy.db, 'auth')).toMatchObject({ count: 0 });
  });

  test('does not count as finished when the move goes forward again', async () => {
    await removeCapture(auth().legacy, auth().mapping, 'legacy');
    await resetBackfill(auth().legacy, 'auth', ['account']);
    await auth().legacy.pool.query('update move.backfill set finished_at = now()');
    await install(auth(), 'legacy', BY_TEST);
    expect(await readBackfill(auth().legacy, 'auth')).toEqual([]);
  });
});
