import { withMoves } from '../move-database.ts';
import { gateLines, type Gate } from '../stages/gates.ts';
import { workOn } from '../stages/move-work.ts';
import { readFacts } from '../stages/read-facts.ts';
import { planSeal, seal } from '../stages/seal.ts';
import { SIGNED, SIGNED_HELP, type Call, type Command } from './command.ts';

export const sealCommand: Command = {
  name: 'seal',
  usage: '<move> [--dry-run] [--by name] [--reason text]',
  summary:
    'Ends the way back of a move that is whole on the new side: after it, the old code may go.',
  details: `
Asks for SOAK_HOURS (72) on the new side without a breach, a full verification, nothing under way, and that the
moves whose tables in the monolith refer to its own are sealed. The monolith hears of nothing any more; what
is written there all the same stays refused.

${SIGNED_HELP}`,
  options: SIGNED,
  takesMove: 'always',
  run: runSeal,
};

async function runSeal({ move, values, ...call }: Call): Promise<void> {
  await withMoves(call.environment, async (moves) => {
    const isDry = values['dry-run'] === true;
    const { signature, progress } = call;
    const gates = isDry
      ? planSeal(await readFacts(moves, move.name))
      : await workOn(moves, move.name, { signature, progress }, seal);
    call.say(
      values.json
        ? JSON.stringify({ move: move.name, done: !isDry, gates }, null, 2)
        : report(move.name, gates, isDry),
    );
  });
}

function report(move: string, gates: readonly Gate[], isDry: boolean): string {
  if (!isDry) return [`${move} is sealed.`, ...gateLines(gates)].join('\n');
  const isReady = gates.every(({ met }) => met);
  return [`${move} ${isReady ? 'may' : 'may not yet'} be sealed.`, ...gateLines(gates)].join('\n');
}
