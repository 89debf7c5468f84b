/** A line of a document in the order in which it is read. */
export interface DocumentLine {
  /** Without blanks at its ends; a wide gap within it is a tab. */
  readonly text: string;
  /** More room above than between the lines of a paragraph. */
  readonly isApart: boolean;
  /** The size of its letters against those of most letters: 1 is the size of running text; 0 where it is not known. */
  readonly size: number;
  /** A list item, or a line that the file itself calls a heading. */
  readonly kind: 'heading' | 'item' | 'text';
}

/** Where a value stands in a text: from its first character to behind its last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A line with its place in the text of its document. */
export type PlacedLine = DocumentLine & Span;

/** What was read from a file. */
export interface DocumentText {
  /** All lines, one below the other, an empty one above each that stands apart. */
  readonly text: string;
  readonly lines: readonly PlacedLine[];
}

/** Characters that are read: a resume has no more, and a review must not take long. */
export const LONGEST_TEXT = 50_000;
/** Lines that are read, and characters of one. */
const [MOST_LINES, LONGEST_LINE] = [2_000, 5_000];
/** Characters that are looked at, blanks and line ends too: what is only blanks takes time as well. */
const MOST_LOOKED_AT = 4 * LONGEST_TEXT;

/** A file that cannot be read. The message is for the person whose file it is, and says what to do. */
export class UnreadableFile extends Error {
  readonly code = 'UNREADABLE_FILE';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'UnreadableFile';
  }
}

/** Puts lines together to one text and says where each stands; what is beyond the longest text is left out. */
export function documentOf(lines: readonly DocumentLine[]): DocumentText {
  const placed: PlacedLine[] = [];
  let text = '';
  let lookedAt = 0;
  for (const line of lines) {
    const raw = line.text.slice(0, LONGEST_LINE);
    lookedAt += raw.length + 1;
    if (lookedAt > MOST_LOOKED_AT) break;
    const words = cleaned(raw);
    if (words === '') continue;
    if (text !== '') text += line.isApart ? '\n\n' : '\n';
    if (text.length + words.length > LONGEST_TEXT || placed.length >= MOST_LINES) break;
    placed.push({ ...line, text: words, start: text.length, end: text.length + words.length });
    text += words;
  }
  return { text: text.trimEnd(), lines: placed };
}

/** Ligatures and compatibility forms that fonts make, and characters that nobody sees. */
function cleaned(text: string): string {
  return text
    .toWellFormed()
    .replace(
      /[\uFB00-\uFB06\u2F00-\u2FDF\u3000\u00A0\u2002-\u200A\u202F\uFB50-\uFDFF\uFE70-\uFEFC]/g,
      (one) => one.normalize('NFKC'),
    )
    .replace(/[\p{Cc}\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu, (one) =>
      one === '\t' ? one : '',
    )
    .replace(/[ \t]+/g, (run) => (run.includes('\t') ? '\t' : ' '))
    .trim();
}
