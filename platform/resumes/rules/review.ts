import type { DocumentText } from '../documents/document.ts';
import { dateStyleRule, datesRule, gapsRule, orderRule } from './chronology.ts';
import { contactRule } from './contact.ts';
import { pointsRule, resultsRule } from './content.ts';
import { lengthRule, pointLengthRule } from './length.ts';
import { matchRule } from './match.ts';
import { partsRule } from './parts.ts';
import { reviewedResume } from './reviewed-resume.ts';
import {
  AGENT_NAMES,
  SEVERITIES,
  type AgentName,
  type Finding,
  type Judgement,
  type ReviewRule,
} from './rule.ts';
import { tenseRule } from './tense.ts';
import { verbsRule } from './verbs.ts';
import { wordingRule } from './wording.ts';

/** All rules, in the order in which their sections are shown. */
export const RULES: readonly ReviewRule[] = [
  contactRule,
  partsRule,
  lengthRule,
  datesRule,
  orderRule,
  gapsRule,
  resultsRule,
  verbsRule,
  pointsRule,
  wordingRule,
  tenseRule,
  dateStyleRule,
  pointLengthRule,
  matchRule,
];

/** A section of a review, and how much it counts among the others. */
export interface JudgedSection {
  readonly name: string;
  /** 0 to 100. */
  readonly score: number;
  readonly weight: number;
  readonly findings: readonly Finding[];
}

/** A review: the score of the whole, and its sections. */
export interface Review {
  /** 0 to 100. */
  readonly score: number;
  readonly sections: readonly Omit<JudgedSection, 'weight'>[];
}

/** What the rules of an agent say. The same text always has the same answer. */
export function judgeByRules(
  agent: AgentName,
  document: DocumentText,
  jobDescription: string | null,
): JudgedSection[] {
  const resume = reviewedResume(document);
  const judged = RULES.filter((rule) => rule.agent === agent).flatMap((rule) => {
    const judgement = rule.judge(resume, jobDescription);
    return judgement ? [{ ...rule, ...judgement }] : [];
  });
  return [...Map.groupBy(judged, ({ section }) => section)].map(([name, members]) =>
    sectionOf(name, members),
  );
}

function sectionOf(
  name: string,
  judged: readonly (Judgement & { readonly weight: number })[],
): JudgedSection {
  return {
    name,
    score: meanScore(judged),
    weight: judged.reduce((sum, { weight }) => sum + weight, 0),
    findings: judged
      .flatMap(({ findings }) => findings)
      .toSorted(
        (one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity),
      ),
  };
}

/** Joins what the agents say to one review: sections of the same name become one, and each counts by its weight. */
export function joinedReview(judged: readonly JudgedSection[]): Review {
  const sections = [...Map.groupBy(judged, ({ name }) => name)].map(([name, members]) =>
    sectionOf(name, members),
  );
  return {
    score: meanScore(sections),
    sections: sections.map(({ name, score, findings }) => ({ name, score, findings })),
  };
}

function meanScore(judged: readonly { readonly score: number; readonly weight: number }[]): number {
  const weights = judged.reduce((sum, { weight }) => sum + weight, 0);
  return weights === 0
    ? 0
    : Math.round(judged.reduce((sum, { score, weight }) => sum + score * weight, 0) / weights);
}

/** The review of all agents by rules. */
export const reviewByRules = (document: DocumentText, jobDescription: string | null): Review =>
  joinedReview(AGENT_NAMES.flatMap((agent) => judgeByRules(agent, document, jobDescription)));
