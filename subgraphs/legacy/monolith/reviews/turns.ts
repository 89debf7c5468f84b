import { ApiError } from '../errors.ts';

/** Gives turns: so many at once, in the order in which they were asked for. */
export type Turns = <Result>(act: () => Promise<Result>) => Promise<Result>;

/**
 * @param atOnce how many have their turn at the same time
 * @param mostWaiting how many wait for theirs; more are refused with 503
 */
export function turns(atOnce: number, mostWaiting: number): Turns {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (act) => {
    if (running < atOnce) running++;
    else if (waiting.length >= mostWaiting) throw tooMany();
    else await new Promise<void>((resume) => waiting.push(resume));
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

/** 503 */
const tooMany = () =>
  new ApiError(
    503,
    'UNAVAILABLE',
    'Too many reviews are being written at this moment: ask again in some seconds.',
    { retry_after: 5 },
  );
