import { withMoves } from '../move-database.ts';
import { backfillNow } from '../stages/backfill-now.ts';
import { isInstalled, mainOwner } from '../stages/facts.ts';
import { readFacts } from '../stages/read-facts.ts';
import { StageRefused } from '../stages/stage-refused.ts';
import { NotSo, SIGNED, SIGNED_HELP, type Call, type Command } from './command.ts';

export const backfillCommand: Command = {
  name: 'backfill',
  usage: '<move> [--restart] [--dry-run] [--by name] [--reason text]',
  summary: 'Copies what was there before capture to the other side, and shows how far it is.',
  details: `
Goes on where it was interrupted: Ctrl-C is harmless, and the process "migration" does the same by itself. Writes go
on meanwhile. It ends when everything is carried over.

  --restart        compares and copies everything again
${SIGNED_HELP}`,
  options: { restart: { type: 'boolean' }, ...SIGNED },
  takesMove: 'always',
  run: runBackfill,
};

async function runBackfill({ move, values, signature, progress, stop, ...call }: Call) {
  await withMoves(call.environment, async (moves) => {
    const facts = await readFacts(moves, move.name);
    if (!isInstalled(facts)) {
      throw new StageRefused(
        `${move.name} is at ${facts.state.stage}, without capture: what is written while it is copied would be missed. First: npm run move -- advance ${move.name}`,
      );
    }
    const from = mainOwner(facts);
    if (values['dry-run']) {
      call.say(`Would be done: ${move.name} is copied from ${from} to the other side.`);
      return;
    }
    const restart = values.restart === true;
    const count = await backfillNow(moves.placesOf(move.name), from, {
      signature,
      restart,
      progress,
      signal: stop,
    }).catch((error: unknown) => {
      if (!stop.aborted) throw error;
      throw new NotSo(
        `stopped: what is copied stays. The process "migration" goes on with the rest, and so does npm run move -- backfill ${move.name}`,
      );
    });
    if (values.json) {
      call.say(JSON.stringify({ move: move.name, from, ...count }, null, 2));
      return;
    }
    call.say(
      count
        ? `${move.name}: ${number(count.seen)} aggregates from ${from}; ${number(count.written)} written, ${number(count.removed)} removed, ${number(count.equal)} were equal, ${number(count.parked)} parked.`
        : `${move.name}: everything is copied already.`,
    );
    if (facts.state.stage === 'sync') call.say(`Next: npm run move -- advance ${move.name}`);
  });
}

const number = (count: number) => count.toLocaleString('en');
