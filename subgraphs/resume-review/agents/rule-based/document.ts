/** The parts of a resume that are looked for. */
export type PartName = 'summary' | 'experience' | 'education' | 'skills';

/** A resume, taken apart for the rules. */
export interface ResumeDocument {
  /** Trimmed lines that are not empty. */
  readonly lines: readonly string[];
  /** Words in lower case, in the way of their language. */
  readonly words: readonly string[];
  /** The heading of each part that was found. */
  readonly headings: ReadonlyMap<PartName, string>;
  /** What the resume says about work: its bullet points, else the longer lines of its part on experience. */
  readonly statements: readonly string[];
}

/** Characters that are read: a resume has no more, and a review must not take long. */
const LONGEST_TEXT = 100_000;
/** A longer line is a sentence, not a heading. */
const LONGEST_HEADING = 40;
const LONGEST_QUOTE = 200;

const HEADINGS: Readonly<Record<PartName, RegExp>> = {
  summary:
    /^((professional|career|executive) )?(summary|profile|objective)$|^about( me)?$|^職務要約$|^自己PR$/i,
  experience:
    /^((work|professional|relevant) )?(experience|history)$|^employment( history)?$|^work history$|^職務?経歴$|^職歴$/i,
  education: /^education( and .*)?$|^academic .*$|^qualifications$|^学歴$/i,
  skills: /^((technical|key|core) )?(skills|competenc(ies|es)|technologies)$|^スキル$|^技術$/i,
};
const PARTS = Object.keys(HEADINGS) as readonly PartName[];

const BULLET = /^([-*•–·▪●・]|\d{1,2}[.)])\s+/;

/** Takes a resume in plain text or Markdown apart. */
export function readDocument(text: string): ResumeDocument {
  const lines = beginningOf(text, LONGEST_TEXT)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const headings = new Map<PartName, string>();
  const bullets: string[] = [];
  const experience: string[] = [];
  let current: PartName | undefined;
  for (const line of lines) {
    const part = partHeadedBy(line);
    if (part) {
      current = part;
      if (!headings.has(part)) headings.set(part, line);
    } else if (BULLET.test(line)) {
      bullets.push(line.replace(BULLET, ''));
    } else if (current === 'experience' && line.length > LONGEST_HEADING) {
      experience.push(line);
    }
  }
  const statements = bullets.length > 0 ? bullets : experience;
  return { lines, words: wordsOf(lines.join('\n')), headings, statements };
}

function partHeadedBy(line: string): PartName | undefined {
  if (line.length > LONGEST_HEADING) return undefined;
  const title = line.replace(/^[#*_=\s]+|[*_=:：\s]+$/g, '');
  return PARTS.find((part) => HEADINGS[part].test(title));
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text in lower case, also where no spaces stand between them. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(beginningOf(text, LONGEST_TEXT)))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment.toLowerCase());
}

/** A passage of the resume, short enough to be quoted. */
export function quoted(line: string): string {
  return line.length <= LONGEST_QUOTE ? line : `${beginningOf(line, LONGEST_QUOTE - 1)}…`;
}

/** A cut may fall into the middle of a character, and PostgreSQL keeps no halves. */
const beginningOf = (text: string, length: number) => text.slice(0, length).toWellFormed();
