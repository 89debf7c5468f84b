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

const HEADINGS: readonly (readonly [PartName, RegExp])[] = [
  [
    'summary',
    /^((professional|career|executive) )?(summary|profile|objective)$|^about( me)?$|^職務要約$|^自己PR$/i,
  ],
  [
    'experience',
    /^((work|professional|relevant) )?(experience|history)$|^employment( history)?$|^work history$|^職務?経歴$|^職歴$/i,
  ],
  ['education', /^education( and .*)?$|^academic .*$|^qualifications$|^学歴$/i],
  ['skills', /^((technical|key|core) )?(skills|competenc(ies|es)|technologies)$|^スキル$|^技術$/i],
];

const BULLET = /^([-*•–·▪●・]|\d{1,2}[.)])\s+/;

/** Takes a resume in plain text or Markdown apart. */
export function readDocument(text: string): ResumeDocument {
  const lines = text
    .slice(0, LONGEST_TEXT)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const headings = new Map<PartName, string>();
  const bullets: string[] = [];
  const experience: string[] = [];
  let part: PartName | null = null;
  for (const line of lines) {
    const found = partOf(line);
    if (found) {
      part = found;
      if (!headings.has(found)) headings.set(found, line);
    } else if (BULLET.test(line)) {
      bullets.push(line.replace(BULLET, ''));
    } else if (part === 'experience' && line.length > LONGEST_HEADING) {
      experience.push(line);
    }
  }
  const statements = bullets.length > 0 ? bullets : experience;
  return { lines, words: wordsOf(lines.join('\n')), headings, statements };
}

function partOf(line: string): PartName | null {
  if (line.length > LONGEST_HEADING) return null;
  const title = line.replace(/^[#*_=\s]+|[*_=:：\s]+$/g, '');
  return HEADINGS.find(([, pattern]) => pattern.test(title))?.[0] ?? null;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** The words of a text in lower case, also where no spaces stand between them. */
export function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text.slice(0, LONGEST_TEXT)))
    .filter(({ isWordLike }) => isWordLike)
    .map(({ segment }) => segment.toLowerCase());
}

/** A passage of the resume, short enough to be quoted. */
export function quoted(line: string): string {
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
