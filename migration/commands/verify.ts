import { withMoves } from '../move-database.ts';
import { isInstalled } from '../stages/facts.ts';
import { readFacts } from '../stages/read-facts.ts';
import { StageRefused } from '../stages/stage-refused.ts';
import { verifyNow } from '../stages/verify-once.ts';
import type { Difference, Unmappable } from '../verification/examine.ts';
import { NotSo, SIGNED, UsageError, type Call, type Command } from './command.ts';

/** How many differences are printed; --json prints all. */
const SHOWN = 20;

export const verifyCommand: Command = {
  name: 'verify',
  usage: '<move> [--sample percent] [--pause ms] [--resume] [--by name] [--reason text]',
  summary:
    'Compares what both sides have, to the last field; names what differs. Exit code 1 where something does.',
  details: `
Runs in the databases, by hashes of ranges, while everything goes on. Stages ask for a full one.

  --sample <p>     compares p% of the aggregates, above 0
  --pause <ms>     rests so long after each 5,000 aggregates, to spare the databases
  --resume         goes on where the last one was stopped by Ctrl-C, or killed
  --by, --reason   for the history`,
  options: {
    resume: { type: 'boolean' },
    sample: { type: 'string' },
    pause: { type: 'string' },
    by: SIGNED.by,
    reason: SIGNED.reason,
  },
  takesMove: 'always',
  run: runVerify,
};

async function runVerify({ move, values, signature, progress, stop, ...call }: Call) {
  const sample = sampleOf(values.sample);
  const pauseMs = pauseOf(values.pause);
  await withMoves(call.environment, async (moves) => {
    const facts = await readFacts(moves, move.name);
    if (!isInstalled(facts)) {
      throw new StageRefused(
        `${move.name} is at ${facts.state.stage}: its sides do not hear of each other, so there is nothing to compare. First: npm run move -- advance ${move.name}`,
      );
    }
    const found = await verifyNow(moves.placesOf(move.name), {
      signature,
      progress,
      signal: stop,
      resume: values.resume === true,
      ...(sample === undefined ? {} : { sample }),
      ...(pauseMs === undefined ? {} : { pauseMs }),
    });
    const { checked, differing, unmappable, pendingAtEnd } = found;
    if (values.json) call.say(JSON.stringify({ move: move.name, ...found }, null, 2));
    else for (const line of linesOf([...differing, ...unmappable])) call.say(line);
    if (stop.aborted && !found.finished) {
      throw new NotSo(
        `stopped after ${number(checked)} aggregates. To go on: npm run move -- verify ${move.name} --resume`,
      );
    }
    const bad = differing.length + unmappable.length;
    const compared = `${move.name}: ${number(checked)} aggregates compared${sample === undefined ? '' : ` (${sample * 100}%)`}`;
    const summary = `${compared}, ${number(bad)} different, ${number(pendingAtEnd)} changes under way at the end.`;
    if (bad > 0) throw new NotSo(summary);
    if (!values.json) call.say(summary);
  });
}

/** What differs, field by field, and what the other side cannot hold. */
function linesOf(differing: readonly (Difference | Unmappable)[]): string[] {
  const lines = differing.slice(0, SHOWN).flatMap((one) => {
    const name = `  ${one.kind} ${one.id} (${one.owner} is right)`;
    if ('reason' in one) return [`${name}: ${one.reason}`];
    return one.fields.map(
      ({ path, legacy, new: fresh }) =>
        `${name}: ${path} is ${JSON.stringify(legacy)} on legacy, ${JSON.stringify(fresh)} on new`,
    );
  });
  const more = differing.length - SHOWN;
  return more > 0 ? [...lines, `  and ${number(more)} more: --json shows all`] : lines;
}

function sampleOf(text: Call['values'][string]): number | undefined {
  if (text === undefined) return undefined;
  const percent = Number(String(text).replace(/%$/, ''));
  if (percent > 0 && percent <= 100) return percent / 100;
  throw new UsageError(`--sample is "${text}": a percentage above 0 is expected, such as 5`);
}

function pauseOf(text: Call['values'][string]): number | undefined {
  if (text === undefined) return undefined;
  const milliseconds = Number(text);
  if (Number.isInteger(milliseconds) && milliseconds >= 0) return milliseconds;
  throw new UsageError(`--pause is "${text}": milliseconds are expected, such as 200`);
}

const number = (count: number) => count.toLocaleString('en');
