import { overloaded } from './refusals.ts';

/** How many operations are being answered. */
export interface Concurrency {
  /** @throws RequestRefusal where no more may be answered now */
  check(): void;
  /** Takes a place. @returns gives it back, once @throws RequestRefusal */
  enter(): () => void;
}

/** Lets at most so many operations be answered at a time: more of them would only wait, and fill the memory. */
export function concurrency(most: number): Concurrency {
  let running = 0;
  const check = () => {
    if (running >= most) throw overloaded(most, running);
  };
  return {
    check,
    enter() {
      check();
      running++;
      let isIn = true;
      return () => {
        if (isIn) running--;
        isIn = false;
      };
    },
  };
}
