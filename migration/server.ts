import { join } from 'node:path';
import { z } from 'zod';
import { migrateDatabase } from '#platform/database/migrate.ts';
import type { Database } from '#platform/database/pool.ts';
import { createHttpServer, listen, type RunningServer } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { repeatJob } from '#platform/repeat-job.ts';
import { readMoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES } from '#platform/moves/moves.ts';
import type { ServeConfig } from './config.ts';
import { createController } from './controller.ts';
import { moverMetrics } from './mover-metrics.ts';
import { openMoves } from './open-moves.ts';
import { releasePins } from './pins/release.ts';
import { settle } from './pins/settle.ts';
import { relays } from './relays.ts';

const NAME = 'migration';
/** Milliseconds between two looks at what is to be done. */
const LOOK_EVERY = 1_000;
/** Milliseconds between two looks at readers who wait for the other side to catch up. */
const RELEASE_EVERY = 250;

/** What a writer waits for: the other side holds what has been written. */
const settleBody = z.object({
  moves: z.array(z.enum(MOVES.map(({ name }) => name))).optional(),
  /** Milliseconds. */
  within: z.number().min(0).max(5_000).default(250),
  /** Milliseconds ago that the writer began: what has been stuck for longer is nothing of theirs. */
  since: z.number().min(0).optional(),
});

/**
 * Serves the mover: carries what is written on one side of each move to the other, brings to an end what others have left
 * behind, and follows the flags. Any number may run; they take turns where it matters.
 */
export async function startMigration(config: ServeConfig): Promise<RunningServer> {
  await migrateDatabase(config.CONTROL_DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const log = createLog(NAME, config.LOG_LEVEL);
  const metrics = createMetrics(NAME, config.PORT !== 0);
  const moves = openMoves(config, log);
  const counted = moverMetrics(metrics);
  const carrying = relays(moves, log, counted);
  const controller = createController({ moves, relays: carrying, log, metrics: counted });
  const looking = repeatJob(log, 'a look at the moves', LOOK_EVERY, () => controller.look());
  const releasing = repeatJob(log, 'a release of pins', RELEASE_EVERY, () =>
    releasePins(moves, carrying),
  );
  /** When all moves are sealed, nobody needs the monolith's database any more. */
  const whereCarried = async (legacy: Database) => {
    const { moves: states } = await readMoveSnapshot(moves.control.db);
    if (!MOVES.every(({ name }) => states.get(name)?.stage === 'sealed')) await legacy.ping();
  };
  const server = createHttpServer({
    log,
    metrics,
    readiness: [
      { name: 'control', check: () => moves.control.ping() },
      { name: 'legacy', check: () => whereCarried(moves.legacy) },
      ...moves.all.map(({ mapping, new: fresh }) => ({
        name: mapping.name,
        check: () => fresh.ping(),
      })),
    ],
    details: () => ({ moves: controller.seen() }),
  });
  server.post('/settle', async (request, reply) => {
    const body = settleBody.safeParse(request.body ?? {});
    if (!body.success) return reply.status(400).send({ problem: z.prettifyError(body.error) });
    const { moves: names = MOVES.map(({ name }) => name), within, since } = body.data;
    const unsettled = await settle(moves, carrying, names, within, since);
    return { settled: unsettled.length === 0, unsettled };
  });
  await controller.look();
  return listen(server, config, async () => {
    await looking.stop();
    await releasing.stop();
    await controller.stop();
    await carrying.stop();
    await moves.close();
  });
}
