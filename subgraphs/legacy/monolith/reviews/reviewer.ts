import type { DocumentText } from '#platform/resumes/documents/document.ts';
import { agentsFor, type AgentRun } from '#platform/resumes/rules/agent-run.ts';
import { joinedReview, judgeByRules, type JudgedSection } from '#platform/resumes/rules/review.ts';
import type { StoredReviewSection } from '../tables.ts';

/** What a reviewer says. */
export interface ReviewResult {
  /** 0 to 100. */
  readonly score: number;
  readonly sections: StoredReviewSection[];
  readonly agentRuns: AgentRun[];
}

/** Reviews a resume by the rules that the resume-review service has too, while the request waits. */
export function reviewResume(document: DocumentText, jobDescription: string | null): ReviewResult {
  const judged: JudgedSection[] = [];
  const agentRuns = agentsFor(jobDescription).map((agent): AgentRun => {
    const began = new Date();
    judged.push(...judgeByRules(agent, document, jobDescription));
    return {
      agent,
      driver: 'rules',
      model: null,
      startedAt: began.toISOString(),
      durationMs: Math.max(0, Date.now() - began.getTime()),
      inputTokens: 0,
      outputTokens: 0,
      costMicros: 0,
      outcome: 'COMPLETED',
      message: null,
    };
  });
  const { score, sections } = joinedReview(judged);
  return { score, sections: sections.map(storedSection), agentRuns };
}

/** In the words of the monolith. */
const storedSection = ({
  name,
  score,
  findings,
}: ReturnType<typeof joinedReview>['sections'][number]): StoredReviewSection => ({
  name,
  score,
  findings: findings.map(({ severity, message, evidence, suggestion }) => ({
    level: severity,
    text: message,
    ...(evidence != null && { quote: evidence }),
    ...(suggestion != null && { advice: suggestion }),
  })),
});
