import { join } from 'node:path';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { serveSubgraph, subgraphTools } from '#platform/subgraph-server/subgraph-server.ts';
import { ruleBasedReviewer } from './agents/rule-based/reviewer.ts';
import type { ResumeReviewConfig } from './config.ts';
import { createContext } from './context.ts';
import type { Desk } from './desk.ts';
import { repeatJob } from './repeated-job.ts';
import { resolvers } from './resolvers.ts';
import { sweep } from './service/sweep.ts';
import { localDisk } from './storage/local-disk.ts';
import { addUploadRoute } from './upload-route.ts';

/** Milliseconds between two looks for uploads that have run out. */
const SWEEP_EVERY = 60_000;

/** Brings the database up to date, serves the resume-review subgraph and takes the bytes of uploads. */
export async function startResumeReview(config: ResumeReviewConfig): Promise<RunningServer> {
  await migrateDatabase(config.DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const tools = subgraphTools('resume-review', config);
  const database = openDatabase({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    applicationName: 'resume-review',
    ...tools,
  });
  const desk: Desk = {
    db: database.db,
    storage: localDisk(config.UPLOAD_DIRECTORY),
    reviewer: ruleBasedReviewer(),
    uploadSecret: config.UPLOAD_SECRET,
    log: tools.log,
  };
  const sweeping = repeatJob(tools.log, 'sweeping', SWEEP_EVERY, () => sweep(desk));
  return serveSubgraph(
    {
      name: 'resume-review',
      schemaFile: join(import.meta.dirname, 'schema.graphql'),
      resolvers,
      context: ({ identity }) => createContext(identity, desk),
      routes: (server) => addUploadRoute(server, desk),
      readiness: [
        { name: 'database', check: () => database.ping() },
        { name: 'storage', check: () => desk.storage.check() },
      ],
      close: async () => {
        await sweeping.stop();
        await database.close();
      },
    },
    config,
    tools,
  );
}
