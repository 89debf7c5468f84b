import type { Logger } from '#platform/log.ts';

/** Milliseconds from the end of one sweep to the beginning of the next. */
const PAUSE = 10_000;

/**
 * Does a sweep again and again. One that fails is logged, and done again the next time.
 *
 * @returns ends it; waits for the sweep that runs
 */
export function sweepAgainAndAgain(
  sweep: () => Promise<unknown>,
  log: Logger,
  pause = PAUSE,
): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let ended = false;
  const schedule = () => {
    if (!ended) timer = setTimeout(run, pause).unref();
  };
  const run = () => {
    running = sweep()
      .catch((error: unknown) => log.error({ err: error }, 'a sweep of expired promises failed'))
      .then(schedule);
  };
  schedule();
  return async () => {
    ended = true;
    clearTimeout(timer);
    await running;
  };
}
