import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createLog } from '#platform/log.ts';
import { startRelay } from '../../migration/relay/start-relay.ts';
import type { OrderSite } from './migration-site.ts';
import { percentiles } from './migration-percentiles.ts';

const WRITES_PER_SECOND = 500;
const SECONDS = 10;

/** Measures from the commit on the source to the commit on the target, by the clock of this process. */
export async function relayLag({ places, writers }: OrderSite): Promise<void> {
  const { rows } = await places.legacy.pool.query<{ id: string }>(
    `select order_id as id from sales_orders order by random() limit ${WRITES_PER_SECOND * SECONDS}`,
  );
  const relay = startRelay(places, { log: createLog('bench', 'error') });
  const listener = await places.new.pool.connect();
  const committed = new Map<string, number>();
  const lags: number[] = [];
  listener.on('notification', ({ payload = '' }) => {
    const now = performance.now();
    for (const id of (JSON.parse(payload) as { ids: string[] }).ids) {
      const at = committed.get(id);
      // Heard before the writer was answered: no lag that anybody could see.
      if (at !== undefined) lags.push(now - at);
      committed.set(id, Number.NaN);
    }
  });
  await listener.query('listen moves_relayed');
  const began = performance.now();
  await Promise.all(
    rows.map(async ({ id }, n) => {
      await wait((n * 1_000) / WRITES_PER_SECOND);
      await writers.legacy.pool.query(
        'update sales_orders set tracking_no = $2, updated_at = now() where order_id = $1',
        [id, randomUUID()],
      );
      if (!committed.has(id)) committed.set(id, performance.now());
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  await relay.settled(5_000);
  await wait(100);
  await relay.stop();
  listener.release(true);
  const heard = lags.filter((one) => !Number.isNaN(one));
  console.log(
    `relay lag at ${(rows.length / seconds).toFixed(0)} writes a second: ${percentiles(heard)} (${heard.length} of ${rows.length} heard)`,
  );
}
