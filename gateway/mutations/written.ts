import { writtenWith } from '#platform/moves/also-writes.ts';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import type { DecideLabel } from '../planning/planner.ts';
import type { FieldLabels } from './run-mutation.ts';
import type { Written } from './settlement.ts';

/** What a root field may have written. @param labels of the field @param decide as it was sent */
export function writtenBy(labels: readonly string[], decide: DecideLabel): Written[] {
  const own = labels.flatMap((label) => moveNamed(label)?.name ?? []);
  const others = new Set(own.flatMap(writtenWith));
  return [
    ...own.map((move) => ({ move, side: sideOf(decide(move)) })),
    ...[...others.difference(new Set(own))].map((move) => ({ move, side: null })),
  ];
}

/** What a request may have written of which only its move is known: the service found the side by itself. */
export function writtenOf(move: MoveName): Written[] {
  return writtenWith(move).map((each) => ({ move: each, side: null }));
}

/** Whether a root field runs on another side than what was written before it in the same mutation. */
export function isElsewhere(
  written: readonly Written[],
  labels: readonly string[],
  decided: Pick<FieldLabels, 'isOn'>,
): boolean {
  if (written.length === 0) return false;
  const own = labels.flatMap((label) => moveNamed(label)?.name ?? []);
  // A field that does not move may look at anything.
  if (own.length === 0) return true;
  return own.some((move) => {
    const here = sideOf(decided.isOn(move));
    return written.some(({ side }) => side !== null && side !== here);
  });
}

const sideOf = (isNew: boolean): Side => (isNew ? 'new' : 'legacy');
