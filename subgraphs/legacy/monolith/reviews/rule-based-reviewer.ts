import type { StoredReviewSection } from '../tables.ts';
import { readDocument } from './document.ts';
import type { Reviewer } from './reviewer.ts';
import type { Finding, ReviewRule, RuleResult } from './rule.ts';
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

const GRAVITY: readonly Finding['level'][] = ['CRITICAL', 'WARNING', 'HINT', 'PRAISE'];

type Judgement = RuleResult & Pick<ReviewRule, 'section' | 'weight'>;

/** Judges by rules that anybody can read. The same resume always has the same review. */
export function ruleBasedReviewer(): Reviewer {
  return {
    review: async ({ text, jobDescription }) => {
      const resume = readDocument(text);
      const judgements = RULES.flatMap((rule): Judgement[] => {
        const result = rule.judge(resume, jobDescription);
        return result ? [{ ...result, section: rule.section, weight: rule.weight }] : [];
      });
      const sections = Map.groupBy(judgements, ({ section }) => section);
      return {
        score: meanOf(judgements),
        sections: [...sections].map(([name, members]) => sectionOf(name, members)),
      };
    },
  };
}

function sectionOf(name: string, judgements: readonly Judgement[]): StoredReviewSection {
  const findings = judgements
    .flatMap((judgement) => judgement.findings)
    .sort((a, b) => GRAVITY.indexOf(a.level) - GRAVITY.indexOf(b.level));
  return { name, score: meanOf(judgements), findings };
}

function meanOf(judgements: readonly Judgement[]): number {
  const weights = judgements.reduce((sum, { weight }) => sum + weight, 0);
  return Math.round(
    judgements.reduce((sum, { score, weight }) => sum + score * weight, 0) / weights,
  );
}
