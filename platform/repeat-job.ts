import type { Logger } from '#platform/log.ts';

/** A job that is done again and again. */
export interface RepeatedJob {
  /** Ends it, and waits for the run that is under way. */
  stop(): Promise<void>;
}

/**
 * Does a job again and again, one run after the other. One that fails is logged, and done again next time.
 *
 * @param name what the log calls it
 * @param every milliseconds before the first run, and from the end of each to the beginning of the next
 */
export function repeatJob(
  log: Logger,
  name: string,
  every: number,
  job: () => Promise<unknown>,
): RepeatedJob {
  let running: Promise<unknown> = Promise.resolve();
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
