import { sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import { fromDrizzle, PgBoss, type JobWithMetadata, type Queue } from 'pg-boss';
import type { Db } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';

/** Its own schema in the database of the service. */
const SCHEMA = 'jobs';
const REVIEWS = 'reviews';
/** Jobs that failed every time. */
const DEAD = 'dead-reviews';
/** Seconds after which a job is taken from a process that says nothing of it any more, being gone. */
const SILENT = 15;
/** Seconds between two looks for such jobs, and between two looks for jobs of other replicas. */
const [CHECK_EVERY, LOOK_EVERY] = [10, 2];
/** Milliseconds that jobs which are under way are waited for at the end. */
const DRAIN = 10_000;

/** What is done with jobs. */
export interface ReviewWorker {
  /**
   * Writes a review. It may be called again for the same one.
   *
   * @param signal says that the job was taken away, as it took too long
   * @throws when it is to be tried again
   */
  write(reviewId: string, signal: AbortSignal): Promise<void>;
  /** Ends a review that failed every time. */
  bury(reviewId: string, reason: string): Promise<void>;
}

/** Reviews that were asked for and wait to be written. */
export interface ReviewQueue {
  /** Adds a review in the transaction that stores it: both are there, or neither. */
  add(tx: Db, reviewId: string): Promise<void>;
  /** Adds one whose job is gone; as `add` does, but its job has another id. */
  addAgain(tx: Db, reviewId: string): Promise<void>;
  /** Says that a transaction that added one has ended, so that nobody waits for the next look. */
  wake(): void;
  /** Takes a review out, where it has not begun. */
  cancel(reviewId: string): Promise<void>;
  stop(): Promise<void>;
}

export interface ReviewQueueOptions {
  readonly url: string;
  readonly log: Logger;
  /** How often a review that failed is tried again, and the seconds before the first time; doubled each time. */
  readonly retries: number;
  readonly retryDelay: number;
  /** Seconds after which a job is taken from a process that takes too long. */
  readonly longestJob: number;
  /** Jobs of this process at once. */
  readonly atOnce: number;
  readonly worker: ReviewWorker;
}

interface ReviewJob {
  readonly reviewId: string;
}

/** Opens the queue, on connections of its own, and begins to work on it. */
export async function openReviewQueue(options: ReviewQueueOptions): Promise<ReviewQueue> {
  const { url, log, worker } = options;
  const boss = new PgBoss({
    connectionString: url,
    schema: SCHEMA,
    max: 2,
    application_name: 'resume-review jobs',
    schedule: false,
    superviseIntervalSeconds: CHECK_EVERY,
    monitorIntervalSeconds: CHECK_EVERY,
  });
  boss.on('error', (error: unknown) =>
    log.warn({ err: error }, 'the queue of reviews has a fault'),
  );
  await boss.start();
  const watched = { expireInSeconds: options.longestJob, heartbeatSeconds: SILENT };
  await openQueue(boss, DEAD, { ...watched, retryLimit: 10, retryDelay: 5, retryBackoff: true });
  const retrying = {
    retryLimit: options.retries,
    retryDelay: options.retryDelay,
    retryBackoff: options.retryDelay > 0,
  };
  await openQueue(boss, REVIEWS, { ...watched, ...retrying, deadLetter: DEAD });
  const polling = { pollingIntervalSeconds: LOOK_EVERY, localConcurrency: options.atOnce };
  const workers = await boss.work<ReviewJob>(REVIEWS, polling, async (jobs) => {
    try {
      for (const { data, signal } of jobs) {
        await worker.write(data.reviewId, signal).catch((error: unknown) => {
          const reason = innermost(error as Fault);
          log.warn({ review: data.reviewId, reason }, 'a try to write a review failed');
          throw error;
        });
      }
    } finally {
      // The next one is taken at once, and not at the next look.
      wake();
    }
  });
  const wake = () => boss.notifyWorker(workers);
  await boss.work<ReviewJob, unknown, { includeMetadata: true; pollingIntervalSeconds: number }>(
    DEAD,
    { includeMetadata: true, pollingIntervalSeconds: LOOK_EVERY },
    async (jobs) => {
      for (const job of jobs) await worker.bury(job.data.reviewId, reasonOf(job));
    },
  );
  return {
    add: async (tx, reviewId) => {
      // The id of the job is that of the review, so that a review is never queued twice.
      await boss.send(REVIEWS, { reviewId }, { id: reviewId, db: fromDrizzle(tx, sql) });
    },
    addAgain: async (tx, reviewId) => {
      await boss.send(REVIEWS, { reviewId }, { db: fromDrizzle(tx, sql) });
    },
    wake,
    cancel: async (reviewId) => {
      await boss.cancel(REVIEWS, reviewId);
    },
    stop: () => boss.stop({ graceful: true, timeout: DRAIN }),
  };
}

/** One that is there already is given these settings. */
async function openQueue(boss: PgBoss, name: string, settings: Omit<Queue, 'name'>): Promise<void> {
  await boss.createQueue(name, settings);
  await boss.updateQueue(name, settings);
}

/** A condition: nothing waits to write a review or to bury it, and nobody does. @param reviewId the column with its id */
export function withoutJob(reviewId: SQLWrapper): SQL {
  return sql`not exists (select from ${sql.identifier(SCHEMA)}.job
    where name in (${REVIEWS}, ${DEAD}) and state in ('created', 'retry', 'active')
      and data ->> 'reviewId' = ${reviewId}::text)`;
}

/** What the last attempt failed of, for the log and for operators. */
function reasonOf({ sourceOutput }: JobWithMetadata<ReviewJob>): string {
  const given = (sourceOutput ?? {}) as Fault & { readonly value?: Fault };
  return innermost(given.value ?? given);
}

/** An error, also as the queue stores it. */
interface Fault {
  readonly message?: unknown;
  readonly cause?: Fault;
}

/** The message of the innermost cause: the outer error of a statement repeats what was to be stored. */
function innermost(fault: Fault): string {
  if (fault.cause?.message !== undefined) return innermost(fault.cause);
  return typeof fault.message === 'string' ? fault.message : 'it is not known';
}
