import type { Severity, StoredSection } from '../../tables.ts';
import type { Reviewer } from '../reviewer.ts';
import { readDocument } from './document.ts';
import type { Judgement, ReviewRule } from './rule.ts';
import { contactRule } from './rules/contact.ts';
import { datesRule } from './rules/dates.ts';
import { jobMatchRule } from './rules/job-match.ts';
import { lengthRule } from './rules/length.ts';
import { partsRule } from './rules/parts.ts';
import { resultsRule } from './rules/results.ts';
import { verbsRule } from './rules/verbs.ts';

/** In the order in which their sections are shown. */
const RULES: readonly ReviewRule[] = [
  contactRule,
  partsRule,
  lengthRule,
  resultsRule,
  verbsRule,
  datesRule,
  jobMatchRule,
];

/** Gravest first. */
const SEVERITIES: readonly Severity[] = ['CRITICAL', 'WARNING', 'HINT', 'PRAISE'];

type WeighedJudgement = Judgement & Pick<ReviewRule, 'section' | 'weight'>;

/** Judges by rules that anybody can read. The same resume always has the same review. */
export function ruleBasedReviewer(): Reviewer {
  return {
    review: async ({ text, jobDescription }) => {
      const resume = readDocument(text);
      const judgements = RULES.flatMap(({ section, weight, judge }): WeighedJudgement[] => {
        const judgement = judge(resume, jobDescription);
        return judgement ? [{ ...judgement, section, weight }] : [];
      });
      const sections = [...Map.groupBy(judgements, ({ section }) => section)];
      return { score: meanScore(judgements), sections: sections.map(sectionOf) };
    },
  };
}

function sectionOf([name, judgements]: [string, WeighedJudgement[]]): StoredSection {
  const findings = judgements
    .flatMap((judgement) => judgement.findings)
    .toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  return { name, score: meanScore(judgements), findings };
}

function meanScore(judgements: readonly WeighedJudgement[]): number {
  let [sum, weights] = [0, 0];
  for (const { score, weight } of judgements) {
    sum += score * weight;
    weights += weight;
  }
  return Math.round(sum / weights);
}
