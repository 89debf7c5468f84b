import type { PlacedLine, Span } from '../documents/document.ts';
import { periodIn, type Period } from './dates.ts';
import { partsOf, rolesOf } from './entry-parts.ts';
import type { Found } from './structure.ts';

/** A position, a school or a project. */
export interface Entry extends Span {
  /** The employer, the school, or the name of the project. */
  readonly name: Found | null;
  /** The title of the position, or the degree. */
  readonly title: Found | null;
  readonly location: Found | null;
  readonly period: Period | null;
  readonly periodSpan: Found | null;
  /** What is said about it, line by line. */
  readonly highlights: readonly Found[];
}

export type EntryKind = 'work' | 'education' | 'projects';

/** A longer line is a sentence about the entry, not its title. */
const LONGEST_TITLE = 110;
/** Lines are put together up to this length. */
const LONGEST_POINT = 1_000;
const BULLET = /^(?:[-*•–·▪●・◦‣∗]|\d{1,2}[.)])\s*/u;

interface Draft {
  header: PlacedLine[];
  body: PlacedLine[];
  period: Period | null;
  dateLine: PlacedLine | null;
}

/** Reads the entries of a part: each has lines with its titles and its date, then what is said about it. */
export function readEntries(lines: readonly PlacedLine[], kind: EntryKind): Entry[] {
  const joined = joinBroken(lines);
  const drafts: Draft[] = [];
  for (const [index, line] of joined.entries()) {
    const current = drafts.at(-1);
    const period = isBody(line) ? null : periodIn(line.text);
    if (startsEntry(line, period, current, joined[index + 1], kind)) {
      drafts.push({ header: [line], body: [], period, dateLine: period ? line : null });
    } else if (!current) continue;
    else if (isBody(line) || current.body.length > 0) current.body.push(line);
    else {
      current.header.push(line);
      if (period && !current.period) Object.assign(current, { period, dateLine: line });
    }
  }
  return drafts.map((draft) => entryOf(draft, kind)).filter(({ name, title }) => name ?? title);
}

/** What is said: a list item, a sentence, a line in lower case. */
function isBody(line: PlacedLine): boolean {
  if (line.kind === 'heading') return false;
  if (line.kind === 'item' || BULLET.test(line.text)) return periodIn(line.text)?.isPoint !== false;
  return (
    line.text.length > LONGEST_TITLE ||
    (/[.。!؟]$/.test(line.text) && line.text.length > 40 && periodIn(line.text)?.isPoint !== false)
  );
}

function startsEntry(
  line: PlacedLine,
  period: Period | null,
  current: Draft | undefined,
  next: PlacedLine | undefined,
  kind: EntryKind,
): boolean {
  if (isBody(line)) return false;
  if (!current) return true;
  if (line.kind === 'heading' && current.header.at(-1)?.kind !== 'heading') return true;
  if (current.body.length > 0) {
    // Behind what was said, a short line with a date begins the next; so does one that stands apart, or is followed by a date.
    if (line.kind === 'heading' || line.isApart || (period && !period.isPoint)) return true;
    const nextPeriod = next && !isBody(next) ? periodIn(next.text) : null;
    return line.text.length < 80 && nextPeriod !== null && !nextPeriod.isPoint;
  }
  // Titles only: the second date belongs to the next entry, and so does what stands apart when all is there.
  if (period && current.period && (!period.isPoint || kind !== 'work')) return true;
  if (current.period && line.isApart) return true;
  const nextPeriod = next && !isBody(next) ? periodIn(next.text) : null;
  return current.period !== null && !period && nextPeriod !== null && isComplete(current);
}

const isComplete = ({ header, dateLine }: Draft) =>
  header.length >= 2 || (dateLine !== null && partsOf(dateLine).length >= 2);

/** Lines that a page was too narrow for are put together again: those that go on in lower case. */
function joinBroken(lines: readonly PlacedLine[]): PlacedLine[] {
  const joined: PlacedLine[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const goesOn =
      last &&
      !line.isApart &&
      line.kind === 'text' &&
      !BULLET.test(line.text) &&
      /^[\p{Ll}\d(]/u.test(line.text);
    if (
      last &&
      last.text.length < LONGEST_POINT &&
      goesOn &&
      (BULLET.test(last.text) || last.kind === 'item' || last.text.length > 60) &&
      periodIn(line.text)?.isPoint !== false
    ) {
      joined[joined.length - 1] = { ...last, text: `${last.text} ${line.text}`, end: line.end };
    } else joined.push(line);
  }
  return joined;
}

function entryOf({ header, body, period, dateLine }: Draft, kind: EntryKind): Entry {
  const parts = header.map((line) => partsOf(line, line === dateLine ? period : null));
  const roles = rolesOf(parts, kind);
  const [first, last] = [header[0], body.at(-1) ?? header.at(-1)];
  return {
    ...roles,
    period,
    periodSpan:
      period && dateLine
        ? {
            value: dateLine.text.slice(period.start, period.end),
            start: dateLine.start + period.start,
            end: dateLine.start + period.end,
          }
        : null,
    highlights: body.map((line) => {
      const mark = BULLET.exec(line.text)?.[0].length ?? 0;
      return { value: line.text.slice(mark), start: line.start + mark, end: line.end };
    }),
    start: first?.start ?? 0,
    end: last?.end ?? 0,
  };
}
