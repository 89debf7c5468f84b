/** The points of a flip where a crash leaves something behind: after each has been done, before the next. */
export const FLIP_FAILPOINTS = [
  'flip.begun',
  'flip.moving',
  'flip.moving.recorded',
  'flip.drained',
  'flip.compared',
  'flip.opened',
  'flip.opened.recorded',
  'flip.closed',
  'flip.done',
  'flip.fenced',
  'flip.reopened',
] as const;

export type FlipPoint = (typeof FLIP_FAILPOINTS)[number];

/** Called at each point; what it is armed with ends or stops the process there, in tests. */
export type Reach = (point: FlipPoint) => void;

/**
 * @param armed a point, at which the process kills itself as SIGKILL does, or `stop:` and a point, at which it stops
 *   as SIGSTOP does; undefined: nothing ever happens
 */
export function flipFailpoint(armed: string | undefined): Reach {
  return (point) => {
    if (armed === point) process.kill(process.pid, 'SIGKILL');
    if (armed === `stop:${point}`) process.kill(process.pid, 'SIGSTOP');
  };
}

/** What a failpoint may be armed with. */
export const FLIP_FAILPOINT_WORDS: readonly string[] = FLIP_FAILPOINTS.flatMap((point) => [
  point,
  `stop:${point}`,
]);
