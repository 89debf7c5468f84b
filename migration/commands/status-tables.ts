import type { MoveState } from '#platform/moves/move-state.ts';
import { moveNamed, type MoveName } from '#platform/moves/moves.ts';
import { parkedOf, type MoveFacts } from '../stages/facts.ts';
import { columns } from '#platform/text-columns.ts';
import { duration, share, time } from './words.ts';
import { phasesOf, readinessOf, statusOf, type Known } from './phases.ts';

/** The figures of each move. */
export function statusTable(states: readonly MoveState[], known: Known): string {
  const rows = states.map((state) => [
    state.move,
    state.stage,
    share(state.readPercent),
    share(state.writePercent),
    ...figuresOf(factsOf(known, state.move), known !== null),
    time(state.updatedAt),
    state.updatedBy,
  ]);
  return columns([
    ['MOVE', 'STAGE', 'READS', 'WRITES', 'LAG', 'PENDING', 'PARKED', 'VERIFIED', 'CHANGED', 'BY'],
    ...rows,
  ]);
}

/** The same for programs. */
export function statusJson(version: number, states: readonly MoveState[], known: Known): string {
  const moves = states.map((state) => moveJson(state, factsOf(known, state.move)));
  return JSON.stringify({ version, phases: phasesOf(states, known), moves }, null, 2);
}

/** A move for programs. */
export function moveJson(state: MoveState, facts: MoveFacts | Error | undefined) {
  return {
    ...state,
    status: statusOf(state),
    flag: moveNamed(state.move)?.flag,
    productionReady: readinessOf(state, facts),
    ...(facts && !(facts instanceof Error) ? figures(facts) : {}),
    ...(facts instanceof Error ? { problem: facts.message } : {}),
  };
}

const factsOf = (known: Known, move: MoveName) => known?.get(move);

function figuresOf(facts: MoveFacts | Error | undefined, isAsked: boolean): string[] {
  if (!isAsked || !facts) return ['-', '-', '-', '-'];
  if (facts instanceof Error) return ['?', '?', '?', '?'];
  const { lagMs, pending, parked, isInstalled } = figures(facts);
  if (!isInstalled) return ['-', '-', '-', verifiedOf(facts)];
  return [duration(lagMs), pending.toLocaleString('en'), String(parked), verifiedOf(facts)];
}

function figures(facts: MoveFacts) {
  const { legacy, new: fresh, verified, soakingSince } = facts;
  return {
    isInstalled: legacy.installed && fresh.installed,
    lagMs: Math.max(legacy.lagMs, fresh.lagMs),
    pending: legacy.pending + fresh.pending,
    backfillPending: legacy.backfillPending + fresh.backfillPending,
    parked: parkedOf(facts).count,
    parkedNames: parkedOf(facts).names,
    bucketsOwnedByNew: fresh.owners.filter(({ owner }) => owner === 'new').length,
    verified,
    soakingSince,
  };
}

/** When the last verification was, and what it found. */
export function verifiedOf({ verified, now }: MoveFacts): string {
  if (!verified) return 'never';
  const bad = verified.differing + verified.unmappable;
  const found = bad === 0 ? '' : `, ${bad.toLocaleString('en')} differ`;
  const part = verified.isFull ? '' : ' (sample)';
  return `${duration(now.getTime() - verified.at.getTime())} ago${part}${found}`;
}
