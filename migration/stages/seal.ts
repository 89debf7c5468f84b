import { removeCapture } from '../capture/remove-capture.ts';
import { note } from '../journal/journal.ts';
import { changeStateEverywhere } from './change-state.ts';
import type { MoveFacts } from './facts.ts';
import { gatesOf, type Gate } from './gates.ts';
import type { MoveWork } from './move-work.ts';
import { readSteadyFacts } from './read-facts.ts';
import { requireMet, StageRefused } from './stage-refused.ts';

/** Whether somebody was interrupted after they had sealed a move, and before capture was gone. */
export function isHalfSealed({ state, legacy, new: fresh }: MoveFacts): boolean {
  return state.stage === 'sealed' && (legacy.installed || fresh.installed);
}

/** What a seal asks for; nothing where it is only to be finished. @throws StageRefused where the move is not whole on the new side */
export function planSeal(facts: MoveFacts): Gate[] {
  const { stage } = facts.state;
  if (isHalfSealed(facts)) return [];
  if (stage === 'sealed') throw new StageRefused(`${facts.move} is sealed already`);
  if (stage !== 'soak') {
    throw new StageRefused(
      `${facts.move} is at ${stage}: a move is sealed from soak. npm run move -- advance ${facts.move} goes on`,
    );
  }
  return gatesOf('soak to sealed', facts);
}

/**
 * Ends the way back of a move: the monolith is told nothing any more. What is written there all the same stays refused.
 * Interrupted, it is finished by whoever calls it again.
 *
 * @throws StageRefused where something is missing
 */
export async function seal({ moves, move, places, signature }: MoveWork): Promise<Gate[]> {
  const { control, mapping } = places;
  const facts = await readSteadyFacts(moves, move);
  const gates = planSeal(facts);
  const entry = { ...signature, move, action: 'seal' } as const;
  try {
    requireMet(move, 'to sealed', gates);
  } catch (error) {
    await note(control.db, { ...entry, step: 'refused', evidence: { gates } });
    throw error;
  }
  await note(control.db, { ...entry, step: 'begun', evidence: { gates } });
  // Whoever still waits for the monolith to hear of a write must have capture.
  const expected = { stage: facts.state.stage };
  await changeStateEverywhere(control, move, { stage: 'sealed' }, signature, expected);
  // The monolith's guard stays: a script that still writes there must hear of it.
  await removeCapture(places.legacy, mapping, 'legacy', { keepGuard: true });
  await removeCapture(places.new, mapping, 'new');
  await note(control.db, { ...entry, step: 'finished' });
  return gates;
}
