import { agentsFor, type AgentRun } from '#platform/resumes/rules/agent-run.ts';
import { joinedReview, type JudgedSection, type Review } from '#platform/resumes/rules/review.ts';
import type { AgentName } from '#platform/resumes/rules/rule.ts';
import {
  AgentFailed,
  NOTHING_SPENT,
  type AgentAnswer,
  type AgentDriver,
  type ReviewTask,
} from './agent.ts';
import { rulesDriver } from './rules-driver.ts';

/** What a review is followed by while it is written. */
export interface ReviewProgress {
  readonly signal: AbortSignal;
  /** Told of each run when it has ended. @returns whether to go on */
  readonly recorded: (run: AgentRun) => Promise<boolean>;
}

/** Asks the agents one after the other, and joins what they say to one review. */
export interface Chief {
  /** @returns null where it was told to stop */
  review(
    task: ReviewTask,
    progress: ReviewProgress,
  ): Promise<{ readonly review: Review; readonly runs: readonly AgentRun[] } | null>;
}

/**
 * Makes the chief agent. Where the driver fails, the rules answer in its place, so that a review is never lost to a
 * model that is away.
 */
export function createChief(driver: AgentDriver): Chief {
  const rules = rulesDriver();
  return {
    review: async (task, { signal, recorded }) => {
      const runs: AgentRun[] = [];
      const sections: JudgedSection[] = [];
      for (const agent of agentsFor(task.jobDescription)) {
        for (const worker of driver.name === 'rules' ? [rules] : [driver, rules]) {
          const { run, answer } = await runOf(worker, agent, task, signal);
          runs.push(run);
          sections.push(...(answer?.sections ?? []));
          // Whoever was told to stop has no say any more: another one may be writing it.
          if (signal.aborted || !(await recorded(run))) return null;
          if (answer) break;
        }
      }
      return { review: joinedReview(sections), runs };
    },
  };
}

async function runOf(
  driver: AgentDriver,
  agent: AgentName,
  task: ReviewTask,
  signal: AbortSignal,
): Promise<{ readonly run: AgentRun; readonly answer: AgentAnswer | null }> {
  const startedAt = new Date();
  const done = (
    outcome: AgentRun['outcome'],
    message: string | null,
    spent: Omit<AgentAnswer, 'sections'>,
  ): AgentRun => ({
    agent,
    driver: driver.name,
    model: driver.model,
    startedAt: startedAt.toISOString(),
    durationMs: Math.max(0, Date.now() - startedAt.getTime()),
    inputTokens: spent.inputTokens,
    outputTokens: spent.outputTokens,
    costMicros: spent.costMicros,
    outcome,
    message,
  });
  try {
    const answer = await driver.judge(agent, task, signal);
    return { run: done('COMPLETED', null, answer), answer };
  } catch (error) {
    if (!(error instanceof AgentFailed) && !signal.aborted) throw error;
    const spent = error instanceof AgentFailed ? error.spent : NOTHING_SPENT;
    return { run: done('FAILED', (error as Error).message, spent), answer: null };
  }
}
