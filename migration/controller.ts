import type { Logger } from '#platform/log.ts';
import { targetsFrom } from '#platform/moves/config.ts';
import { moveNamed, type MoveName } from '#platform/moves/moves.ts';
import { LockLost, MoveBusy } from './flip/move-lock.ts';
import { lastEntry, note } from './journal/journal.ts';
import type { MoverMetrics } from './mover-metrics.ts';
import type { OpenMoves } from './open-moves.ts';
import type { Relays } from './relays.ts';
import { readTarget, recordTarget } from './sides.ts';
import { backfillNow } from './stages/backfill-now.ts';
import { isInstalled, mainOwner, parkedOf, type MoveFacts } from './stages/facts.ts';
import { workOn } from './stages/move-work.ts';
import { readFacts } from './stages/read-facts.ts';
import { isUnsettled } from './stages/reconcile.ts';
import { isHalfSealed, seal } from './stages/seal.ts';
import { destinationOn, walk } from './stages/walk.ts';

/** Keeps every move going. */
export interface Controller {
  /** Looks at all moves, and does what is to be done. Long work goes on in the background. */
  look(): Promise<void>;
  /** What it saw last, for people. */
  seen(): Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

export interface ControllerTools {
  readonly moves: OpenMoves;
  readonly relays: Relays;
  readonly log: Logger;
  readonly metrics: MoverMetrics;
}

/** Looks after which a backfill that nobody goes on with is gone on with here. */
const ABANDONED = 5;
/** Milliseconds before a walk that did not arrive is tried again. */
const WALK_AGAIN = 30_000;
/** Milliseconds between two notes of a breach that lasts. */
const BREACH_AGAIN = 600_000;
const BY = { by: 'migration', reason: null };

export function createController({ moves, relays, log, metrics }: ControllerTools): Controller {
  const stopping = new AbortController();
  const working = new Map<MoveName, Promise<void>>();
  const seen: Record<string, unknown> = {};
  /** How far each backfill was, and for how many looks. */
  const still = new Map<MoveName, { marked: number; looks: number }>();
  const walkedAt = new Map<MoveName, number>();

  /** Begins long work of a move, unless it is at work already. */
  function begin(move: MoveName, what: string, work: () => Promise<unknown>): void {
    if (working.has(move)) return;
    const done = work()
      .catch((error: unknown) => {
        if (stopping.signal.aborted || error instanceof MoveBusy) return;
        if (error instanceof LockLost) log.warn({ move }, error.message);
        else log.error({ err: error, move }, `${what} failed: it is tried again`);
      })
      .then(() => void working.delete(move));
    working.set(move, done);
  }

  async function lookAt(move: MoveName): Promise<void> {
    const places = moves.placesOf(move);
    const facts = await readFacts(moves, move);
    metrics.show(facts);
    const isCaptured = isInstalled(facts) && facts.state.stage !== 'sealed';
    seen[move] = summaryOf(facts);
    await relays.keep(move, isCaptured);
    if (isCaptured && (await isUnsettled(places, facts.state))) {
      // Whoever works on it holds its lock; where nobody does, taking it brings everything to its end.
      begin(move, 'settling what was left behind', () =>
        workOn(moves, move, { signature: BY }, async () => {}),
      );
    }
    if (isHalfSealed(facts)) {
      begin(move, 'finishing a seal', () => workOn(moves, move, { signature: BY }, seal));
    }
    if (isCaptured && isAbandoned(facts)) {
      begin(move, 'a backfill', () =>
        backfillNow(places, mainOwner(facts), { signature: BY, signal: stopping.signal }),
      );
    }
    await noteBreach(facts);
    await followFlag(facts);
  }

  /** Whether there is a backfill to do that nobody does: it has not moved for some looks. */
  function isAbandoned({ move, legacy, new: fresh, state }: MoveFacts): boolean {
    const isDone = legacy.backfilled || fresh.backfilled;
    if (isDone || state.stage === 'legacy') return false;
    const marked = legacy.marked + fresh.marked;
    const before = still.get(move);
    const looks = before?.marked === marked ? before.looks + 1 : 0;
    still.set(move, { marked, looks });
    return looks >= ABANDONED;
  }

  /** A breach begins the hours of a soak anew. */
  async function noteBreach(facts: MoveFacts): Promise<void> {
    const { move, state, verified, soakingSince, now } = facts;
    if (state.stage !== 'soak') return;
    const parked = { ...parkedOf(facts), long: facts.legacy.parkedLong + facts.new.parkedLong };
    const differing = (verified?.differing ?? 0) + (verified?.unmappable ?? 0);
    const reason =
      parked.long > 0
        ? `${parked.count} aggregates could not be carried over: ${parked.names.join('; ')}`
        : differing > 0 && verified && soakingSince && verified.at > soakingSince
          ? `a verification found ${differing} differences`
          : null;
    if (reason === null) return;
    const last = await lastEntry(moves.control.db, move, 'breach', ['found']);
    if (last && now.getTime() - last.at.getTime() < BREACH_AGAIN) return;
    await note(moves.control.db, { by: BY.by, reason, move, action: 'breach', step: 'found' });
    log.warn({ move, reason }, 'a breach: the hours of the soak begin anew');
  }

  /** A flag counts where it says something else than when it was followed last. */
  async function followFlag({ move, state }: MoveFacts): Promise<void> {
    // There is no way back.
    if (state.stage === 'sealed') return;
    const target = targetsFrom(moves.config)[move];
    const { control } = moves;
    const before = await readTarget(control.db, move);
    if (before === null || before === target) return;
    if (Date.now() - (walkedAt.get(move) ?? 0) < WALK_AGAIN) return;
    walkedAt.set(move, Date.now());
    const reason = `${moveNamed(move)?.flag}=${target === 'new'}`;
    begin(move, `following ${reason}`, () =>
      workOn(moves, move, { signature: { by: BY.by, reason } }, async (work) => {
        log.info({ move, target }, 'the flag has changed: walking to the other side');
        await walk(work, destinationOn(target), true);
        await recordTarget(control.db, move, target);
      }),
    );
  }

  return {
    async look() {
      for (const { mapping } of moves.all) {
        if (stopping.signal.aborted) return;
        await lookAt(mapping.name).catch((error: unknown) => {
          log.warn({ err: error, move: mapping.name }, 'a move cannot be looked at');
        });
      }
    },
    seen: () => seen,
    async stop() {
      stopping.abort(new Error('the process ends'));
      await Promise.all(working.values());
    },
  };
}

function summaryOf(facts: MoveFacts) {
  const { state, legacy, new: fresh } = facts;
  return {
    stage: state.stage,
    reads: state.readPercent,
    writes: state.writePercent,
    pending: legacy.pending + fresh.pending,
    lagMs: Math.round(Math.max(legacy.lagMs, fresh.lagMs)),
    parked: parkedOf(facts).count,
  };
}
