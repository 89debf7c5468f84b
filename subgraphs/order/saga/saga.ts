import type { Db } from '#platform/database/pool.ts';
import type { SagaRow } from '../repository/sagas.ts';
import type { Effect, StepName } from '../workflow.ts';

/**
 * What is to be done next. After the effects of a step comes FINISH, which brings the order to its status; UNDO
 * makes the effects undone instead, and SETTLE makes sure of it when nothing can be on its way any more.
 */
export type Stage = Effect | 'FINISH' | 'UNDO' | 'SETTLE';

/** A step that is on its way, and how far it has come. */
export interface Saga<Data> {
  readonly orderId: string;
  readonly step: StepName;
  readonly stage: Stage;
  readonly data: Data;
  readonly customerId: string;
  readonly leaseHolder: string | null;
}

/** What a stage has come to. */
export type StageOutcome<Data, Result> =
  | { readonly kind: 'go-on'; readonly stage: Stage; readonly data: Data }
  | { readonly kind: 'end'; readonly result: Result }
  /** The end is known, and something is left to be done after a while, by the sweep. */
  | { readonly kind: 'end-later'; readonly result: Result; readonly stage: Stage };

/** What to do when a stage has failed: end the saga, have its effects undone, or try again later. */
export type OnFailure = 'end' | 'undo' | 'retry';

/** How a step is done. All of its stages bear being repeated: after a crash they are. */
export interface SagaDefinition<Data, Result> {
  /** Does what the stage says, outside of this database. */
  act(saga: Saga<Data>, attempt: Attempt): Promise<StageOutcome<Data, Result>>;
  /**
   * Brings the order to its new status, in the transaction that ends the saga.
   *
   * @throws CannotFinish where the order cannot get there any more: the effects are undone then
   */
  finish(tx: Db, saga: Saga<Data>): Promise<Result>;
  onFailure(stage: Stage, error: unknown): OnFailure;
  /** Whether a saga that somebody has left behind is to be undone rather than finished. */
  isStale(row: SagaRow): boolean;
}

/** Under which circumstances a stage is done. */
export interface Attempt {
  readonly requestId: string;
  /** Whether the stage may have been begun before, by somebody who is gone. */
  readonly again: boolean;
}

/** An order cannot reach the status that its saga was for. */
export class CannotFinish extends Error {
  readonly code = 'CANNOT_FINISH';

  constructor(orderId: string, cause?: unknown) {
    super(`the order ${orderId} cannot reach its next status any more`, { cause });
    this.name = 'CannotFinish';
  }
}

/** Somebody else works on a saga by now, because this process gave no sign of life for too long. */
export class SagaLost extends Error {
  readonly code = 'SAGA_LOST';

  constructor(orderId: string) {
    super(`the saga of the order ${orderId} belongs to somebody else by now`);
    this.name = 'SagaLost';
  }
}

/** A stage has failed. What has been recorded stays, and is finished or undone later. */
export class StageFailed extends Error {
  readonly code = 'STAGE_FAILED';
  readonly next: OnFailure;

  constructor(next: OnFailure, cause: unknown) {
    super('a stage of a saga has failed', { cause });
    this.name = 'StageFailed';
    this.next = next;
  }
}
