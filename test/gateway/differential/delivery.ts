import { setImmediate } from 'node:timers/promises';
import type { SendFetch, SubgraphResponse } from '../../../gateway/transport/subgraph-fetch.ts';

/** In which order the answers to requests that are under way together come back: the index of the next of so many. */
export type ArrivalOrder = (count: number) => number;

export const FIRST_SENT_FIRST: ArrivalOrder = () => 0;
export const LAST_SENT_FIRST: ArrivalOrder = (count) => count - 1;

interface Waiting {
  readonly answered: Promise<SubgraphResponse>;
  readonly deliver: () => void;
}

/** A way to subgraphs whose answers come back one by one in a given order, so that a run can be repeated exactly. */
export function orderedDelivery(send: SendFetch, next: ArrivalOrder): SendFetch {
  const waiting: Waiting[] = [];
  let delivering = false;
  const deliverAll = async (): Promise<void> => {
    delivering = true;
    await setImmediate();
    while (waiting.length > 0) {
      const [first] = waiting.splice(next(waiting.length), 1);
      await first?.answered.catch(() => undefined);
      first?.deliver();
      // Whatever follows from this answer is done before the next one comes.
      await setImmediate();
    }
    delivering = false;
  };
  return async (fetch) => {
    const answered = send(fetch);
    const turn = Promise.withResolvers<void>();
    waiting.push({ answered, deliver: turn.resolve });
    if (!delivering) void deliverAll();
    // A failure is looked at when its turn comes.
    answered.catch(() => undefined);
    await turn.promise;
    return answered;
  };
}
