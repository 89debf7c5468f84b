import { repeatJob, type RepeatedJob } from '#platform/repeat-job.ts';
import type { MonolithApp, MonolithDeps } from './app.ts';

/**
 * Does a job again and again while the server listens; closing the server waits for the run under way.
 *
 * @param every milliseconds from the end of one run to the beginning of the next
 */
export function sweepWhileListening(
  app: MonolithApp,
  log: MonolithDeps['log'],
  name: string,
  every: number,
  job: () => Promise<unknown>,
): void {
  let sweeping: RepeatedJob | undefined;
  app.addHook('onListen', async () => {
    sweeping = repeatJob(log, name, every, job);
  });
  app.addHook('onClose', async () => sweeping?.stop());
}
