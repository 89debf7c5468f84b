import type { MoveProgress } from '#platform/moves/move-state.ts';
import { readJournal, type Entry } from '../journal/journal.ts';
import { withControl } from '../move-database.ts';
import { readMoveChanges } from '../move-states.ts';
import type { moveChange } from '../tables.ts';
import { columns } from '#platform/text-columns.ts';
import { share, time } from './words.ts';
import { UsageError, type Call, type Command } from './command.ts';

/** How many lines are shown where nobody says. */
const SHOWN = 50;

export const historyCommand: Command = {
  name: 'history',
  usage: '<move> [--limit n]',
  summary:
    'Everything that was done with a move: who, when, why, and what was found. The newest first.',
  details: `
Kept for ever, and cannot be changed. --json shows the evidence of each step: the gates of a stage, how long a
flip held up writers, what a verification found.

  --limit <n>      how many lines, ${SHOWN} by default`,
  options: { limit: { type: 'string' } },
  takesMove: 'always',
  run: runHistory,
};

type Change = typeof moveChange.$inferSelect;

async function runHistory({ move, values, environment, say }: Call): Promise<void> {
  const limit = limitOf(values.limit);
  const [changes, entries] = await withControl(environment, ({ db }) =>
    Promise.all([readMoveChanges(db, move.name, limit), readJournal(db, move.name, limit)]),
  );
  if (values.json) {
    say(JSON.stringify({ move: move.name, changes, steps: entries }, null, 2));
    return;
  }
  const lines = [...changes.map(changeLine), ...entries.map(entryLine)]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .slice(0, limit);
  const rows = lines.map(({ at, by, what, reason }) => [time(at), by, what, reason ?? '']);
  say(columns([['WHEN', 'BY', 'WHAT', 'REASON'], ...rows]));
}

interface Line {
  readonly at: Date;
  readonly by: string;
  readonly what: string;
  readonly reason: string | null;
}

function changeLine({ changedAt, changedBy, before, after, reason }: Change): Line {
  const what = before ? `${progress(before)} -> ${progress(after)}` : progress(after);
  return { at: changedAt, by: changedBy, what, reason };
}

function entryLine({ at, by, action, step, reason, evidence }: Entry): Line {
  const figures = Object.entries(evidence ?? {})
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name} ${String(value)}`);
  const found = figures.length > 0 ? `: ${figures.join(', ')}` : '';
  return { at, by, what: `${action} ${step}${found}`, reason };
}

function progress({ stage, readPercent, writePercent }: MoveProgress): string {
  return `${stage}, reads ${share(readPercent)}, writes ${share(writePercent)}`;
}

function limitOf(text: Call['values'][string]): number {
  if (text === undefined) return SHOWN;
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0 && limit <= 10_000) return limit;
  throw new UsageError(`--limit is "${text}": a whole number from 1 to 10,000 is expected`);
}
