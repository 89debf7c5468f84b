import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { compose } from '#schema/compose.ts';
import { readSubgraphs } from '#schema/subgraphs.ts';
import { copyMove } from '../../migration/copy-move.ts';
import { aiMove } from '../../migration/moves/ai.ts';
import { copyUploadFiles } from '../../migration/moves/upload-files.ts';
import { uploadMove } from '../../migration/moves/upload.ts';
import { drawAccounts } from '../../subgraphs/legacy/monolith/seed/accounts.ts';
import { drawResumes, writeResumeFiles } from '../../subgraphs/legacy/monolith/seed/resumes.ts';
import { sizesAt } from '../../subgraphs/legacy/monolith/seed/sizes.ts';
import { resumeReviewConfig } from '../../subgraphs/resume-review/config.ts';
import { startResumeReview } from '../../subgraphs/resume-review/server.ts';
import { cloneDatabases } from '../setup/databases.ts';
import { TEST_SEED_SCALE } from '../setup/templates.ts';
import { startStack, type Stack } from '../stack.ts';

/** The whole product with the resume-review subgraph, to which uploads and reviews have been handed over. */
export interface ResumeStack extends Stack {
  readonly resumeReviewDatabase: string;
  /** The folders of uploaded files. */
  readonly directories: { readonly legacy: string; readonly new: string };
}

/** @param flags such as `USE_NEW_UPLOAD` */
export async function startResumeStack(flags: Record<string, string> = {}): Promise<ResumeStack> {
  const directory = await mkdtemp(join(tmpdir(), 'resume-stack-'));
  const directories = { legacy: join(directory, 'legacy'), new: join(directory, 'new') };
  const secrets = {
    IDENTITY_SECRET: randomBytes(32).toString('hex'),
    UPLOAD_SECRET: randomBytes(32).toString('hex'),
  };
  const { resume_review: url } = await cloneDatabases(['resume_review']);
  const server = await startResumeReview(
    resumeReviewConfig({
      ...secrets,
      DATABASE_URL: url,
      UPLOAD_DIRECTORY: directories.new,
      PORT: '0',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    }),
  );
  const stack = await startStack({
    ...secrets,
    UPLOAD_DIRECTORY: directories.legacy,
    SUPERGRAPH: await writeSupergraph(directory),
    SUBGRAPH_RESUME_REVIEW_URL: `${server.url}/graphql`,
    ...flags,
  });
  await writeSeededFiles(directories.legacy);
  await handOver(stack.databases.legacy, url, directories);
  return {
    ...stack,
    gatewayUrl: stack.gatewayUrl,
    resumeReviewDatabase: url,
    directories,
    close: async () => {
      await stack.close();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function writeSupergraph(directory: string): Promise<string> {
  const subgraphs = await readSubgraphs('schema/supergraph.yaml');
  const name = 'resume-review';
  if (!subgraphs.some((subgraph) => subgraph.name === name)) {
    const config = join(directory, 'supergraph.yaml');
    const file = join(process.cwd(), 'subgraphs/resume-review/schema.graphql');
    await writeFile(
      config,
      `subgraphs: { ${name}: { routing_url: 'http://127.0.0.1:8015/graphql', schema: { file: '${file}' } } }`,
    );
    subgraphs.push(...(await readSubgraphs(config)));
  }
  const path = join(directory, 'supergraph.graphql');
  await writeFile(path, compose(subgraphs).supergraph);
  return path;
}

/** The template of the monolith was seeded elsewhere: its files are drawn again. */
async function writeSeededFiles(directory: string): Promise<void> {
  const sizes = sizesAt(Number(TEST_SEED_SCALE));
  await writeResumeFiles(directory, drawResumes(sizes.resumes, drawAccounts(sizes.users)));
}

async function handOver(
  legacyUrl: string,
  newUrl: string,
  directories: ResumeStack['directories'],
): Promise<void> {
  const log = createLog('test', 'silent');
  const open = (url: string) => openDatabase({ url, poolSize: 2, applicationName: 'test', log });
  const [legacy, fresh] = [open(legacyUrl), open(newUrl)];
  await copyUploadFiles(legacy.db, directories, 'new');
  for (const move of [uploadMove, aiMove]) await copyMove(move, legacy, fresh, 'new');
  await Promise.all([legacy.close(), fresh.close()]);
}
