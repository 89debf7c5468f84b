import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { transaction } from '#platform/database/transaction.ts';
import { bucketOf } from '#platform/moves/bucket.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { flip } from '../../../migration/flip/run-flip.ts';
import { flipShare } from '../../../migration/stages/flip-share.ts';
import { moveSite, type MoveSite } from '../move-site.ts';

// Orders go back to the monolith while others are being placed and paid.

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite({ FLIP_BUCKETS: '1024' });
  await site.bring('order', 'cutover');
}, 120_000);
afterAll(() => site?.close());
const orders = () => site.moves.placesOf('order').new.pool;
afterEach(() => orders().query('delete from saga'));

/** Begins a saga of a customer, as the order service does: not without its bucket. @returns its bucket */
async function beginSaga(step = 'PAY', stage = 'CHARGE', customer: string = randomUUID()) {
  const bucket = bucketOf('order', customer);
  await orders().query(
    `insert into saga (order_id, step, stage, data, customer_id, started_at, lease_until, retry_at)
     select $1, $2, $3, '{}', $4, now(), now(), now()
     from (select from move.ownership where move = 'order' and bucket = $5 and owner = 'new' for share) held`,
    [randomUUID(), step, stage, customer, bucket],
  );
  return bucket;
}

const flipTo = (to: 'legacy' | 'new', buckets: readonly number[]) =>
  site.work('order', ({ flipper }) => flip(flipper, buckets, to));

test('an order that is unfinished holds up the bucket of its customer, and no other', async () => {
  const bucket = await beginSaga();
  const other = (bucket + 1) % 1_024;
  await flipTo('legacy', [other]);
  await expect(flipTo('legacy', [bucket])).rejects.toThrow(
    /order stays where it was: order: 1 order is unfinished: a new order \([-0-9a-f]+, PAY at CHARGE\)\. The order service brings/,
  );
  await flipTo('new', [other]);
});

test('a placement that is being undone holds up nobody: that goes on wherever its customer is', async () => {
  const undone = await beginSaga('PLACE', 'UNDO');
  const settled = await beginSaga('PLACE', 'SETTLE');
  const buckets = [...new Set([undone, settled])];
  await flipTo('legacy', buckets);
  await flipTo('new', buckets);
  const placed = await beginSaga('PLACE', 'RESERVE');
  await expect(flipTo('legacy', [placed])).rejects.toThrow('PLACE at RESERVE');
});

test(
  'all orders go back though others are held for long at any moment, as while money moves',
  { timeout: 120_000 },
  async () => {
    const { db } = site.moves.placesOf('order').new;
    const ownership = ownershipHere(db, 'new');
    const until = { isOver: false };
    const payments = Array.from({ length: 3 }, async () => {
      while (!until.isOver) {
        await transaction(db, async (tx) => {
          await ownership.hold(tx, 'order', randomUUID());
          await wait(400);
        }).catch(async (error: unknown) => {
          if (!ownershipRefusal(error)) throw error;
          await wait(20);
        });
      }
    });
    try {
      await site.work('order', ({ flipper }) =>
        flipShare(flipper, 0, { patience: 30_000, chunk: 256 }),
      );
    } finally {
      until.isOver = true;
      await Promise.all(payments);
    }
    expect(await site.owned('order')).toEqual({ legacy: 1_024, new: 0, moving: 0 });
    await site.work('order', ({ flipper }) =>
      flipShare(flipper, 100, { patience: 20_000, chunk: 1_024 }),
    );
  },
);

test(
  'all orders go back though some are unfinished at any moment',
  { timeout: 120_000 },
  async () => {
    const until = { isOver: false };
    const customers = Array.from({ length: 12 }, async () => {
      while (!until.isOver) {
        const customer = randomUUID();
        await beginSaga('PAY', 'CHARGE', customer);
        await wait(150 + Math.random() * 150);
        await orders().query('delete from saga where customer_id = $1', [customer]);
      }
    });
    try {
      await wait(300);
      await site.work('order', ({ flipper }) =>
        flipShare(flipper, 0, { patience: 20_000, chunk: 256 }),
      );
    } finally {
      until.isOver = true;
      await Promise.all(customers);
    }
    expect(await site.owned('order')).toEqual({ legacy: 1_024, new: 0, moving: 0 });
  },
);
