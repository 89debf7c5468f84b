const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** npm passes a Ctrl-C on although the terminal has sent it to us already: within this many milliseconds it is the same one. */
const SAME_SIGNAL = 500;

/** How often, in milliseconds, to look whether npm is still there. */
const PARENT_CHECK = 300;

/**
 * Turns the first signal to end into an AbortSignal, and calls `force` on the second.
 *
 * A SIGTERM to npm ends npm and its shell but is not passed on to us: losing our parent is the same request. So is losing
 * whoever read our output (`npm start | head`): nobody sees any more that we run. It is noticed when we print next.
 *
 * @param startedByNpm whether our parent is npm's shell; any other parent may leave us behind on purpose
 * @param force what to do with somebody who does not want to wait
 */
export function stopSignals(startedByNpm: boolean, force: () => void): AbortSignal {
  const stop = new AbortController();
  let first = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (!stop.signal.aborted) {
        first = Date.now();
        stop.abort(new Stopped(name));
      } else if (Date.now() - first > SAME_SIGNAL) {
        force();
      }
    });
  }
  process.stdout.on('error', () => stop.abort(new Stopped('the end of whoever read our output')));
  if (startedByNpm) {
    const parent = process.ppid;
    setInterval(() => {
      if (process.ppid !== parent) stop.abort(new Stopped('the end of npm'));
    }, PARENT_CHECK).unref();
  }
  return stop.signal;
}

/** Somebody has asked us to end. */
export class Stopped extends Error {
  constructor(name: string) {
    super(`stopped by ${name}`);
    this.name = 'Stopped';
  }
}
