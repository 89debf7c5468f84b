import type { MoveState } from '#platform/moves/move-state.ts';
import { MOVES, moveNamed, type MoveName } from '#platform/moves/moves.ts';
import { hoursBetween, type MoveFacts } from '../stages/facts.ts';
import { columns } from '#platform/text-columns.ts';

/** What is known of each move beside its state; null: only the states are. */
export type Known = ReadonlyMap<MoveName, MoveFacts | Error> | null;

/** A row of the table of the owner's reports. */
export interface Phase {
  readonly phase: number;
  readonly feature: string;
  readonly status: string;
  /** Null: it has none of its own. */
  readonly flag: string | null;
  readonly default: string | null;
  readonly productionReady: string;
}

/**
 * The phases of the report by feature, in its order, then the services of the other one; and the moves that each is made
 * of. The infrastructure is what this runs on.
 */
const FEATURES: readonly (readonly [feature: string, ...moves: MoveName[]])[] = [
  ['Infrastructure'],
  ['Auth', 'auth'],
  ['Upload', 'upload'],
  ['AI Agents', 'ai'],
  ['Resume Review', 'upload', 'ai'],
  ['Product', 'product'],
  ['Inventory', 'inventory'],
  ['Order', 'order'],
];

/** Moves that no report knew: after theirs. */
const LATER = MOVES.filter(({ name }) => !FEATURES.some(([, ...names]) => names.includes(name)));

const COMPLETE = '✅ Complete';
const NOT_STARTED = '📅 Not Started';

/** The table of the owner's reports, from live state. */
export function phasesOf(states: readonly MoveState[], known: Known): Phase[] {
  const features = [...FEATURES, ...LATER.map(({ name }) => [titled(name), name] as const)];
  return features.map(([feature, ...names], phase) => {
    const parts = names.map((name) => {
      const state = states.find(({ move }) => move === name);
      return { status: statusOf(state), readiness: readinessOf(state, known?.get(name)) };
    });
    const [status = COMPLETE, ...others] = parts.map((part) => part.status);
    const isOne = others.every((other) => other === status);
    const flag = names.length === 1 ? moveNamed(names[0] ?? '')?.flag : undefined;
    return {
      phase,
      feature,
      status: isOne ? status : `🔄 In Progress (with ${names.join(', ')})`,
      flag: flag ?? null,
      default: flag ? 'false (old)' : null,
      productionReady: parts.find(({ readiness }) => readiness !== 'Yes')?.readiness ?? 'Yes',
    };
  });
}

const titled = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** The same for people. */
export function phasesTable(states: readonly MoveState[], known: Known): string {
  const rows = phasesOf(states, known).map((row) => [
    `Phase ${row.phase}`,
    row.feature,
    row.status,
    row.flag ?? 'N/A',
    row.default ?? 'N/A',
    row.productionReady,
  ]);
  const head = ['PHASE', 'FEATURE', 'STATUS', 'FEATURE FLAG', 'DEFAULT', 'PRODUCTION READY'];
  return columns([head, ...rows]);
}

/** In the words of the reports. */
export function statusOf(state: MoveState | undefined): string {
  if (!state || state.stage === 'legacy') return NOT_STARTED;
  if (state.stage === 'sealed') return COMPLETE;
  return `🔄 In Progress (${state.stage})`;
}

/** `Yes` where the old code may go, or the hours of the soak are over. */
export function readinessOf(
  state: MoveState | undefined,
  facts: MoveFacts | Error | undefined,
): string {
  if (state?.stage === 'sealed') return 'Yes';
  if (state?.stage !== 'soak') return 'No';
  if (!facts || facts instanceof Error || !facts.soakingSince) return 'No';
  const hours = hoursBetween(facts.soakingSince, facts.now);
  const { soakHours } = facts.limits;
  if (hours >= soakHours) return 'Yes';
  return `No (${Math.floor(hours)} h of ${soakHours} h)`;
}
