import { STAGES, type MoveProgress, type Stage } from '#platform/moves/move-state.ts';
import type { Move, Side } from '#platform/moves/moves.ts';

/** What somebody asks for; what they leave out stays. */
export interface WantedProgress {
  readonly readPercent?: number | undefined;
  readonly writePercent?: number | undefined;
  readonly stage?: string | undefined;
}

/** A move is not changed as was asked. The message says why, and what to do. */
export class MoveRefused extends Error {
  readonly code = 'MOVE_REFUSED';

  constructor(message: string) {
    super(message);
    this.name = 'MoveRefused';
  }
}

/**
 * How far a move is after a change. Reads may be shared out as one likes. Writes stay with the side that the last
 * handover gave them to: nothing keeps the other side in step yet.
 *
 * @throws MoveRefused
 */
export function changedProgress(
  move: Move,
  before: MoveProgress,
  wanted: WantedProgress,
): MoveProgress {
  const { readPercent = before.readPercent, writePercent = before.writePercent } = wanted;
  if (move.writes === 'together' && writePercent > 0 && writePercent < 100) {
    throw new MoveRefused(
      `the writes of ${move.name} change sides together: --write-percent is 0 or 100 for it`,
    );
  }
  if (writePercent !== before.writePercent) throw writesRefused(move, before);
  const stage = stageOf(readPercent, before);
  if (wanted.stage !== undefined && wanted.stage !== stage) {
    throw stageRefused(move, wanted.stage, stage);
  }
  return { stage, readPercent, writePercent };
}

/** The side that the writes of a move go to, while no live data move shares them out. */
export function owner({ writePercent }: MoveProgress): Side {
  return writePercent > 0 ? 'new' : 'legacy';
}

/** Without a data move under way there are three stages: all on legacy, some reads away from it, all on the new side. */
function stageOf(readPercent: number, before: MoveProgress): Stage {
  if (owner(before) === 'new') return before.stage;
  return readPercent > 0 ? 'canary' : 'legacy';
}

function writesRefused({ name, flag }: Move, before: MoveProgress): MoveRefused {
  const [from, to] = owner(before) === 'new' ? ['new side', 'legacy'] : ['legacy', 'new side'];
  return new MoveRefused(
    `the writes of ${name} stay with ${from === 'legacy' ? from : `the ${from}`}. What was written there since the last handover is missing on ${to === 'legacy' ? to : `the ${to}`}, and would be lost: nothing keeps the sides in step before the live data move is built. ` +
      `To move the writes, end npm start and start it with ${flag}=${owner(before) === 'legacy'}: it copies the data first`,
  );
}

function stageRefused({ name }: Move, wanted: string, stage: Stage): MoveRefused {
  if (!(STAGES as readonly string[]).includes(wanted)) {
    return new MoveRefused(`there is no stage "${wanted}": the stages are ${STAGES.join(', ')}`);
  }
  const why = ['legacy', 'canary', 'soak'].includes(wanted)
    ? 'The stage follows from the percentages: --read-percent 0 is legacy, anything above is canary, and soak begins with a handover'
    : 'That stage needs the live data move, which is not built yet';
  return new MoveRefused(`${name} is at ${stage} with these percentages, not at ${wanted}. ${why}`);
}
