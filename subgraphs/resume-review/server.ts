import type { RunningServer } from '#platform/http-server.ts';
import { repeatJob } from '#platform/repeat-job.ts';
import { startDomainSubgraph } from '#platform/subgraph-server/domain-subgraph.ts';
import { ruleBasedReviewer } from './agents/rule-based/reviewer.ts';
import type { ResumeReviewConfig } from './config.ts';
import { createContext } from './context.ts';
import type { Desk } from './desk.ts';
import { resolvers } from './resolvers.ts';
import { sweep } from './service/sweep.ts';
import { localDisk } from './storage/local-disk.ts';
import { addUploadRoute } from './upload-route.ts';

/** Milliseconds between two looks for uploads that have run out. */
const SWEEP_EVERY = 60_000;

/** Brings the database up to date, serves the resume-review subgraph and takes the bytes of uploads. */
export function startResumeReview(config: ResumeReviewConfig): Promise<RunningServer> {
  return startDomainSubgraph(
    'resume-review',
    import.meta.dirname,
    config,
    ({ log, database, ownership }) => {
      const desk: Desk = {
        db: database.db,
        ownership,
        storage: localDisk(config.UPLOAD_DIRECTORY),
        reviewer: ruleBasedReviewer(),
        uploadSecret: config.UPLOAD_SECRET,
        log,
      };
      const sweeping = repeatJob(log, 'sweeping', SWEEP_EVERY, () => sweep(desk));
      return {
        resolvers,
        context: ({ identity }) => createContext(identity, desk),
        routes: (server) => addUploadRoute(server, desk),
        readiness: [{ name: 'storage', check: () => desk.storage.check() }],
        close: () => sweeping.stop(),
      };
    },
  );
}
