import { z } from 'zod';
import type { Logger } from '#platform/log.ts';
import { MOVES, type MoveName } from './moves.ts';

/** What a side has that the other lacks still. */
export interface Unsettled {
  readonly move: MoveName;
  readonly side: 'legacy' | 'new';
  /** The buckets of those who are concerned; null: nobody knows. */
  readonly readers: readonly number[] | null;
}

/**
 * Asks the mover to carry over what has been written to some moves. It never throws.
 *
 * @param since milliseconds ago that the writer began: what has been stuck for longer is nothing of theirs; absent: all counts
 * @returns what it did not carry in time; `away` where there was no answer
 */
export type AskMover = (
  moves: readonly MoveName[],
  since?: number,
) => Promise<readonly Unsettled[] | 'away'>;

export interface MoverOptions {
  /** Of the process `migration`. */
  readonly url: string;
  /** Milliseconds that it may take to carry everything over. */
  readonly within: number;
  readonly log: Logger;
}

/** Milliseconds on top, for the way there and back. */
const ON_THE_WAY = 150;

const answerSchema = z.object({
  unsettled: z.array(
    z.object({
      move: z.enum(MOVES.map(({ name }) => name)),
      side: z.enum(['legacy', 'new']),
      readers: z.array(z.number().int().min(0).max(1_023)).nullable(),
    }),
  ),
});

/** The mover over HTTP. That it is away is logged once, and once that it is back. */
export function httpMover({ url, within, log }: MoverOptions): AskMover {
  const target = new URL('/settle', url);
  let isAway = false;
  return async (moves, since) => {
    try {
      const response = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ moves, within, since }),
        signal: AbortSignal.timeout(within + ON_THE_WAY),
      });
      if (!response.ok) throw new Error(`it answers ${response.status}`);
      const { unsettled } = answerSchema.parse(await response.json());
      if (isAway) log.info('the process "migration" answers again');
      isAway = false;
      return unsettled;
    } catch (error) {
      if (!isAway) {
        log.warn(
          { err: error, url: target.href },
          'the process "migration" does not answer: what is written is read from its owner until it does',
        );
      }
      isAway = true;
      return 'away';
    }
  };
}
