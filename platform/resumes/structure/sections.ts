import type { DocumentText, PlacedLine } from '../documents/document.ts';
import { SECTION_TITLES } from '../languages/languages.ts';
import type { SectionName } from '../languages/words.ts';
import type { Section } from './structure.ts';

/** A longer line is a sentence, not a heading. */
const LONGEST_HEADING = 60;
/** Parts whose title may stand before their content, on one line. */
const INLINE: ReadonlySet<SectionName> = new Set([
  'skills',
  'languages',
  'interests',
  'contact',
  'references',
  'summary',
]);
const AND =
  /\s*(?:&|\+|\/|,|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|(?<=\s)(?:i|oraz|и|та|і|й)(?=\s)|(?<=\s)و|、|・|与|和|및)\s*/iu;

/** The parts of a resume in their order; what stands above the first heading is in none. */
export function sectionsOf({ text, lines }: DocumentText): Section[] {
  const sections: { -readonly [K in keyof Section]: Section[K] }[] = [];
  let content: PlacedLine[] = [];
  for (const line of lines) {
    const found = headingOf(line);
    const current = sections.at(-1);
    if (!found || (found.rest && current?.name === 'skills' && !isSpoken(found))) {
      content.push(line);
      if (current) current.end = line.end;
      continue;
    }
    content = found.rest ? [found.rest] : [];
    const end = line.start + found.title.length;
    const heading = { value: text.slice(line.start, end), start: line.start, end };
    sections.push({ name: found.name, heading, lines: content, start: line.start, end: line.end });
  }
  return sections;
}

/** "Languages: Python, Java" is a line of a part on skills; "Languages: German (C1)" is not. */
const isSpoken = ({ name, rest }: Heading) =>
  name === 'languages' &&
  /\b(?:native|fluent|[abc][12]|english|german|french|spanish|mother tongue)\b/i.test(
    rest?.text ?? '',
  );

interface Heading {
  readonly name: SectionName;
  readonly title: string;
  /** What stands behind the title on its line. */
  readonly rest: PlacedLine | null;
}

function headingOf(line: PlacedLine): Heading | null {
  const { text } = line;
  if (text.length <= LONGEST_HEADING && !text.includes('\t')) {
    const name = namedBy(text);
    if (name && standsAlone(line)) return { name, title: text, rest: null };
  }
  const colon = /^([^:：\t]{2,40})(?:[:：]\s*|\t)(?=\S)/.exec(text);
  const name = colon?.[1] === undefined ? null : namedBy(colon[1]);
  if (!colon || !name || !INLINE.has(name) || line.kind === 'item') return null;
  const rest = {
    ...line,
    text: text.slice(colon[0].length),
    start: line.start + colon[0].length,
    isApart: false,
  };
  return { name, title: colon[1] ?? '', rest };
}

/** A title is no list item, and no word in lower case that a narrow column has left alone on its line. */
function standsAlone({ kind, text, isApart, size }: PlacedLine): boolean {
  if (kind === 'item') return /^\d/.test(text);
  return isApart || kind === 'heading' || size > 1.1 || !/^\p{Ll}/u.test(text);
}

/** The part that a title stands for; null: it is none. */
export function namedBy(title: string): SectionName | null {
  const bare = bareTitle(title);
  if (bare === '' || bare.length > LONGEST_HEADING) return null;
  const whole = SECTION_TITLES.get(bare);
  if (whole) return whole;
  const parts = bare.split(AND).map((part) => SECTION_TITLES.get(part));
  return parts.length > 1 && parts.every((part) => part !== undefined) ? (parts[0] ?? null) : null;
}

function bareTitle(title: string): string {
  const bare = title
    .normalize('NFKC')
    .replace(/^[^\p{L}]+|[^\p{L}\p{M})）]+$/gu, '')
    .replace(/^(?:[ivx]+|\d+|[a-h])[.)]\s+/i, '')
    .replaceAll('’', "'")
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ё/g, 'ё');
  // Letters set apart: "E X P E R I E N C E".
  return /^(?:\p{L} ){3,}\p{L}$/u.test(bare) ? bare.replaceAll(' ', '') : bare;
}
