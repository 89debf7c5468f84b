import { alternatives, inAllLanguages, LANGUAGES } from '../languages/languages.ts';

/** A month, or a year where the month is not given. */
export interface Moment {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number | null;
}

/** From when to when. */
export interface Period {
  readonly from: Moment;
  /** Null: until now. */
  readonly until: Moment | null;
  /** Whether it is a single date, and not a range. */
  readonly isPoint: boolean;
  /** Where it stands in the line. */
  readonly start: number;
  readonly end: number;
  /** How its dates are written, for example `Mmm yyyy`. */
  readonly style: string;
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const byLength = (words: readonly string[]) =>
  words
    .toSorted((one, other) => other.length - one.length)
    .map(escaped)
    .join('|');

/** The number of each month's name. */
const MONTHS: ReadonlyMap<string, number> = new Map(
  LANGUAGES.toReversed().flatMap(({ months }) =>
    months.flatMap((names, index) =>
      alternatives(names)
        .filter((name) => !/^\d/.test(name))
        .map((name) => [name, index + 1] as const),
    ),
  ),
);
const MONTH = `(?<![\\p{L}])(?:${byLength([...MONTHS.keys()])})(?![\\p{L}])\\.?`;
const YEAR = `(?:19[4-9]\\d|20[0-4]\\d)`;
/** Words of scripts that set them apart by blanks end where a letter does not follow. */
const isSetApart = (word: string) => /^[\p{Script=Latin}\p{Script=Cyrillic}]/u.test(word);
const PRESENT = Map.groupBy(inAllLanguages('present'), isSetApart);
const NOW = `(?:${byLength(PRESENT.get(true) ?? [])})(?![\\p{L}])|${byLength(PRESENT.get(false) ?? [])}`;
/** 2019年4月, 2019. 4., April 2019, 04/2019, 2019-04, 2019/04, Spring 2019, 2019. */
const MOMENT = [
  `${YEAR}\\s*[年년]\\s*(?:\\d{1,2}\\s*[月월](?:\\s*\\d{1,2}\\s*[日일])?)?`,
  `(?:\\d{1,2}\\.?\\s+)?${MONTH},?\\s*(?:de\\s+)?${YEAR}(?:\\s*(?:г\\.?|р\\.?)(?![\\p{L}]))?`,
  `${MONTH}\\s*['’]\\d{2}(?!\\d)`,
  `(?<!\\d)(?:\\d{1,2}[./])?(?:0?[1-9]|1[0-2])[./-]${YEAR}(?!\\d)`,
  `(?<!\\d)${YEAR}[./-](?:0?[1-9]|1[0-2])(?:[./-]\\d{1,2})?(?![\\d/])`,
  `(?:spring|summer|fall|autumn|winter)\\s+${YEAR}`,
  `(?<![\\d.,/])${YEAR}(?!\\d|[.,]\\d)(?:\\s*(?:г\\.?|р\\.?)(?![\\p{L}]))?`,
].join('|');
const DASH = `\\s*(?:-|–|—|―|~|～|〜|−|‒|->|→|\\bto\\b|\\buntil\\b|\\btill\\b|\\bthrough\\b|\\bbis\\b|\\bà\\b|\\bau\\b|\\bjusqu['’]à\\b|\\ba\\b|\\bal\\b|\\bhasta\\b|\\btot\\b|\\baté\\b|\\bdo\\b|(?<=\\s)(?:по|до|إلى|حتى)(?=\\s)|至|到|から|부터)\\s*(?:(?:la|el|o|по|до|t/m|zu)\\s+)?`;
const RANGE = new RegExp(`(${MOMENT})${DASH}(${MOMENT}|${NOW})`, 'giu');
const SINCE = new RegExp(
  `(?<![\\p{L}])(?:${byLength(inAllLanguages('since'))})\\s*(${MOMENT})`,
  'giu',
);
const OPEN = new RegExp(`(${MOMENT})\\s*(?:-|–|—|～|〜)\\s*(?=$|\\t|\\))`, 'giu');
const SHORT_END = new RegExp(`(${YEAR})\\s*[-–/]\\s*(\\d{2})(?![\\d/.-])`, 'gu');
const POINT = new RegExp(`(${MOMENT})`, 'giu');
/** A line with a date is short; what is longer is a sentence. */
const LONGEST_LINE = 240;

/** The first period that a line gives; a single date only where no range is there. */
export function periodIn(line: string): Period | null {
  if (line.length > LONGEST_LINE || !/\d/.test(line)) return null;
  for (const [pattern, read] of [
    [RANGE, (all: string[]) => range(all[1], all[2])],
    [SHORT_END, (all: string[]) => range(all[1], (all[1] ?? '').slice(0, 2) + (all[2] ?? ''))],
    [SINCE, (all: string[]) => range(all[1], null)],
    [OPEN, (all: string[]) => range(all[1], null)],
    [POINT, (all: string[]) => point(all[1])],
  ] as const) {
    pattern.lastIndex = 0;
    const match = pattern.exec(line);
    const period = match && read(match);
    if (match && period)
      return { ...period, start: match.index, end: match.index + match[0].trimEnd().length };
  }
  return null;
}

type Read = Omit<Period, 'start' | 'end'>;

function range(from: string | undefined, until: string | undefined | null): Read | null {
  const begin = momentOf(from ?? '');
  if (!begin) return null;
  return {
    from: begin,
    until: until == null ? null : momentOf(until),
    isPoint: false,
    style: styleOf(from ?? ''),
  };
}

function point(text: string | undefined): Read | null {
  const moment = momentOf(text ?? '');
  return moment && { from: moment, until: moment, isPoint: true, style: styleOf(text ?? '') };
}

function momentOf(text: string): Moment | null {
  const year =
    /(?:19|20)\d{2}/.exec(text)?.[0] ?? /['’](\d{2})$/.exec(text)?.[1]?.replace(/^/, '20');
  if (year === undefined) return null;
  const name = /\p{L}[\p{L}.]*/u.exec(text.replace(/^\d{1,2}\.?\s+/, ''))?.[0].toLowerCase() ?? '';
  const named = MONTHS.get(name) ?? MONTHS.get(name.replace(/\.$/, ''));
  const rest = text.replace(year, ' ');
  const number =
    named ??
    Number(
      /(\d{1,2})(?!.*\d)/.exec(
        /[年]/.test(text)
          ? rest.replace(/月.*$/, '')
          : rest.replace(/^\s*[./-](\d{1,2})[./-]\d+$/, '$1'),
      )?.[1] ?? Number.NaN,
    );
  return { year: Number(year), month: number >= 1 && number <= 12 ? number : null };
}

/** How a date is written: digits and names as letters of their kind. */
export function styleOf(text: string): string {
  return text
    .trim()
    .replace(/\p{L}{4,}/gu, 'Month')
    .replace(/(?<!\p{L})\p{L}{1,3}(?!\p{L})/gu, 'Mon')
    .replace(/\d{4}/g, 'yyyy')
    .replace(/\d{1,2}/g, 'mm');
}

/** `2019-04`, or `2019`. */
export const isoMonth = ({ year, month }: Moment) =>
  month === null ? String(year) : `${year}-${String(month).padStart(2, '0')}`;
