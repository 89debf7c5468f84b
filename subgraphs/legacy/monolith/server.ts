import { fileURLToPath } from 'node:url';
import { openCache } from '#platform/cache/open-cache.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { createHttpServer, listen, type RunningServer } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { httpMover } from '#platform/moves/mover.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { addApi } from './api.ts';
import type { MonolithConfig } from './config.ts';
import { openDomains } from './domains.ts';
import { SETTLE_WITHIN, settleHere } from './settle-here.ts';

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url));

/**
 * Starts the monolith on its own database, brought to the newest migration first.
 *
 * @param clock gives the present time
 */
export async function startMonolith(
  config: MonolithConfig,
  clock: () => Date = () => new Date(),
): Promise<RunningServer> {
  const log = createLog('monolith', config.LOG_LEVEL);
  const metrics = createMetrics('monolith', config.PORT !== 0);
  await migrateDatabase(config.DATABASE_URL, MIGRATIONS);
  const database = openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'monolith',
    log,
    metrics,
  });
  const cache = await openCache(config.REDIS_URL, 'monolith', log);
  const server = createHttpServer({
    log,
    metrics,
    readiness: [{ name: 'database', check: () => database.ping() }],
  });
  const { db } = database;
  const ownership = ownershipHere(db, 'legacy');
  const domains = openDomains(config);
  const ask = httpMover({ url: config.MIGRATION_URL, within: SETTLE_WITHIN, log });
  const settle = settleHere(ownership, ask);
  await addApi(server, { database, db, cache, ownership, domains, settle, config, log, clock });
  return listen(server, config, async () => {
    await Promise.all([domains.close(), database.close(), cache.close()]);
  });
}
