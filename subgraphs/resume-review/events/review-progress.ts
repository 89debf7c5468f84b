import { agentsFor } from '#platform/resumes/rules/agent-run.ts';
import type { ReviewRow } from '../repository/reviews.ts';

/** What is known of a review that is enough to say how far it is. */
export interface ReviewStand {
  readonly status: ReviewRow['status'];
  readonly hasJob: boolean;
  /** How many runs of agents are recorded of the newest try. */
  readonly runs: number;
}

/** How much of a review is done, 0 to 100: reading the file is as much as the work of one agent. */
export function progressOf({ status, hasJob, runs }: ReviewStand): number {
  if (status === 'QUEUED') return 0;
  if (status !== 'RUNNING') return 100;
  const steps = agentsFor(hasJob ? '' : null).length + 1;
  return Math.min(99, Math.round((100 * runs) / steps));
}
