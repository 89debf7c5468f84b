import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';
import type { Db } from '#platform/database/pool.ts';
import { eq, or } from 'drizzle-orm';
import { graphError } from '#platform/graph/errors.ts';
import {
  claimAbandoned,
  claimSaga,
  deleteSaga,
  insertSaga,
  isOnItsWay,
  renewLeases,
  type NewSaga,
  type SagaRow,
  type SagaSought,
} from '../repository/sagas.ts';
import { saga as sagaTable } from '../tables.ts';
import { sagaRunner, type RunnerOptions } from './runner.ts';

/** How many abandoned sagas are finished at once. */
const SWEEP_BATCH = 10;
/** Milliseconds that a request waits for a saga that stands in its way. */
const PATIENCE_MS = 8_000;
/** Milliseconds between two looks at it: at first, and at most. In a rush, hundreds of requests look. */
const FIRST_POLL_MS = 50;
const LAST_POLL_MS = 800;

/** The sagas of a replica: those it runs for its clients, and those it finds abandoned. */
export interface Sagas {
  /** Begins a saga in a transaction, until the end of which the customer's orders stay here. @throws OwnershipRefused @returns null where the order, or the key of the customer, has one on its way */
  begin(tx: Db, saga: NewSaga): Promise<SagaRow | null>;
  /** Sees to it that a customer's orders stay here until a transaction ends. @throws OwnershipRefused */
  hold(tx: Db, customerId: string): Promise<void>;
  /** Runs a saga that was begun here. @throws StageFailed or SagaLost */
  run(saga: SagaRow, requestId: string): Promise<unknown>;
  /** Gives up a saga that was begun here and has done nothing. */
  drop(saga: SagaRow): Promise<void>;
  /**
   * Returns when no such saga is on its way any more; one that somebody has left behind is brought to its end.
   *
   * @throws UPSTREAM_TIMEOUT when it takes too long, StageFailed
   */
  settle(which: SagaSought, requestId: string): Promise<void>;
  /** Stops looking for abandoned sagas, and waits for those that are being run. */
  stop(): Promise<void>;
}

export interface SagasOptions extends RunnerOptions {
  /** Milliseconds between two looks for abandoned sagas. */
  readonly sweepMs: number;
  readonly ownership: OwnershipHere;
}

/** Looks for abandoned sagas at once, and again and again until it is stopped. */
export function startSagas(options: SagasOptions): Sagas {
  const { db } = options.database;
  const { leaseMs } = options;
  const runner = sagaRunner(options);
  const stopSweep = repeat(options.sweepMs, options, () => sweep(options, runner));
  const stopSigns = repeat(Math.floor(leaseMs / 3), options, async () => {
    if (runner.active.size > 0) await renewLeases(db, leaseMs, [...runner.active]);
  });
  return {
    begin: async (tx, saga) => {
      await options.ownership.hold(tx, 'order', saga.customerId);
      return insertSaga(tx, leaseMs, saga);
    },
    hold: (tx, customerId) => options.ownership.hold(tx, 'order', customerId),
    run: (saga, requestId) => runner.run(saga, { requestId, takenOver: false }),
    drop: async (saga) => {
      await deleteSaga(db, saga);
    },
    settle: async (which, requestId) => {
      const deadline = Date.now() + PATIENCE_MS;
      let pause = FIRST_POLL_MS;
      while (Date.now() < deadline) {
        const found = await claimSaga(db, leaseMs, which);
        if (found) await runner.run(found, { requestId, takenOver: true });
        else if (!(await isOnItsWay(db, which))) return;
        else await wait(pause);
        pause = Math.min(pause * 1.5, LAST_POLL_MS);
      }
      throw graphError(
        'UPSTREAM_TIMEOUT',
        'The same order is still being worked on: send the request again in a moment.',
      );
    },
    stop: async () => {
      await stopSweep();
      while (runner.active.size > 0) await wait(FIRST_POLL_MS);
      await stopSigns();
    },
  };
}

async function sweep(
  { database, leaseMs, log, ownership }: SagasOptions,
  runner: ReturnType<typeof sagaRunner>,
): Promise<void> {
  // The order of a placement is not there yet: wherever its customer's orders are, it can be undone here. Every other
  // step waits until the order is back.
  const owned = await ownership.ownedRows('order', sagaTable.customerId);
  const condition = owned && or(owned, eq(sagaTable.step, 'PLACE'));
  const found = await claimAbandoned(database.db, leaseMs, SWEEP_BATCH, condition);
  await Promise.all(
    found.map(async (saga) => {
      const { orderId, step, stage } = saga;
      const requestId = `order-sweep-${randomUUID()}`;
      log.info({ orderId, step, stage, requestId }, 'finishing or undoing an abandoned saga');
      // The runner has logged a failure, and recorded when to try again.
      await runner.run(saga, { requestId, takenOver: true }).catch(() => {});
    }),
  );
}

/** Does something at once and then again and again, one after the other. @returns what ends it and waits for it */
function repeat(
  everyMs: number,
  { log }: SagasOptions,
  act: () => Promise<void>,
): () => Promise<void> {
  const ending = new AbortController();
  const loop = async () => {
    while (!ending.signal.aborted) {
      await act().catch((error: unknown) =>
        log.error({ err: error }, 'sagas cannot be looked after'),
      );
      await wait(everyMs, undefined, { signal: ending.signal }).catch(() => {});
    }
  };
  const ended = loop();
  return async () => {
    ending.abort();
    await ended;
  };
}
