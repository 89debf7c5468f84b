import type { Logger } from '#platform/log.ts';
import type { MoveStatesStatus } from './move-states.ts';

/** What is counted of the states of the moves. */
export interface MoveStateMetrics {
  /** Seconds since the database last confirmed the states. */
  readonly secondsSinceConfirmed: { set(seconds: number): void };
  /** Connections to the database that were made after one was lost. */
  readonly reconnects: { inc(): void };
  /** Queries that waited for a lease on the states. */
  readonly leaseWaits: { inc(): void };
  /** Queries among them that did not get one, and went to the owner as far as it was known. */
  readonly unleased: { inc(): void };
}

/** How well the states are known: in the log once per loss and once per return, in metrics all the time. */
export interface Knowledge {
  /** The database has said that the states are those of a version. */
  confirmed(version: number): void;
  /** The database could not be asked. @param version of the states that stay in use; null where there are none */
  lost(error: unknown, version: number | null): void;
  status(version: number | null): Omit<MoveStatesStatus, 'lease' | 'pins'>;
}

export function createKnowledge(log: Logger, metrics: MoveStateMetrics): Knowledge {
  let confirmedAt: number | null = null;
  let problem: string | null = null;
  const seconds = () => (confirmedAt === null ? null : (performance.now() - confirmedAt) / 1_000);
  return {
    confirmed(version) {
      if (problem !== null) {
        log.info(
          { version, secondsUnconfirmed: seconds() },
          'the states of the moves are confirmed again',
        );
      }
      problem = null;
      confirmedAt = performance.now();
      metrics.secondsSinceConfirmed.set(0);
    },
    lost(error, version) {
      if (problem === null) {
        const consequence =
          version === null
            ? 'nothing can be answered before they are known'
            : 'the last known ones stay in use';
        log.warn(
          { err: error, version },
          `the states of the moves cannot be read from the control database: ${consequence}; trying again`,
        );
      }
      problem = reasonOf(error);
      const unconfirmed = seconds();
      if (unconfirmed !== null) metrics.secondsSinceConfirmed.set(unconfirmed);
    },
    status: (version) => ({
      knowledge: knowledgeOf(version, problem),
      version,
      secondsSinceConfirmed: seconds(),
      problem,
    }),
  };
}

function knowledgeOf(version: number | null, problem: string | null) {
  if (version === null) return 'unknown';
  return problem === null ? 'confirmed' : 'unconfirmed';
}

/** What went wrong, in one line. */
function reasonOf(error: unknown): string {
  // drizzle says which statement failed, and the driver underneath why.
  const { cause, message } = error as Error;
  const { code, message: reason } = (cause ?? error) as Error & { code?: string };
  if (code === '42P01') {
    return 'the control database has no table of them: run the handover once, which creates it';
  }
  return reason || code || message;
}
