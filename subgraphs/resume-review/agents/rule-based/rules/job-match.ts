import type { StoredFinding } from '../../../tables.ts';
import { quoted, wordsOf, type ResumeDocument } from '../document.ts';
import { scoreOf, type ReviewRule } from '../rule.ts';

/** Words that every job description has. */
const COMMON = new Set(
  `a about ability able across all also an and any are as at based be been by can candidate closely company day degree
  do each ensure etc every excellent experience experienced for from full good great has have help high highly how if in
  including into is it its job join knowledge least like look looking make may more must need new of on one opportunity
  or other our out over part people per plus position preferred proven provide related required requirements
  responsibilities responsible role salary should skills so strong such support take team than that the their them they
  this through time to understanding up us use using we well what when where which who will with within work working
  would year years you your`.split(/\s+/),
);
/** How many of the job's most frequent words are looked for. */
const TERMS = 25;
/** Nobody has every word: the share from which on all is well. */
const ENOUGH = 0.6;
const NAMED = 8;

/** The resume answers the job description in its own words. */
export const jobMatchRule: ReviewRule = {
  section: 'Job match',
  weight: 4,
  judge: (resume, jobDescription) => {
    const terms = jobDescription === null ? [] : termsOf(jobDescription);
    if (terms.length === 0) return null;
    const stems = new Set(resume.words.map(stem));
    const met = terms.filter((term) => stems.has(stem(term)));
    const missing = terms.filter((term) => !stems.has(stem(term)));
    const share = met.length / terms.length;
    const findings: StoredFinding[] = [];
    if (met.length > 0) {
      findings.push({
        severity: share < ENOUGH / 2 ? 'HINT' : 'PRAISE',
        message: `The resume takes up ${met.length} of ${terms.length} words of the job: ${named(met)}.`,
        evidence: bestLine(resume, met),
      });
    }
    if (share < ENOUGH) {
      findings.push({
        severity: met.length === 0 ? 'CRITICAL' : 'WARNING',
        message: `Words of the job that are not in the resume: ${named(missing)}.`,
        suggestion: 'Where they are true of you, say so in your own bullet points.',
      });
    }
    return { score: scoreOf(share, ENOUGH), findings };
  },
};

/** The words that matter in a job description, most frequent first. */
function termsOf(jobDescription: string): string[] {
  const counts = new Map<string, { readonly term: string; count: number }>();
  for (const word of wordsOf(jobDescription)) {
    if (COMMON.has(word) || word.length < 2 || /^\d+$/.test(word)) continue;
    const known = counts.get(stem(word));
    if (known) known.count++;
    else counts.set(stem(word), { term: word, count: 1 });
  }
  return [...counts.values()]
    .toSorted((a, b) => b.count - a.count)
    .slice(0, TERMS)
    .map(({ term }) => term);
}

/** Brings "managing", "managed" and "manages" together; crude, but it is the same for both texts. */
function stem(word: string): string {
  return word.length > 4 ? word.replace(/(ing|ed|es|s|e)$/, '') : word.replace(/s$/, '');
}

/** The line of the resume that takes up the most of the words. */
function bestLine({ lines }: ResumeDocument, terms: readonly string[]): string | null {
  const wanted = new Set(terms.map(stem));
  let best: string | null = null;
  let most = 0;
  for (const line of lines) {
    const hits = new Set(wordsOf(line).map(stem)).intersection(wanted).size;
    if (hits <= most) continue;
    [best, most] = [line, hits];
  }
  return best === null ? null : quoted(best);
}

const named = (terms: readonly string[]) => terms.slice(0, NAMED).join(', ');
