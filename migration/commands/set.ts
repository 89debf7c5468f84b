import { BUCKETS, coveredBuckets } from '#platform/moves/bucket.ts';
import type { Database } from '#platform/database/pool.ts';
import { withControl, withMoves } from '../move-database.ts';
import { workOn } from '../stages/move-work.ts';
import { setReads, type ReadsSet } from '../stages/set-reads.ts';
import { share } from './words.ts';
import { percentOf, SIGNED, SIGNED_HELP, UsageError, type Call, type Command } from './command.ts';

export const setCommand: Command = {
  name: 'set',
  usage: '<move> --read-percent <p> [--dry-run] [--by name] [--reason text]',
  summary:
    'Shares out the queries of a move that is in shadow or canary: p% of subjects read from the new side.',
  details: `
The same subjects each time; a share that rises only adds to them. Writes stay where they are: "advance" and
"rollback" move them. It goes both ways, and back to 0 brings the move from canary to shadow. The first
share waits until the new side has what was written so far, so it needs the databases of the move; later
ones need only control.

  --read-percent <p>  0 to 100, fractions allowed
${SIGNED_HELP}`,
  options: { 'read-percent': { type: 'string' }, ...SIGNED },
  takesMove: 'always',
  run: runSet,
};

/** Milliseconds to wait for somebody else who is at work on the move. */
const PATIENCE = 10_000;

async function runSet({ move, values, signature, environment, say }: Call): Promise<void> {
  const percent = percentOf('--read-percent', values['read-percent']);
  if (percent === undefined) throw new UsageError('say what to set, such as --read-percent 10');
  const isDry = values['dry-run'] === true;
  const set = await withControl(environment, (control: Database) =>
    setReads(control, move, percent, {
      signature,
      isDry,
      workAlone: (act) =>
        withMoves(environment, (moves) =>
          workOn(moves, move.name, { signature, patience: PATIENCE }, act),
        ),
    }),
  );
  say(values.json ? JSON.stringify({ done: !isDry, ...set }, null, 2) : report(set, isDry));
}

function report({ before, after }: ReadsSet, isDry: boolean): string {
  if (before.readPercent === after.readPercent && before.stage === after.stage) {
    return `${after.move} is there already: nothing was changed.`;
  }
  const buckets = coveredBuckets(after.readPercent).toLocaleString('en');
  const line = `${after.move}: reads ${share(before.readPercent)} -> ${share(after.readPercent)} (${buckets} of ${BUCKETS.toLocaleString('en')} buckets), writes ${share(after.writePercent)}, stage ${after.stage}`;
  if (isDry) return `Would be done: ${line}.`;
  return `${line}; version ${after.version}, by ${after.updatedBy}.\n${FOLLOWED}`;
}

const FOLLOWED = 'Every gateway that reaches the control database follows within a second.';
