import { flushCompileCache } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { bucketOf } from '#platform/moves/bucket.ts';
import { createLog } from '#platform/log.ts';
import { migrationConfig } from '../../../migration/config.ts';
import { flip } from '../../../migration/flip/run-flip.ts';
import { openMoves } from '../../../migration/open-moves.ts';
import { readOwners } from '../../../migration/ownership/owners.ts';
import { workOn, type MoveWork } from '../../../migration/stages/move-work.ts';
import { verifyMove } from '../../../migration/verification/verify-move.ts';
import { given } from './config.ts';
import { drawFrom } from './draw.ts';
import type { Telling } from './effects.ts';

/*
 * Flips buckets to and fro until it is killed, and verifies now and then. With TORTURE_SETTLE it only brings to an end
 * what others have left behind.
 */
const moves = openMoves(migrationConfig(), createLog('torture flipper', 'silent'));
const draw = drawFrom(Number(given('TORTURE_SEED')));
const customers = given('TORTURE_CUSTOMERS').split(',');
const isSettling = given('TORTURE_SETTLE') === 'yes';
const signature = { by: 'the torture', reason: null };
const tell = (telling: Telling) => process.send?.([telling]);
// Whoever started it is gone.
process.once('disconnect', () => process.exit());
// It has been loaded, which takes the longest; the next one has less to do.
flushCompileCache();
const buckets = [...new Set(customers.map((customer) => bucketOf('order', customer)))];

/** Some buckets that are on the same side. */
async function flipSome({ flipper, places, move }: MoveWork): Promise<void> {
  const owners = await readOwners(places.new.db, move, move === 'order' ? buckets : [0]);
  const to = draw.one(owners).owner === 'new' ? 'legacy' : 'new';
  const from = owners.flatMap(({ bucket, owner }) => (owner === to ? [] : [bucket]));
  // The more there are, the longer it takes until no transaction is in the way.
  const count = draw.chance(0.8) ? draw.whole(1, 6) : draw.whole(1, 24);
  if (from.length > 0) await flip(flipper, draw.some(from, count), to);
}

/** A difference that is none would be a false alarm, and any other a loss. */
async function verify({ places }: MoveWork): Promise<void> {
  const { differing, unmappable } = await verifyMove(places, { patience: 3_000 });
  for (const one of [...differing, ...unmappable].slice(0, 3)) {
    tell({ tell: 'fault', fault: `verification named ${JSON.stringify(one)}` });
  }
}

/** What it does before it may be disturbed: on a slow machine nothing would come to an end. */
let calm = draw.whole(0, 3);

async function act(): Promise<void> {
  const move = draw.chance(0.8) ? 'order' : 'inventory';
  const does = draw.chance(0.05) ? verify : flipSome;
  await workOn(moves, move, { signature, patience: 3_000 }, (work) => {
    if (calm-- <= 0) process.send?.([]);
    return does(work);
  });
}

if (isSettling) {
  for (const move of ['order', 'inventory'] as const) {
    await workOn(moves, move, { signature, patience: 30_000 }, async () => {});
  }
  await moves.close();
  process.disconnect();
} else {
  for (;;) {
    // Whatever is refused is in the journal, where the checks look.
    await act().catch(() => undefined);
    await sleep(draw.whole(20, 400));
  }
}
