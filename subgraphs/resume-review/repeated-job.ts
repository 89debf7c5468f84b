import type { Logger } from '#platform/log.ts';

/** A job that is done again and again. */
export interface RepeatedJob {
  /** Ends it, and waits for the run that is under way. */
  stop(): Promise<void>;
}

/**
 * Does a job again and again; one that fails is logged, and done again next time.
 *
 * @param every milliseconds from the end of one run to the beginning of the next
 */
export function repeatJob(
  log: Logger,
  name: string,
  every: number,
  job: () => Promise<void>,
): RepeatedJob {
  let running: Promise<void> = Promise.resolve();
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const schedule = () => {
    if (!isStopped) timer = setTimeout(run, every).unref();
  };
  const run = () => {
    running = job()
      .catch((error: unknown) => log.error({ err: error }, `${name} failed`))
      .then(schedule);
  };
  schedule();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
