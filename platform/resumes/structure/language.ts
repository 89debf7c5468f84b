import { alternatives, LANGUAGES } from '../languages/languages.ts';

const LETTERS = /\p{L}+/gu;
const FREQUENT = LANGUAGES.map(({ code, frequent }) => ({
  code,
  words: new Set(alternatives(frequent)),
}));

/** The language of a text, as ISO 639-1; English where it cannot be told. */
export function languageOf(text: string): string {
  const sample = text.slice(0, 20_000).toLowerCase();
  const share = (script: RegExp) =>
    (sample.match(script)?.length ?? 0) / Math.max(1, sample.match(/\p{L}/gu)?.length ?? 1);
  if (share(/[\u3040-\u30FF]/g) > 0.05) return 'ja';
  if (share(/[\uAC00-\uD7AF]/g) > 0.2) return 'ko';
  if (share(/[\u4E00-\u9FFF]/g) > 0.2) return 'zh';
  if (share(/[\u0600-\u06FF]/g) > 0.3) return 'ar';
  if (share(/[\u0400-\u04FF]/g) > 0.3) return /[іїєґ]/.test(sample) ? 'uk' : 'ru';
  const counts = new Map<string, number>();
  for (const [word] of sample.matchAll(LETTERS)) {
    for (const { code, words } of FREQUENT) {
      if (words.has(word)) counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  const [best] = [...counts].toSorted(([, one], [, other]) => other - one);
  return best?.[0] ?? 'en';
}
