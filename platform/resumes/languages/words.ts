/** The parts of a resume. */
export const SECTION_NAMES = [
  'contact',
  'summary',
  'experience',
  'education',
  'skills',
  'projects',
  'languages',
  'certificates',
  'awards',
  'publications',
  'volunteer',
  'interests',
  'references',
] as const;
export type SectionName = (typeof SECTION_NAMES)[number];

/** What a language says in resumes. All in lower case; alternatives are separated by `|`. */
export interface LanguageWords {
  /** Its ISO 639-1 code. */
  readonly code: string;
  /** The titles of parts. */
  readonly headings: Readonly<Record<SectionName, string>>;
  /** Twelve months, with their short forms. Languages that write them as numbers have none. */
  readonly months: readonly string[];
  /** Until now. */
  readonly present: string;
  /** From a date on, written before it. */
  readonly since: string;
  /** Words, or beginnings of words (with `-` behind them), by which the title of a position is known. */
  readonly titles: string;
  /** Words by which an employer is known. */
  readonly employers: string;
  /** Words, or beginnings of words, by which a degree is known. */
  readonly degrees: string;
  /** Words, or beginnings of words, by which a school is known. */
  readonly schools: string;
  /** Small frequent words, by which a text is known to be in this language. */
  readonly frequent: string;
}
