/** Wakes whoever sleeps. */
export interface Alarm {
  /** Ends the sleep under way, else the next one at once. */
  ring(): void;
  /** Sleeps for so many milliseconds, or until it rings. */
  sleep(milliseconds: number): Promise<void>;
}

/** An alarm for one sleeper. */
export function createAlarm(): Alarm {
  let hasRung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      hasRung = true;
      wake?.();
    },
    async sleep(milliseconds) {
      if (!hasRung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, milliseconds);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      hasRung = false;
      wake = undefined;
    },
  };
}
