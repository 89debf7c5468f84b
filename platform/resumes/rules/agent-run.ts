import { AGENT_NAMES, type AgentName } from './rule.ts';

/** What an agent did for a review, as both sides store it. */
export interface AgentRun {
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
