import { GraphQLError } from 'graphql';

/** Why an operation has no plan. */
export type PlanningFailureCode =
  /** It took longer than one planning may take. */
  | 'PLANNING_TIMEOUT'
  /** It took more memory than the planning worker may have. */
  | 'PLANNING_OUT_OF_MEMORY'
  /** The planner says that there is none. */
  | 'PLANNING_FAILED'
  /** Too many other operations wait for theirs. */
  | 'PLANNING_OVERLOADED';

const STATUS: Record<PlanningFailureCode, number> = {
  PLANNING_TIMEOUT: 400,
  PLANNING_OUT_OF_MEMORY: 400,
  PLANNING_FAILED: 500,
  PLANNING_OVERLOADED: 503,
};

/** An operation cannot be planned, now or at all. The message is for clients. */
export class PlanningError extends GraphQLError {
  readonly code: PlanningFailureCode;

  constructor(code: PlanningFailureCode, message: string) {
    super(message, { extensions: { code, http: { status: STATUS[code] } } });
    this.code = code;
  }
}

/** @param limit in milliseconds */
export function planningTimeout(limit: number): PlanningError {
  const message = `The operation could not be planned within ${limit} ms. Ask for less: fewer fields of interfaces and unions, fewer fragments, or several operations instead of one.`;
  return new PlanningError('PLANNING_TIMEOUT', message);
}

export function planningOutOfMemory(): PlanningError {
  const message =
    'The operation could not be planned with the memory that there is for it. Ask for less: fewer fields of interfaces and unions, fewer fragments, or several operations instead of one.';
  return new PlanningError('PLANNING_OUT_OF_MEMORY', message);
}

/** @param reason what the planner says, in one line */
export function planningFailed(reason: string): PlanningError {
  return new PlanningError('PLANNING_FAILED', `The operation cannot be planned: ${reason}`);
}

export function planningOverloaded(waiting: number): PlanningError {
  const message = `The operation is new here, and ${waiting} other new ones wait to be planned before it. Ask again in a moment.`;
  return new PlanningError('PLANNING_OVERLOADED', message);
}
