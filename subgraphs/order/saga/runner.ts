import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import {
  deleteSaga,
  leaveSaga,
  postponeSaga,
  recordStage,
  type Lease,
  type SagaRow,
} from '../repository/sagas.ts';
import type { StepName } from '../workflow.ts';
import { pointOf, type Failpoint } from './failpoint.ts';
import {
  CannotFinish,
  SagaLost,
  StageFailed,
  type Saga,
  type SagaDefinition,
  type Stage,
  type StageOutcome,
} from './saga.ts';

/** Milliseconds after which what was postponed is looked at: longer than any request to the graph is on its way. */
const SETTLE_MS = 30_000;
/** Milliseconds before the sweep tries again what has failed: at first, and at most. */
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;

/** The definition of a step, whatever it is about. */
export type Definition = SagaDefinition<unknown, unknown>;

export interface RunnerOptions {
  readonly database: Database;
  /** Milliseconds that a saga belongs to somebody who gives no sign of life. */
  readonly leaseMs: number;
  readonly definitionOf: (step: StepName) => Definition;
  readonly reach: Failpoint;
  readonly log: Logger;
}

/** How a saga came to be run. */
export interface RunReason {
  readonly requestId: string;
  /** Whether it was taken over from somebody who has left it behind. */
  readonly takenOver: boolean;
}

/** Runs sagas that belong to this process, from the stage that they have reached to their end. */
export interface SagaRunner {
  /** What is being run. */
  readonly active: ReadonlySet<Lease>;
  /** @throws StageFailed or SagaLost */
  run(row: SagaRow, reason: RunReason): Promise<unknown>;
}

export function sagaRunner(options: RunnerOptions): SagaRunner {
  const active = new Set<Lease>();
  return {
    active,
    run: async (row, reason) => {
      active.add(row);
      try {
        return await runToEnd(options, row, reason);
      } finally {
        active.delete(row);
      }
    },
  };
}

async function runToEnd(
  options: RunnerOptions,
  row: SagaRow,
  { requestId, takenOver }: RunReason,
): Promise<unknown> {
  const definition = options.definitionOf(row.step as StepName);
  let saga = sagaOf(row);
  // What was begun may have been done already: only the first stage of somebody else's saga.
  let again = takenOver;
  if (takenOver && definition.isStale(row)) saga = await goOn(options, saga, 'UNDO', saga.data);
  for (;;) {
    const outcome = await takeStage(options, definition, saga, { requestId, again });
    if (outcome.kind === 'go-on') {
      saga = await goOn(options, saga, outcome.stage, outcome.data);
      again = false;
      continue;
    }
    options.reach(pointOf(saga.step, 'END'));
    return outcome.result;
  }
}

/** Does a stage and, where it is the last one, records the end. */
async function takeStage(
  options: RunnerOptions,
  definition: Definition,
  saga: Saga<unknown>,
  attempt: { readonly requestId: string; readonly again: boolean },
): Promise<StageOutcome<unknown, unknown>> {
  const { reach, database } = options;
  const { orderId, step, stage, data } = saga;
  try {
    reach(pointOf(step, stage));
    if (stage === 'FINISH') return await finishHere(options, definition, saga);
    const outcome = await definition.act(saga, attempt);
    reach(pointOf(step, stage, 'DONE'));
    if (outcome.kind === 'end') {
      if (!(await deleteSaga(database.db, saga))) throw new SagaLost(orderId);
    }
    if (outcome.kind === 'end-later') {
      const later = { stage: outcome.stage, data, retryMs: SETTLE_MS };
      if (!(await postponeSaga(database.db, saga, later))) throw new SagaLost(orderId);
    }
    return outcome;
  } catch (error) {
    if (error instanceof SagaLost) throw error;
    throw await failed(options, definition, saga, error);
  }
}

/** Milliseconds for which the end of a saga waits while its customer's orders change sides, and between two tries. */
const MOVING_MS = 5_000;
const MOVING_PAUSE_MS = 25;

/**
 * A flip that has closed a customer's orders gives way to a saga that had begun before, and opens them again: that is waited
 * for, so that whoever has asked for the step is told what came of it, and does not ask again for what is done.
 */
async function finishHere(
  options: RunnerOptions,
  definition: Definition,
  saga: Saga<unknown>,
): Promise<StageOutcome<unknown, unknown>> {
  for (const deadline = Date.now() + MOVING_MS; ;) {
    try {
      return await finish(options, definition, saga);
    } catch (error) {
      if (ownershipRefusal(error)?.code !== 'MOVING' || Date.now() > deadline) throw error;
    }
    await wait(MOVING_PAUSE_MS);
  }
}

async function finish(
  { database, reach }: RunnerOptions,
  definition: Definition,
  saga: Saga<unknown>,
): Promise<StageOutcome<unknown, unknown>> {
  try {
    const result = await database.db.transaction(async (tx) => {
      const made = await definition.finish(tx, saga);
      if (!(await deleteSaga(tx, saga))) throw new SagaLost(saga.orderId);
      reach(pointOf(saga.step, 'FINISH', 'DONE'));
      return made;
    });
    return { kind: 'end', result };
  } catch (error) {
    if (!(error instanceof CannotFinish)) throw error;
    return { kind: 'go-on', stage: 'UNDO', data: saga.data };
  }
}

async function goOn(
  { database, leaseMs }: RunnerOptions,
  saga: Saga<unknown>,
  stage: Stage,
  data: unknown,
): Promise<Saga<unknown>> {
  const recorded = await recordStage(database.db, leaseMs, saga, { stage, data });
  if (!recorded) throw new SagaLost(saga.orderId);
  return { ...saga, stage, data };
}

/** Records what is to become of a saga whose stage has failed. Where even that fails, its lease runs out. */
async function failed(
  { database: { db }, log }: RunnerOptions,
  definition: Definition,
  saga: Saga<unknown>,
  cause: unknown,
): Promise<StageFailed> {
  const { orderId, step, stage, data } = saga;
  const next = definition.onFailure(stage, cause);
  log.warn({ err: cause, orderId, step, stage, next }, 'a stage of a saga has failed');
  try {
    if (next === 'end') await deleteSaga(db, saga);
    if (next === 'undo') {
      await postponeSaga(db, saga, { stage: 'UNDO', data, retryMs: 0 });
    }
    if (next === 'retry') await leaveSaga(db, saga, FIRST_RETRY_MS, LAST_RETRY_MS);
  } catch (error) {
    log.error({ err: error, orderId }, 'a saga is left as it is: its lease will run out');
  }
  return new StageFailed(next, cause);
}

function sagaOf(row: SagaRow): Saga<unknown> {
  const { orderId, customerId, leaseHolder, data } = row;
  return {
    orderId,
    customerId,
    leaseHolder,
    data,
    step: row.step as StepName,
    stage: row.stage as Stage,
  };
}
