import type { Db } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { lastEntry, note, type Signature } from '../journal/journal.ts';
import type { MovePlaces } from '../move-places.ts';
import {
  verifyMove,
  type Verification,
  type VerificationProgress,
} from '../verification/verify-move.ts';
import { countAggregates } from './count-aggregates.ts';
import type { MoveFacts } from './facts.ts';
import { verified } from './gates.ts';
import type { MoveWork, Progress } from './move-work.ts';
import { recordVerified } from './read-verified.ts';
import { StageRefused } from './stage-refused.ts';

/** How many aggregates are kept by name in the journal. */
const NAMED = 20;
/** Milliseconds from one note of how far a long verification is to the next: a killed one goes on from the last. */
const NOTED_EVERY = 15_000;

export interface VerifyNow {
  readonly signature: Signature;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
  /** The share of the aggregates that is compared, above 0 and up to 1; all where none is named. */
  readonly sample?: number;
  /** Goes on where the last one was stopped, or killed. */
  readonly resume?: boolean;
  /** Milliseconds of rest between two ranges of keys. */
  readonly pauseMs?: number;
  /** Milliseconds between two notes of how far it is; 15,000 where nothing is said. */
  readonly notedEvery?: number;
}

/**
 * Compares the sides of a move, and keeps what was found in the journal: how far it came, too, where it was stopped.
 *
 * @returns what differs; `finished` is false where it was stopped
 */
export async function verifyNow(places: MovePlaces, options: VerifyNow): Promise<Verification> {
  const { signature, progress = () => {}, signal, sample, pauseMs } = options;
  const { control, mapping } = places;
  const stopped = options.resume ? await readStopped(control.db, mapping.name) : null;
  const began = stopped ? stopped.began : await clockOf(places);
  const total = await countAggregates(places, 'legacy');
  const entry = { ...signature, move: mapping.name, action: 'verify' } as const;
  const noteWhere = (step: 'under way' | 'stopped', resume: VerificationProgress) => {
    const evidence = { began: began.toISOString(), checked: resume.checked, resume };
    return note(control.db, { ...entry, step, evidence });
  };
  let noted = performance.now();
  let noting = Promise.resolve();
  const found = await verifyMove(places, {
    ...(signal ? { signal } : {}),
    ...(sample === undefined ? {} : { sample }),
    ...(pauseMs === undefined ? {} : { pauseMs }),
    ...(stopped ? { resume: stopped.resume } : {}),
    onProgress: (far) => {
      progress('compared', Math.min(far.checked, total), total);
      if (performance.now() - noted < (options.notedEvery ?? NOTED_EVERY)) return;
      noted = performance.now();
      // One that is missing costs no more than the ranges since the one before.
      noting = noting.then(() => noteWhere('under way', far)).catch(() => undefined);
    },
  });
  await noting;
  const { pendingAtEnd, finished, ...where } = found;
  const { checked, differing, unmappable } = where;
  if (signal?.aborted && !finished) {
    await noteWhere('stopped', where);
    return found;
  }
  const figures = {
    began,
    isFull: sample === undefined,
    checked,
    differing: differing.length,
    unmappable: unmappable.length,
  };
  await recordVerified(control.db, mapping.name, figures, signature, {
    pendingAtEnd,
    named: [...differing, ...unmappable].slice(0, NAMED),
  });
  return found;
}

/** The time in the databases of a move, the earlier one: by their clocks it is known when a backfill ended. */
async function clockOf({ legacy, new: fresh }: MovePlaces): Promise<Date> {
  const times = await Promise.all(
    [legacy, fresh].map(async ({ pool }) => {
      const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
      return rows[0]?.now.getTime() ?? 0;
    }),
  );
  return new Date(Math.min(...times));
}

/** Where the last verification was stopped or killed; null where it came to its end. */
async function readStopped(
  control: Db,
  move: MoveName,
): Promise<{ began: Date; resume: VerificationProgress } | null> {
  const last = await lastEntry(control, move, 'verify', ['finished', 'stopped', 'under way']);
  if (!last || last.step === 'finished') return null;
  const { began, resume } = last.evidence as unknown as {
    began: string;
    resume: VerificationProgress;
  };
  return { began: new Date(began), resume };
}

/** Verifies a move unless that was done lately. @throws StageRefused where the sides differ */
export async function verifyOnce(work: MoveWork, facts: MoveFacts): Promise<void> {
  if (verified(facts).met) return;
  const { places, signature, progress, move } = work;
  const { differing, unmappable } = await verifyNow(places, { signature, progress });
  const bad = [...differing, ...unmappable];
  if (bad.length === 0) return;
  const names = bad.slice(0, NAMED).map(({ kind, id }) => `${kind} ${id}`);
  throw new StageRefused(
    `${move}: the sides differ in ${bad.length.toLocaleString('en')} aggregates: ${names.join(', ')}. npm run move -- verify ${move} says in which fields`,
  );
}
