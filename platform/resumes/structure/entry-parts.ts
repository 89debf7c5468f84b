import type { PlacedLine } from '../documents/document.ts';
import { inAllLanguages } from '../languages/languages.ts';
import type { Period } from './dates.ts';
import type { Entry, EntryKind } from './entries.ts';
import type { Found } from './structure.ts';

/** A matcher of words in all languages: those with a blank or a letter of a script without blanks match anywhere. */
function matcher(kind: 'titles' | 'employers' | 'degrees' | 'schools'): RegExp {
  const words = inAllLanguages(kind).toSorted((one, other) => other.length - one.length);
  const isAnywhere = (word: string) => /[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]/u.test(word);
  const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const whole = words
    .filter((word) => !isAnywhere(word))
    .map((word) => (word.endsWith('-') ? `${escaped(word.slice(0, -1))}\\p{L}*` : escaped(word)));
  const inside = words.filter(isAnywhere).map(escaped);
  return new RegExp(
    `(?<![\\p{L}\\p{M}])(?:${whole.join('|')})(?:s|in|innen|/in|\\(in\\)|\\*in|:in)?(?![\\p{L}\\p{M}])|${inside.join('|')}`,
    'iu',
  );
}

const TITLE = matcher('titles');
/** Compound nouns of German and Dutch end with what they are. */
const COMPOUND_TITLE =
  /\p{L}{3,}(?:leiter|entwickler|ingenieur|manager|berater|assistent|kaufmann|kauffrau|techniker|lehrer|pfleger|verkäufer|fahrer|mitarbeiter|medewerker|ontwikkelaar|leider|adviseur|beheerder|ingénieur|koordinator|student|fachkraft|meister|verantwortliche)(?:in)?(?!\p{L})/iu;
const EMPLOYER = matcher('employers');
const DEGREE = matcher('degrees');
const SCHOOL = matcher('schools');
const COMPOUND_SCHOOL =
  /\p{L}{2,}(?:universität|hochschule|schule|gymnasium|universiteit|kolleg|akademie|klinikum|krankenhaus|werke|verlag)(?!\p{L})/iu;

const SEPARATOR =
  /\t|\s+[|·•∙–—―‐/-]\s+|\s*[|｜·•]\s*|\s+[@＠]\s+|,\s+|،\s*|，\s*|、|\s+(?:at|bei|chez|bij|presso|en la empresa)\s+|　+/giu;
const EDGES = /^[\s,;:(（[–—|·•-]+|[\s,;:)）\]–—|·•-]+$/gu;
/** What belongs to the part before it. */
const SUFFIX =
  /^(?:inc|llc|ltd|gmbh|s\.?a\.?|s\.?l\.?|plc|co|corp|ag|b\.?v\.?|n\.?v\.?|jr|sr|ph\.?d|limited)\.?$/i;

/** The parts of a title line, without its date. */
export function partsOf(line: PlacedLine, period: Period | null = null): Found[] {
  const bullet = /^(?:[-*•–·▪●・◦‣∗]|\d{1,2}[.)])\s+/u.exec(line.text)?.[0].length ?? 0;
  const pieces = period
    ? [
        [bullet, period.start],
        [period.end, line.text.length],
      ]
    : [[bullet, line.text.length]];
  return pieces.flatMap(([from = 0, to = 0]) => split(line, from, to));
}

function split(line: PlacedLine, from: number, to: number): Found[] {
  const parts: Found[] = [];
  const text = line.text.slice(from, to);
  let begin = 0;
  for (const { index, 0: mark } of [...text.matchAll(SEPARATOR), { index: text.length, 0: '' }]) {
    const piece = text.slice(begin, index);
    const front = /^[\s,;:(（[–—|·•.-]*/u.exec(piece)?.[0].length ?? 0;
    const value = piece.slice(front).replace(EDGES, '');
    const last = parts.at(-1);
    const start = line.start + from + begin + front;
    if (last && SUFFIX.test(value))
      parts[parts.length - 1] = {
        ...last,
        value: line.text.slice(last.start - line.start, start + value.length - line.start),
        end: start + value.length,
      };
    else if (/\p{L}/u.test(value))
      parts.push({ value: balanced(value), start, end: start + balanced(value).length });
    begin = index + mark.length;
  }
  return parts;
}

/** A bracket that was opened is closed. */
const balanced = (value: string) =>
  value.includes('(') && !value.includes(')') ? `${value})` : value;

type Roles = Pick<Entry, 'name' | 'title' | 'location'>;

/**
 * Tells which part is the title and which the employer (or degree and school): by their words, else by their order.
 *
 * @param lines the parts of each line
 */
export function rolesOf(lines: readonly (readonly Found[])[], kind: EntryKind): Roles {
  const parts = lines.flat();
  if (kind === 'projects') return { name: parts[0] ?? null, title: null, location: null };
  const weigh = kind === 'work' ? workScore : schoolScore;
  const scored = parts.map((part) => ({ part, score: weigh(part.value) }));
  const best = Math.max(0, ...scored.map(({ score }) => score));
  const titled = scored.find(({ score }) => score > 0 && score === best)?.part;
  const named = scored.find(({ score, part }) => score < 0 && part !== titled)?.part;
  const title = titled ?? parts.find((part) => part !== named) ?? null;
  const name = named ?? beside(title, lines);
  const location =
    parts.find((part) => part !== name && part !== title && part.value.length < 40) ?? null;
  return { name, title, location };
}

/** Without a word that tells, the employer is first on a line above the title; else behind it, else first on the line below. */
function beside(title: Found | null, lines: readonly (readonly Found[])[]): Found | null {
  const at = lines.findIndex((line) => title !== null && line.includes(title));
  const above = lines.slice(0, Math.max(0, at)).find((line) => line.length > 0)?.[0];
  const behind = lines[at]?.find((part) => title !== null && part.start > title.start);
  const below = lines.slice(at + 1).find((line) => line.length > 0)?.[0];
  const before = lines[at]?.find((part) => part !== title);
  const isAlone = lines[at]?.length === 1;
  return above ?? (isAlone ? below : behind) ?? below ?? before ?? null;
}

/** Above 0: the title of a position; below 0: an employer. A legal form tells for sure. */
function workScore(text: string): number {
  if (LEGAL_FORM.test(text)) return -3;
  const isTitle = TITLE.test(text) || COMPOUND_TITLE.test(text);
  if (isTitle) return 2;
  return EMPLOYER.test(text) || COMPOUND_SCHOOL.test(text) ? -1 : 0;
}

const LEGAL_FORM =
  /(?<![\p{L}])(?:inc\.?|llc|ltd\.?|plc|gmbh|ag|kg|s\.?a\.?s?|sarl|s\.?l\.?u?|b\.?v\.?|n\.?v\.?|sp\. z o\.o\.|s\.p\.a\.|s\.r\.l\.|ооо|оао|зао|ао|тов|ltda\.?)\)?$|^(?:ооо|оао|зао|пао|ао|тов|ат)\s|株式会社|有限公司|集团|شركة|مجموعة|مؤسسة/iu;

function schoolScore(text: string): number {
  const isSchool = SCHOOL.test(text) || COMPOUND_SCHOOL.test(text);
  if (DEGREE.test(text)) return isSchool && !/^(?:b|m|ph|d)/i.test(text) ? 1 : 2;
  return isSchool ? -2 : 0;
}
