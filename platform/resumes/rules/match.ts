import { wordsOf, type ReviewedResume } from './reviewed-resume.ts';
import { quoted, scoreOf, SOURCES, type Finding, type ReviewRule } from './rule.ts';

/** Words that job descriptions and resumes have in common anyway, with the share of texts that have them: the rest counts as rare. */
const COMMON = new Set(
  `a about ability able across all also an and any are as at based be been by can candidate closely company day degree
  do each ensure etc every excellent experience experienced for from full good great has have help high highly how if in
  including into is it its job join knowledge least like look looking make may more must need new of on one opportunity
  or other our out over part people per plus position preferred proven provide related required requirements
  responsibilities responsible role salary should skills so strong such support take team than that the their them they
  this through time to understanding up us use using we well what when where which who will with within work working
  would year years you your
  und oder der die das den dem ein eine einer eines wir sie ihr ihre mit für von im in zu zur zum auf als auch sowie bei
  de la le les et des du en un une pour dans sur avec nous vous votre notre au aux est sont
  el los las y con para por del al que se su sus es son una uno
  het van voor met op te bij aan als een wij jij je ons onze
  i w z na do oraz dla od o po się jest są
  и в с на для по из от к до не за при мы вы наш ваш та і у з й`.split(/\s+/),
);
/** Terms that are compared, the share of their weight from which on all is well, and how many are named. */
const [TERMS, ENOUGH, NAMED] = [25, 0.6, 8];

const SAY_SO = 'Where they are true of you, say so in your own bullet points.';

/** Lines that the best one is looked for in. */
const MOST_LINES = 300;

/** A word of the job and how much it tells: how often it is there, times how rare it is elsewhere (TF-IDF). */
interface Term {
  readonly word: string;
  readonly stem: string;
  readonly weight: number;
}

/** The resume answers the job description in its own words. */
export const matchRule: ReviewRule = {
  id: 'match',
  agent: 'match',
  section: 'Job match',
  weight: 6,
  source: SOURCES.jones,
  judge: (resume, jobDescription) => {
    const terms = jobDescription === null ? [] : termsOf(jobDescription);
    if (terms.length === 0) return null;
    const stems = new Set(resume.words.map(stemOf));
    const met = terms.filter(({ stem }) => stems.has(stem));
    const missing = terms.filter(({ stem }) => !stems.has(stem));
    const share = weightOf(met) / weightOf(terms);
    const findings: Finding[] = [];
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
        suggestion: SAY_SO,
      });
    } else if (missing.length > 0) {
      findings.push({
        severity: 'HINT',
        message: `Not taken up, and few enough: ${named(missing)}.`,
        suggestion: SAY_SO,
      });
    }
    return { score: scoreOf(share, ENOUGH), findings };
  },
};

/**
 * The words that tell most about a job. Each sentence of the description counts as a document: a word that is in every
 * sentence tells less than one that few have, and one that is said again more than one that is said once.
 */
function termsOf(jobDescription: string): Term[] {
  const sentences = jobDescription
    .slice(0, 20_000)
    .split(/[.!?。！？\n;]+/)
    .map(wordsOf)
    .filter((words) => words.length > 0);
  const counts = new Map<string, { word: string; count: number; sentences: number }>();
  for (const words of sentences) {
    const seen = new Set<string>();
    for (const word of words) {
      if (
        COMMON.has(word) ||
        /^\d+$/.test(word) ||
        (word.length < 2 && !/[\u4e00-\u9fff]/.test(word))
      )
        continue;
      const stem = stemOf(word);
      const known = counts.get(stem) ?? { word, count: 0, sentences: 0 };
      counts.set(stem, {
        ...known,
        count: known.count + 1,
        sentences: known.sentences + (seen.has(stem) ? 0 : 1),
      });
      seen.add(stem);
    }
  }
  return [...counts]
    .map(([stem, { word, count, sentences: inSentences }]) => ({
      word,
      stem,
      weight: (1 + Math.log(count)) * Math.log(1 + (sentences.length + 1) / inSentences),
    }))
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, TERMS);
}

/** Brings "managing", "managed" and "manages" together; crude, but it is the same for both texts. */
const stemOf = (word: string) =>
  word.length > 4 ? word.replace(/(?:ing|ed|es|en|er|s|e)$/, '') : word.replace(/s$/, '');

const weightOf = (terms: readonly Term[]) => terms.reduce((sum, { weight }) => sum + weight, 0);

/** The line of the resume that takes up the most of the words. */
function bestLine({ lines, neutral }: ReviewedResume, terms: readonly Term[]): string | null {
  const wanted = new Set(terms.map(({ stem }) => stem));
  let [best, most]: [string | null, number] = [null, 0];
  for (const { text } of lines.slice(0, MOST_LINES)) {
    const hits = new Set(wordsOf(neutral(text)).map(stemOf)).intersection(wanted).size;
    if (hits > most) [best, most] = [text, hits];
  }
  return best === null ? null : quoted(best);
}

const named = (terms: readonly Term[]) =>
  terms
    .slice(0, NAMED)
    .map(({ word }) => word)
    .join(', ');
