import { BUCKETS, coveredBuckets } from '#platform/moves/bucket.ts';
import type { MoveProgress, MoveSnapshot, MoveState } from '#platform/moves/move-state.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { owner } from './move-change.ts';
import type { moveChange } from './tables.ts';

/** The states of all moves, as a table for people. */
export function statusTable({ moves, version }: MoveSnapshot): string {
  const states = MOVES.flatMap(({ name }) => moves.get(name) ?? []);
  const rows = states.map((state) => [
    state.move,
    state.stage,
    share(state.readPercent),
    share(state.writePercent),
    time(state.updatedAt),
    state.updatedBy,
  ]);
  const table = columns([['MOVE', 'STAGE', 'READS', 'WRITES', 'CHANGED', 'BY'], ...rows]);
  const stale = states.flatMap((state) => staleNote(state) ?? []);
  return [table, '', `Version ${version}.`, ...stale].join('\n');
}

/** The states of all moves, for programs. */
export function statusJson({ moves, version }: MoveSnapshot): string {
  return JSON.stringify({ version, moves: [...moves.values()] }, null, 2);
}

/** The changes of a move, as a table for people. */
export function historyTable(changes: readonly (typeof moveChange.$inferSelect)[]): string {
  const rows = changes.map(({ changedAt, changedBy, before, after, reason }) => [
    time(changedAt),
    changedBy,
    before === null ? '-' : progress(before),
    progress(after),
    reason ?? '',
  ]);
  return columns([['WHEN', 'BY', 'FROM', 'TO', 'REASON'], ...rows]);
}

/** What a change did, in words. */
export function changeReport(before: MoveState, after: MoveState): string {
  const buckets = coveredBuckets(after.readPercent).toLocaleString('en');
  const lines = [
    `${after.move}: reads ${share(before.readPercent)} -> ${share(after.readPercent)} (${buckets} of ${BUCKETS.toLocaleString('en')} buckets), writes ${share(after.writePercent)}, stage ${after.stage}; version ${after.version}, by ${after.updatedBy}.`,
    'Every gateway that reaches the control database follows within a second.',
    staleNote(after),
  ];
  return lines.filter((line) => line !== null).join('\n');
}

/** What readers of the side that is not written will miss; null where reads and writes are on one side. */
function staleNote(state: MoveState): string | null {
  if (state.readPercent === state.writePercent) return null;
  const [written, read] = owner(state) === 'new' ? ['new', 'legacy'] : ['legacy', 'new'];
  const percent = read === 'new' ? state.readPercent : 100 - state.readPercent;
  return (
    `Note: ${state.move} is written on the ${written} side. ${Number(percent.toFixed(4))}% of readers see the copy on the ${read} side, which is as old as the last handover (npm start): ` +
    'they do not see what was written since, themselves included, before the next one. That holds until the live data move is built.'
  );
}

function progress({ stage, readPercent, writePercent }: MoveProgress): string {
  return `${stage}, reads ${share(readPercent)}, writes ${share(writePercent)}`;
}

function share(percent: number): string {
  if (percent === 0) return 'legacy';
  return percent === 100 ? 'new' : `${percent}% new`;
}

/** UTC, to the second. */
function time(date: Date): string {
  return date.toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) => row.map((text, column) => text.padEnd(widths?.[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}
