import type { Db } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import { standOfReviews } from '../repository/reviews.ts';
import { progressOf } from './review-progress.ts';

/** Milliseconds between two looks at all reviews that are followed, in one statement. */
const LOOK_EVERY = 250;

/** How far a review is. Null: it is not there, or not any more. */
export type ReviewEvent = { readonly status: string; readonly progress: number } | null;

/** Reviews that somebody follows. */
export interface WatchedReviews {
  /** Tells of a review now, and whenever it has got further. @returns what ends it */
  watch(id: string, tell: (event: ReviewEvent) => void): () => void;
  stop(): void;
}

/** Looks at the reviews that are followed: nobody follows any, nothing is asked. */
export function watchReviews(db: Db, log: Logger): WatchedReviews {
  const followers = new Map<string, Set<(event: ReviewEvent) => void>>();
  let timer: NodeJS.Timeout | undefined;
  const look = async () => {
    const ids = [...followers.keys()];
    const found = new Map((await standOfReviews(db, ids)).map((row) => [row.id, row]));
    for (const id of ids) {
      const row = found.get(id);
      const event = row
        ? { status: row.status, progress: progressOf({ ...row, hasJob: row.jobDescription }) }
        : null;
      for (const tell of followers.get(id) ?? []) tell(event);
    }
  };
  const again = (pause: number) => {
    timer ??= setTimeout(() => {
      look()
        .catch((error: unknown) =>
          log.warn({ err: error }, 'reviews that are followed could not be read'),
        )
        .finally(() => {
          timer = undefined;
          if (followers.size > 0) again(LOOK_EVERY);
        });
    }, pause);
  };
  return {
    watch: (id, tell) => {
      followers.set(id, (followers.get(id) ?? new Set()).add(tell));
      again(0);
      return () => {
        followers.get(id)?.delete(tell);
        if (followers.get(id)?.size === 0) followers.delete(id);
      };
    },
    stop: () => {
      clearTimeout(timer);
      followers.clear();
    },
  };
}
