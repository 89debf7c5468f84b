import { flipPause } from './migration-flip.ts';
import { millionOrders } from './migration-million.ts';
import { backfillRate, verificationRate } from './migration-rates.ts';
import { relayLag } from './migration-relay.ts';
import { orderSite } from './migration-site.ts';
import { triggersBench } from './migration-triggers.ts';

export interface MigrationBenchOptions {
  readonly rounds: number;
  /** Parts, by name: `triggers`, `orders`, `million`; without any, the first two. */
  readonly only: readonly string[];
  /** `SEED_SCALE` of the part `million`. */
  readonly scale: number;
  /** Where the database of the part `million` is kept; absent: it is made, and removed afterwards. */
  readonly directory: string | undefined;
}

/** All figures of the data move, one part after the other, each on servers of its own. */
export async function migrationBench(options: MigrationBenchOptions): Promise<void> {
  const { only, rounds, scale, directory } = options;
  const isAsked = (part: string) => only.includes(part) || only.length === 0;
  if (isAsked('triggers')) await triggersBench(rounds);
  if (isAsked('orders')) await ordersBench();
  if (only.includes('million')) await millionOrders(scale, directory);
}

async function ordersBench(): Promise<void> {
  const site = await orderSite();
  try {
    await backfillRate(site.places);
    await verificationRate(site.places);
    await relayLag(site);
    await flipPause(site);
  } finally {
    await site.close();
  }
}
