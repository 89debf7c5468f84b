import { withMoves } from '../move-database.ts';
import { advance, planAdvance, type Plan } from '../stages/advance.ts';
import { gateLines } from '../stages/gates.ts';
import { workOn } from '../stages/move-work.ts';
import { readFacts } from '../stages/read-facts.ts';
import { share } from './words.ts';
import { percentOf, SIGNED, SIGNED_HELP, type Call, type Command } from './command.ts';

export const advanceCommand: Command = {
  name: 'advance',
  usage: '<move> [--percent p] [--dry-run] [--by name] [--reason text]',
  summary: 'Takes a move one stage on, or to a larger share within canary and cutover.',
  details: `
Each stage asks for something before it begins; what it asks for and what was found is printed, and kept
in the history. Where something is missing nothing changes, and the exit code is 1.

  legacy  -> sync     capture on both sides; "backfill" copies what is there already
  sync    -> shadow   asks that all of it is copied, and that changes follow within seconds
  shadow  -> canary   asks for a full verification without a difference ("verify"); p% of the reads, 10 by default
  canary  -> canary   with --percent: a larger share of the reads
  canary  -> cutover  asks for all reads on the new side; p% of the writes, 10 by default. The writes of auth,
                      product and inventory change sides together: 100
  cutover -> cutover  with --percent: a larger share of the writes
  cutover -> soak     asks for all writes on the new side; its hours count from here ("seal")

  --percent <p>    0 to 100, fractions allowed
${SIGNED_HELP}`,
  options: { percent: { type: 'string' }, ...SIGNED },
  takesMove: 'always',
  run: runAdvance,
};

async function runAdvance({ move, values, ...call }: Call): Promise<void> {
  const percent = percentOf('--percent', values.percent);
  await withMoves(call.environment, async (moves) => {
    if (values['dry-run']) {
      const plan = planAdvance(await readFacts(moves, move.name), percent);
      call.say(
        values.json ? json(move.name, plan, false) : `Would be done: ${report(move.name, plan)}`,
      );
      return;
    }
    const { signature, progress } = call;
    const plan = await workOn(moves, move.name, { signature, progress }, (work) =>
      advance(work, percent),
    );
    call.say(values.json ? json(move.name, plan, true) : report(move.name, plan, move.flag));
  });
}

function report(move: string, { from, to, gates }: Plan, flag?: string): string {
  const stage = from.stage === to.stage ? `stays at ${to.stage}` : `${from.stage} -> ${to.stage}`;
  const lines = [
    `${move}: ${stage}, reads ${share(to.readPercent)}, writes ${share(to.writePercent)}.`,
    ...gateLines(gates),
  ];
  if (flag && to.stage === 'sync') lines.push(`Next: npm run move -- backfill ${move}`);
  if (flag && to.stage === 'shadow') lines.push(`Next: npm run move -- verify ${move}`);
  return lines.join('\n');
}

function json(move: string, plan: Plan, done: boolean): string {
  return JSON.stringify({ move, done, ...plan }, null, 2);
}
