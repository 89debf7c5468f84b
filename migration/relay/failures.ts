import { DatabaseError } from 'pg';

/**
 * What can be done about a batch that failed on the target. `again`: others were in the way. `taken`: a unique value is
 * held by an aggregate that may be about to give it up. `never`: a row that no later change of other rows makes fit.
 * `row`: a row does not fit now. `whole`: it is not the rows; the batch is given up.
 */
export type Failure = 'again' | 'taken' | 'never' | 'row' | 'whole';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const BY_CODE: Readonly<Record<string, Failure>> = {
  '40001': 'again', // serialization_failure
  '40P01': 'again', // deadlock_detected
  '55P03': 'again', // lock_not_available
  '23505': 'taken', // unique_violation
  '23502': 'never', // not_null_violation
  '23514': 'never', // check_violation
  '23503': 'row', // foreign_key_violation: the parent comes, or the child goes
  '23P01': 'row', // exclusion_violation
  P0001: 'row', // raise_exception: a trigger of the target
  // The guard of another move: a cascade would take along what that move's other side owns, or is just getting.
  MF001: 'row',
  MF002: 'row',
};

/** Data exceptions: too long, out of range, no such text. */
const DATA_EXCEPTION = '22';

/** @param error what the target's session, or work outside the databases, has thrown */
export function failureOf(error: unknown): Failure {
  if (error instanceof DatabaseError) {
    const code = error.code ?? '';
    return BY_CODE[code] ?? (code.startsWith(DATA_EXCEPTION) ? 'never' : 'whole');
  }
  return error instanceof AggregateFailed ? 'row' : 'whole';
}

/** Work outside the databases has failed, such as copying a file. */
export class AggregateFailed extends Error {
  readonly code = 'AGGREGATE_FAILED';

  constructor(kind: string, cause: unknown) {
    super(`${kind}: ${(cause as Error).message}`, { cause });
    this.name = 'AggregateFailed';
  }
}

/** Details that show a row as a whole, or a hash that somebody logs in with. */
const SHOWS_SECRETS = /^Failing row contains|hash/i;

/** Why a row does not fit, in one line, for people. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof DatabaseError)) return (error as Error).message;
  const where = [error.table, error.column].filter(Boolean).join('.');
  const detail = error.detail && !SHOWS_SECRETS.test(error.detail) ? ` (${error.detail})` : '';
  return `${where ? `${where}: ` : ''}${error.message}${detail}`;
}
