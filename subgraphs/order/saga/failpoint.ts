import { WORKFLOW, type Effect, type StepName } from '../workflow.ts';

/**
 * Called at each point where a crash leaves something behind: `<step>.<stage>` when a stage is about to begin,
 * `<step>.<stage>.done` when it has been done and not yet recorded, `<step>.end` when everything is recorded
 * and only the answer is missing.
 */
export type Failpoint = (name: string) => void;

/** The names of all failpoints, such as `place.reserve.done`. */
export const FAILPOINTS: readonly string[] = Object.entries(WORKFLOW)
  .filter(([, { effects }]) => effects.length > 0)
  .flatMap(([step, { effects }]) => {
    const stages: (Effect | 'FINISH')[] = [...effects, 'FINISH'];
    return [
      ...stages.flatMap((stage) => [`${step}.${stage}`, `${step}.${stage}.DONE`]),
      `${step}.END`,
    ].map((name) => name.toLowerCase());
  });

/** A failpoint that kills the process, as SIGKILL does: nothing is flushed, closed or answered. */
export function failpointOf(armed: string | undefined): Failpoint {
  return (name) => {
    if (name === armed) process.kill(process.pid, 'SIGKILL');
  };
}

/** The name of a point of a step. */
export function pointOf(step: StepName, ...rest: readonly string[]): string {
  return [step, ...rest].join('.').toLowerCase();
}
