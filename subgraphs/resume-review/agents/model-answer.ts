import { z } from 'zod';
import type { JudgedSection } from '#platform/resumes/rules/review.ts';
import { SEVERITIES } from '#platform/resumes/rules/rule.ts';

/** How far the score of a model may be from that of the rules: whoever talks it into a better one gains no more than this. */
const FARTHEST = 20;
const MOST_FINDINGS = 12;

/** The form of an answer: what each section of an agent is worth, and why. */
export const answerSchema = (names: readonly string[]) =>
  z.object({
    sections: z.array(
      z.object({
        name: z.enum(names as [string, ...string[]]),
        score: z.number().min(0).max(100),
        findings: z.array(
          z.object({
            severity: z.enum(SEVERITIES),
            message: z.string().min(1).max(500),
            evidence: z.string().max(500).nullable(),
            suggestion: z.string().max(500).nullable(),
          }),
        ),
      }),
    ),
  });

export type ModelSections = z.infer<ReturnType<typeof answerSchema>>['sections'];
type AnsweredFinding = ModelSections[number]['findings'][number];

/**
 * What is kept of a model's answer: findings whose quotes stand in the resume, and scores that are near those of the rules.
 * Sections that it left out are those of the rules.
 */
export function checkedSections(
  answered: ModelSections,
  rules: readonly JudgedSection[],
  text: string,
): JudgedSection[] {
  const plain = bare(text);
  return rules.map((rule) => {
    const section = answered.find(({ name }) => name === rule.name);
    if (!section) return rule;
    const score = Math.round(
      Math.min(Math.max(section.score, rule.score - FARTHEST), rule.score + FARTHEST, 100),
    );
    const findings = section.findings
      .map(storedFinding)
      .filter(
        ({ message, evidence }) =>
          message !== '' &&
          (evidence === null || (bare(evidence) !== '' && plain.includes(bare(evidence)))),
      )
      .slice(0, MOST_FINDINGS);
    return { ...rule, score: Math.max(0, score), findings };
  });
}

/** Line breaks and blanks are not what a quote is compared by. */
const bare = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

/** A finding with texts that can all be kept: one that cannot would take the whole review with it, again and again. */
const storedFinding = ({ severity, message, evidence, suggestion }: AnsweredFinding) => ({
  severity,
  message: stored(message),
  evidence: evidence === null ? null : stored(evidence),
  suggestion: suggestion === null ? null : stored(suggestion),
});

/** PostgreSQL keeps no U+0000 and no halves of characters. */
const stored = (text: string) => text.replaceAll('\0', '').toWellFormed();
