import { startBackfill } from '../../migration/backfill/backfill.ts';
import type { MovePlaces } from '../../migration/move-places.ts';
import { drain } from '../../migration/relay/drain.ts';
import { verifyMove } from '../../migration/verification/verify-move.ts';
import { ORDERS } from './migration-site.ts';

/** What a plain copy of the same rows would be, inside one database. */
const PLAIN = `
  create table plain_order (like sales_orders including all);
  create table plain_item (like sales_items including all);
  insert into plain_order overriding system value select * from sales_orders;
  insert into plain_item select * from sales_items;
  drop table plain_order, plain_item`;

const rate = (seconds: number) => (ORDERS / seconds).toFixed(0);

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return (performance.now() - began) / 1_000;
}

const copy = (places: MovePlaces) =>
  timed(async () => {
    await startBackfill(places, 'legacy', { carries: true });
    await drain(places, 'legacy', { deadline: Date.now() + 120_000 });
  });

/** Measures how fast a backfill is: into an empty side, and where everything is equal already. */
export async function backfillRate(places: MovePlaces): Promise<void> {
  const plain = await timed(() => places.legacy.pool.query(PLAIN));
  const filled = await copy(places);
  console.log(
    `backfill: ${rate(filled)} orders a second; INSERT … SELECT of the same rows in one database: ${rate(plain)}; ratio ${(plain / filled).toFixed(3)}`,
  );
  await Promise.all([places.legacy, places.new].map(({ pool }) => pool.query('vacuum analyze')));
  const equal = await copy(places);
  console.log(
    `backfill of what is equal already: ${rate(equal)} orders a second; ratio ${(plain / equal).toFixed(3)}`,
  );
}

/** Measures how fast both sides are compared, once everything has been carried over. */
export async function verificationRate(places: MovePlaces): Promise<void> {
  const seconds = await timed(async () => {
    const { differing, checked } = await verifyMove(places);
    if (differing.length > 0 || checked !== ORDERS) throw new Error('The sides are not equal.');
  });
  const million = 1_000_000 / (ORDERS / seconds) / 60;
  console.log(
    `verification: ${rate(seconds)} orders a second; a million: ${million.toFixed(1)} minutes`,
  );
}
