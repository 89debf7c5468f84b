import { withMoves } from '../move-database.ts';
import { gateLines } from '../stages/gates.ts';
import { workOn } from '../stages/move-work.ts';
import { readFacts } from '../stages/read-facts.ts';
import { planRollback, rollback, type RollbackPlan, type RollbackTo } from '../stages/rollback.ts';
import { change, counted, share } from './words.ts';
import { SIGNED, SIGNED_HELP, UsageError, type Call, type Command } from './command.ts';

export const rollbackCommand: Command = {
  name: 'rollback',
  usage: '<move> [--to shadow|legacy] [--dry-run] [--by name] [--reason text]',
  summary:
    'Takes a move back to legacy, from any stage but sealed; nothing that was written is lost.',
  details: `
Reads go back at once: every gateway follows within a second. Then writes go back, some buckets at a time: what
was written on the new side is carried over and compared before the monolith owns them again. Where they
differ, the writes stay where they are, and the aggregates are named.

  --to shadow      keeps capture, so that the way forward is short; the default
  --to legacy      removes capture as well: as on the first day
${SIGNED_HELP}`,
  options: { to: { type: 'string' }, ...SIGNED },
  takesMove: 'always',
  run: runRollback,
};

async function runRollback({ move, values, ...call }: Call): Promise<void> {
  const end = endOf(values.to);
  await withMoves(call.environment, async (moves) => {
    if (values['dry-run']) {
      const plan = planRollback(await readFacts(moves, move.name), end);
      call.say(
        values.json ? json(move.name, plan, false) : `Would be done: ${report(move.name, plan)}`,
      );
      return;
    }
    const { signature, progress } = call;
    const plan = await workOn(moves, move.name, { signature, progress }, (work) =>
      rollback(work, end),
    );
    call.say(values.json ? json(move.name, plan, true) : report(move.name, plan));
  });
}

function endOf(text: Call['values'][string]): RollbackTo {
  if (text === undefined || text === 'shadow') return 'shadow';
  if (text === 'legacy') return 'legacy';
  throw new UsageError(`--to is "${text}": shadow or legacy is expected`);
}

function report(move: string, { from, to, gates, buckets }: RollbackPlan): string {
  const flipped = buckets > 0 ? `; ${counted(buckets, 'bucket')} of writes` : '';
  const reads = change(share(from.readPercent), share(to.readPercent));
  const writes = change(share(from.writePercent), share(to.writePercent));
  return [
    `${move}: ${change(from.stage, to.stage)}, reads ${reads}, writes ${writes}${flipped}.`,
    ...gateLines(gates),
  ].join('\n');
}

function json(move: string, plan: RollbackPlan, done: boolean): string {
  return JSON.stringify({ move, done, ...plan }, null, 2);
}
