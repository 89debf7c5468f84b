import { setTimeout as wait } from 'node:timers/promises';
import { createLog } from '#platform/log.ts';
import type { Side } from '#platform/moves/moves.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import type { Flipper } from '../../migration/flip/flipper.ts';
import { lockMove } from '../../migration/flip/move-lock.ts';
import { flip } from '../../migration/flip/run-flip.ts';
import { startRelay } from '../../migration/relay/start-relay.ts';
import { percentiles } from './migration-percentiles.ts';
import type { OrderSite } from './migration-site.ts';

/** Buckets that are flipped alone, and how many at once afterwards: as many as the mover takes. */
const ALONE = 200;
const TOGETHER = 64;
/** Writers of each side, and the milliseconds that each waits between two writes: 200 a second at most. */
const WRITERS = 4;
const PAUSE = 20;
/** Milliseconds between two flips. */
const BETWEEN = 20;

/** Measures for how long nobody can write to a bucket that changes sides, while others write and a relay carries. */
export async function flipPause(site: OrderSite): Promise<void> {
  const { places } = site;
  const relay = startRelay(places, { log: createLog('bench', 'error') });
  const lock = await lockMove(places, 'order', { patience: 0, lease: 5_000 });
  const signature = { by: 'bench', reason: 'how long writers wait' };
  const flipper: Flipper = { places, lock, signature, pause: 5_000, reach: () => {} };
  const over = new AbortController();
  const writing = write(site, over.signal);
  try {
    const { rows } = await places.legacy.pool.query<{ bucket: number }>(
      `select distinct move.bucket_of('order', user_id::text) as bucket from app_users order by 1 limit ${ALONE}`,
    );
    const buckets = rows.map(({ bucket }) => bucket);
    const alone = buckets.map((bucket) => [bucket]);
    const together = Array.from({ length: Math.ceil(buckets.length / TOGETHER) }, (_, n) =>
      buckets.slice(n * TOGETHER, (n + 1) * TOGETHER),
    );
    print('of one bucket', await pauses(flipper, alone, 'new'));
    print(`of up to ${TOGETHER} buckets, back`, await pauses(flipper, together, 'legacy'));
  } finally {
    over.abort();
    await writing;
    await lock.release();
    await relay.stop();
  }
}

async function pauses(
  flipper: Flipper,
  groups: readonly (readonly number[])[],
  to: Side,
): Promise<number[]> {
  const waited: number[] = [];
  for (const buckets of groups) {
    const { pausedMs } = await flip(flipper, buckets, to);
    waited.push(pausedMs);
    await wait(BETWEEN);
  }
  return waited;
}

const STATEMENTS = {
  legacy: 'update sales_orders set ship_name = $2 where order_id = $1',
  new: 'update "order" set shipping_name = $2 where id = $1',
};

/** Writers who change orders, each on one side, whoever owns them: what is refused is no write. */
async function write({ writers }: OrderSite, signal: AbortSignal): Promise<void> {
  const { rows } = await writers.legacy.pool.query<{ id: string }>(
    'select order_id as id from sales_orders order by random() limit 2000',
  );
  const writer = async (side: Side, first: number) => {
    for (let n = first; !signal.aborted; n += WRITERS) {
      const values = [rows[n % rows.length]?.id, `name ${n}`];
      await writers[side].pool.query(STATEMENTS[side], values).catch((error: unknown) => {
        if (!ownershipRefusal(error)) throw error;
      });
      await wait(PAUSE);
    }
  };
  const all = Array.from({ length: WRITERS }, (_, n) => [writer('legacy', n), writer('new', n)]);
  await Promise.all(all.flat());
}

const print = (what: string, waited: readonly number[]): void =>
  console.log(`pause of a flip ${what}: ${percentiles(waited)} (${waited.length} flips)`);
