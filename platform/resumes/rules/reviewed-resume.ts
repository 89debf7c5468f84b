import type { DocumentText, PlacedLine } from '../documents/document.ts';
import type { Entry } from '../structure/entries.ts';
import { structureOf, type ResumeStructure } from '../structure/structure.ts';
import { isPersonalLine, withoutPerson } from './personal.ts';

/** A statement of what somebody did. */
export interface Statement {
  readonly text: string;
  /** Whether the position that it belongs to is still held; null: not known. */
  readonly isCurrent: boolean | null;
}

/** A resume, taken apart for the rules. */
export interface ReviewedResume {
  readonly structure: ResumeStructure;
  /** Without those that say only what somebody is. */
  readonly lines: readonly PlacedLine[];
  /** Words in lower case, in the way of their language, without the person's name, gender, age and nationality. */
  readonly words: readonly string[];
  /** Positions whose dates are known, as they stand. */
  readonly dated: readonly Entry[];
  /** What the resume says about work: the points of its positions, else its list items, else the longer lines. */
  readonly statements: readonly Statement[];
  /** Takes name, gender, age and nationality out of a passage. */
  readonly neutral: (text: string) => string;
}

const LONG_LINE = 40;
const BULLET = /^(?:[-*•–·▪●・◦‣∗]|\d{1,2}[.)])\s+/u;

/** What agents that read the same document share. */
const read = new WeakMap<DocumentText, ReviewedResume>();

/** Takes a document apart. */
export function reviewedResume(document: DocumentText): ReviewedResume {
  const known = read.get(document) ?? takenApart(document);
  read.set(document, known);
  return known;
}

function takenApart(document: DocumentText): ReviewedResume {
  const lines = document.lines.filter(({ text }) => !isPersonalLine(text));
  const structure = structureOf({ ...document, lines });
  const name = structure.contact.name?.value ?? null;
  const neutral = (text: string) => withoutPerson(text, name);
  return {
    structure,
    lines,
    words: wordsOf(neutral(lines.map(({ text }) => text).join('\n'))),
    dated: structure.work.filter(({ period }) => period !== null && !period.isPoint),
    statements: statementsOf(structure, lines),
    neutral,
  };
}

function statementsOf(
  { work, sections }: ResumeStructure,
  lines: readonly PlacedLine[],
): Statement[] {
  const points = work.flatMap(({ highlights, period }) =>
    highlights.map(({ value }) => ({ text: value, isCurrent: period && period.until === null })),
  );
  if (points.length > 0) return points;
  const others = new Set(
    sections
      .filter(({ name }) => name !== 'experience')
      .flatMap((one) => one.lines.map(({ start }) => start)),
  );
  const rest = lines.filter(({ start }) => !others.has(start));
  const items = rest.filter(({ kind, text }) => kind === 'item' || BULLET.test(text));
  const experience =
    work.length > 0
      ? []
      : sections.filter((one) => one.name === 'experience').flatMap((one) => one.lines);
  return (items.length > 0 ? items : experience.filter(({ text }) => text.length > LONG_LINE)).map(
    ({ text }) => ({ text: text.replace(BULLET, ''), isCurrent: null }),
  );
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text in lower case, also where no spaces stand between them. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment.toLowerCase());
}
