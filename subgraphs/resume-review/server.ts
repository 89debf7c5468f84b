import { graphClient } from '#platform/graph-client/graph-client.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { repeatJob } from '#platform/repeat-job.ts';
import { AGENT_NAMES } from '#platform/resumes/rules/rule.ts';
import { openStorage } from '#platform/storage/settings.ts';
import { startDomainSubgraph } from '#platform/subgraph-server/domain-subgraph.ts';
import { createChief } from './agents/chief.ts';
import { openDriver } from './agents/open-driver.ts';
import type { ResumeReviewConfig } from './config.ts';
import { createContext } from './context.ts';
import type { Desk } from './desk.ts';
import { addEventsRoute } from './events/events-route.ts';
import { watchReviews } from './events/watched-reviews.ts';
import { openReviewQueue } from './jobs/review-queue.ts';
import { createUnderWay } from './jobs/under-way.ts';
import { accountsOf } from './neighbours/accounts.ts';
import { resolvers } from './resolvers.ts';
import { deletedAccountsSweep } from './service/deleted-accounts.ts';
import { queueLostReviews } from './service/lost-reviews.ts';
import { buryReview, writeQueuedReview } from './service/review-writing.ts';
import { sweep } from './service/sweep.ts';
import { addUploadRoutes } from './uploads/upload-route.ts';

const NAME = 'resume-review';
/** Milliseconds between two looks for uploads that have run out, for reviews that are lost, for accounts that were deleted. */
const SWEEP_EVERY = 60_000;

/** Brings the database up to date, serves the resume-review subgraph and takes the bytes of uploads. */
export function startResumeReview(config: ResumeReviewConfig): Promise<RunningServer> {
  return startDomainSubgraph(
    NAME,
    import.meta.dirname,
    config,
    async ({ log, database, ownership }) => {
      // Jobs that are left over begin before the desk is whole.
      const { promise: opened, resolve: open } = Promise.withResolvers<Desk>();
      const kept = {
        db: database.db,
        ownership,
        storage: openStorage(config.UPLOAD_DIRECTORY, config.UPLOAD_BUCKET),
        limits: config,
        chief: createChief(openDriver(config, database.db, log)),
        underWay: createUnderWay(),
        uploadSecret: config.UPLOAD_SECRET,
        log,
      };
      const queue = await openReviewQueue({
        url: config.DATABASE_URL,
        log,
        retries: config.REVIEW_RETRIES,
        retryDelay: config.REVIEW_RETRY_SECONDS,
        longestJob: longestJob(config),
        atOnce: config.REVIEWS_AT_ONCE,
        worker: {
          write: async (id, signal) => writeQueuedReview(await opened, id, signal),
          bury: async (id, reason) => buryReview(await opened, id, reason),
        },
      });
      const desk: Desk = { ...kept, queue };
      open(desk);
      const sweeping = repeatJob(log, 'sweeping', SWEEP_EVERY, () => sweep(desk));
      const lost = repeatJob(log, 'looking for lost reviews', SWEEP_EVERY, () =>
        queueLostReviews(desk),
      );
      const { GATEWAY_URL: url, IDENTITY_SECRET: identitySecret } = config;
      const graph = graphClient({ url, service: NAME, identitySecret, log });
      const sweepDeleted = deletedAccountsSweep(desk, accountsOf(graph));
      const leaving = repeatJob(
        log,
        'removing what deleted accounts have',
        SWEEP_EVERY,
        sweepDeleted,
      );
      const watched = watchReviews(database.db, log);
      return {
        resolvers,
        context: ({ identity }) => createContext(identity, desk),
        routes: async (server) => {
          await addUploadRoutes(server, desk);
          addEventsRoute(server, watched, config.UPLOAD_SECRET);
        },
        readiness: [{ name: 'storage', check: () => desk.storage.check() }],
        close: async () => {
          watched.stop();
          await Promise.all([sweeping.stop(), lost.stop(), leaving.stop()]);
          await Promise.all([queue.stop(), graph.close()]);
        },
      };
    },
  );
}

/** Seconds: the model may take its time for each agent, and the rest is for reading the file and for storing the review. */
const longestJob = ({ AI_TIMEOUT_SECONDS }: ResumeReviewConfig) =>
  AGENT_NAMES.length * AI_TIMEOUT_SECONDS + 60;
