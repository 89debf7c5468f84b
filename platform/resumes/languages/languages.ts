import { dutch, polish } from './dutch-polish.ts';
import { arabic, chinese, japanese, korean } from './east-asian-arabic.ts';
import { english } from './english.ts';
import { french } from './french.ts';
import { german } from './german.ts';
import { italian, portuguese } from './italian-portuguese.ts';
import { russian, ukrainian } from './russian-ukrainian.ts';
import { spanish } from './spanish.ts';
import { SECTION_NAMES, type LanguageWords, type SectionName } from './words.ts';

/** The alternatives of a text of words. */
export const alternatives = (words: string) => words.split('|').filter((word) => word !== '');

/** The languages in which resumes are read. Where two have the same word, the first one counts. */
export const LANGUAGES: readonly LanguageWords[] = [
  english,
  german,
  french,
  spanish,
  italian,
  portuguese,
  dutch,
  polish,
  russian,
  ukrainian,
  chinese,
  japanese,
  korean,
  arabic,
];

/** The part that a title in lower case stands for, whatever its language. */
export const SECTION_TITLES: ReadonlyMap<string, SectionName> = new Map(
  LANGUAGES.toReversed().flatMap(({ headings }) =>
    SECTION_NAMES.flatMap((name) =>
      alternatives(headings[name]).map((title) => [title, name] as const),
    ),
  ),
);

/** What one kind of words is in all languages. */
export const inAllLanguages = (
  kind: 'present' | 'since' | 'titles' | 'employers' | 'degrees' | 'schools',
) => [...new Set(LANGUAGES.flatMap((language) => alternatives(language[kind])))];
