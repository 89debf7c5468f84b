import type { MonolithApp, MonolithDeps } from './app.ts';

/**
 * Does a job again and again while the server listens. A job that fails is logged and done again next time;
 * closing the server waits for the one that runs.
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
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  let closed = false;
  const sweep = () => {
    running = job()
      .catch((error: unknown) => log.error({ err: error }, `${name} failed`))
      .then(schedule);
  };
  const schedule = () => {
    if (!closed) timer = setTimeout(sweep, every).unref();
  };
  app.addHook('onListen', async () => schedule());
  app.addHook('onClose', async () => {
    closed = true;
    clearTimeout(timer);
    await running;
  });
}
