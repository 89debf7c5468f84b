import type { StoredFinding } from '../../../tables.ts';
import { quoted, type ResumeDocument } from '../document.ts';
import type { ReviewRule } from '../rule.ts';

/** `2018 – 2021`, `Mar 2020 - present`, `2019/04～現在`: two years, or a year and "until now". */
const PERIOD =
  /\b((?:19|20)\d{2})\b[^\d\n]{0,20}(?:\d{1,2}[^\d\n]{0,5})?(?:-|–|—|~|～|〜|to|until)\s*(?:[A-Za-z]{3,9}\.?\s+|\d{1,2}[/.])?((?:19|20)\d{2}\b|present|now|today|current|現在)/i;

/** A line that says from when to when. `until` is no number where it says "until now". */
interface Period {
  readonly line: string;
  readonly from: number;
  readonly until: number;
}

const NO_PERIODS: StoredFinding = {
  severity: 'WARNING',
  message: 'No position says from when to when it was held.',
  suggestion: 'Give each position its years, such as "2019 – 2023".',
};

/** Each position says from when to when. */
export const datesRule: ReviewRule = {
  section: 'Experience',
  weight: 1,
  judge: (resume) => {
    const periods = periodsOf(resume);
    const [first] = periods;
    if (!first) return { score: 0, findings: [NO_PERIODS] };
    const backwards = periods.find(({ from, until }) => until < from);
    if (backwards) return { score: 40, findings: [endsTooEarly(backwards)] };
    return { score: 100, findings: [hasPeriods(first)] };
  },
};

function periodsOf({ lines }: ResumeDocument): Period[] {
  return lines.flatMap((line) => {
    const [, from, until] = PERIOD.exec(line) ?? [];
    return from && until ? [{ line, from: Number(from), until: Number(until) }] : [];
  });
}

const endsTooEarly = ({ line }: Period): StoredFinding => ({
  severity: 'WARNING',
  message: 'A position ends before it begins.',
  evidence: quoted(line),
  suggestion: 'Check its years.',
});

const hasPeriods = ({ line }: Period): StoredFinding => ({
  severity: 'PRAISE',
  message: 'The resume says from when to when positions were held.',
  evidence: quoted(line),
});
