import type { DocumentText } from '#platform/resumes/documents/document.ts';
import type { JudgedSection } from '#platform/resumes/rules/review.ts';
import type { AgentName } from '#platform/resumes/rules/rule.ts';

/** What is to be reviewed. */
export interface ReviewTask {
  readonly document: DocumentText;
  /** The job to hold it against, where one was given. */
  readonly jobDescription: string | null;
}

/** What an agent says, and what it took. */
export interface AgentAnswer {
  readonly sections: readonly JudgedSection[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a dollar. */
  readonly costMicros: number;
}

/** Whoever does the work of the agents: rules, or a language model. */
export interface AgentDriver {
  /** As it is recorded. */
  readonly name: string;
  readonly model: string | null;
  /** @throws AgentFailed, or whatever ends `signal` */
  judge(agent: AgentName, task: ReviewTask, signal: AbortSignal): Promise<AgentAnswer>;
}

/** An agent has no answer that can be used. What it took all the same is counted. */
export class AgentFailed extends Error {
  readonly code = 'AGENT_FAILED';
  readonly spent: Omit<AgentAnswer, 'sections'>;

  constructor(message: string, spent: Omit<AgentAnswer, 'sections'>, cause?: unknown) {
    super(message, { cause });
    this.name = 'AgentFailed';
    this.spent = spent;
  }
}

export const NOTHING_SPENT = { inputTokens: 0, outputTokens: 0, costMicros: 0 };
