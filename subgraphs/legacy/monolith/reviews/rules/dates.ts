import { quoted } from '../document.ts';
import type { ReviewRule } from '../rule.ts';

/** `2018 – 2021`, `Mar 2020 - present`, `2019/04～現在`: two years, or a year and "until now". */
const PERIOD =
  /\b((?:19|20)\d{2})\b[^\d\n]{0,20}(?:\d{1,2}[^\d\n]{0,5})?(?:-|–|—|~|～|〜|to|until)\s*(?:[A-Za-z]{3,9}\.?\s+|\d{1,2}[/.])?((?:19|20)\d{2}\b|present|now|today|current|現在)/i;

/** Each position says from when to when. */
export const datesRule: ReviewRule = {
  section: 'Experience',
  weight: 1,
  judge({ lines }) {
    const periods = lines.flatMap((line) => {
      const [, from, until] = PERIOD.exec(line) ?? [];
      return from && until ? [{ line, from: Number(from), until: Number(until) }] : [];
    });
    if (periods.length === 0) {
      const advice = 'Give each position its years, such as "2019 – 2023".';
      const text = 'No position says from when to when it was held.';
      return { score: 0, findings: [{ level: 'WARNING', text, advice }] };
    }
    // "present" is no number, and is never before the beginning.
    const backwards = periods.find(({ from, until }) => until < from);
    if (backwards) {
      const text = 'A position ends before it begins.';
      const quote = quoted(backwards.line);
      return {
        score: 40,
        findings: [{ level: 'WARNING', text, quote, advice: 'Check its years.' }],
      };
    }
    const quote = quoted(periods[0]?.line ?? '');
    const text = 'The resume says from when to when positions were held.';
    return { score: 100, findings: [{ level: 'PRAISE', text, quote }] };
  },
};
