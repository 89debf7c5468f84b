import { inArray, sql } from 'drizzle-orm';
import type { Cache } from '#platform/cache/cache.ts';
import { followRelay } from '#platform/moves/relayed.ts';
import type { MonolithApp, MonolithDeps } from '../app.ts';
import { stocks } from '../tables.ts';

/** Milliseconds that a number of available pieces is served from the cache. */
const TTL = 10_000;

const keyOf = (productId: string) => `stock:available:${productId}`;

/** How often availability was forgotten, so that what was read before is not cached after. */
const changes = new WeakMap<Cache, number>();

/** Until when the cache is passed by, in milliseconds since 1970. */
const distrusted = new WeakMap<Cache, number>();

/**
 * How many pieces of each product can be ordered, over all warehouses; 0 for what was never in stock. From
 * the cache where it is there.
 */
export async function availableStock(
  { db, cache }: Pick<MonolithDeps, 'db' | 'cache'>,
  productIds: readonly string[],
): Promise<Map<string, number>> {
  const isTrusted = (distrusted.get(cache) ?? 0) < Date.now();
  const cached = isTrusted
    ? await Promise.all(productIds.map((id) => cache.get<number>(keyOf(id))))
    : [];
  const available = new Map(productIds.map((id, index) => [id, cached[index] ?? 0]));
  const missing = productIds.filter((_, index) => cached[index] === undefined);
  if (missing.length === 0) return available;
  const changesBefore = changes.get(cache);
  const rows = await db
    .select({
      productId: stocks.productId,
      qty: sql<number>`sum(${stocks.qtyOnHand} - ${stocks.qtyReserved})`.mapWith(Number),
    })
    .from(stocks)
    .where(inArray(stocks.productId, missing))
    .groupBy(stocks.productId);
  for (const { productId, qty } of rows) available.set(productId, qty);
  if (isTrusted && changes.get(cache) === changesBefore) {
    await Promise.all(missing.map((id) => cache.set(keyOf(id), available.get(id), TTL)));
  }
  return available;
}

/** To be called after the commit of everything that changes what is available. */
export async function forgetAvailability(
  cache: Cache,
  productIds: readonly string[],
): Promise<void> {
  changes.set(cache, (changes.get(cache) ?? 0) + 1);
  await cache.delete(productIds.map(keyOf));
}

/** Lets what is available be forgotten when a data move writes it, as long as the server listens. */
export function followRelayedStock(
  app: MonolithApp,
  { cache, config, log }: Pick<MonolithDeps, 'cache' | 'config' | 'log'>,
): void {
  let following: { stop(): Promise<void> } | undefined;
  app.addHook('onListen', async () => {
    following = followRelay(
      config.DATABASE_URL,
      log,
      async ({ kind, ids }) => {
        if (kind === 'level') await forgetAvailability(cache, ids);
      },
      // What was written meanwhile may stand in the cache until its time is over.
      () => distrusted.set(cache, Date.now() + TTL),
    );
  });
  app.addHook('onClose', async () => following?.stop());
}
