import { AGENT_NAMES, type AgentName } from './rule.ts';

/** What an agent did for a review, as both sides store it. */
export interface AgentRun {
  /** Which try to write the review it belongs to; absent: the first. */
  readonly attempt?: number;
  readonly agent: AgentName;
  /** rules, or the kind of the model's end point. */
  readonly driver: string;
  readonly model: string | null;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a dollar. */
  readonly costMicros: number;
  readonly outcome: 'COMPLETED' | 'FAILED';
  /** Why it failed. */
  readonly message: string | null;
}

/** Agents of a review: matching needs a job to match. */
export const agentsFor = (jobDescription: string | null) =>
  AGENT_NAMES.filter((name) => name !== 'match' || jobDescription !== null);

export const attemptOf = ({ attempt }: AgentRun) => attempt ?? 1;

/** The try that follows those of which runs are known: one that got as far as to a run leaves it behind. */
export function nextAttempt(runs: readonly AgentRun[]): number {
  const last = runs.at(-1);
  return last ? attemptOf(last) + 1 : 1;
}

/** The runs of the newest try. */
export function runsOfLastAttempt(runs: readonly AgentRun[]): AgentRun[] {
  const newest = nextAttempt(runs) - 1;
  return runs.filter((run) => attemptOf(run) === newest);
}
