import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { anonymousIdentity, type Role } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { openStorage } from '#platform/storage/settings.ts';
import { createChief } from '../../subgraphs/resume-review/agents/chief.ts';
import { rulesDriver } from '../../subgraphs/resume-review/agents/rules-driver.ts';
import {
  resumeReviewConfig,
  type ResumeReviewConfig,
} from '../../subgraphs/resume-review/config.ts';
import type { Desk } from '../../subgraphs/resume-review/desk.ts';
import { createUnderWay } from '../../subgraphs/resume-review/jobs/under-way.ts';
import { openReviewQueue } from '../../subgraphs/resume-review/jobs/review-queue.ts';
import { queueLostReviews } from '../../subgraphs/resume-review/service/lost-reviews.ts';
import {
  buryReview,
  writeQueuedReview,
} from '../../subgraphs/resume-review/service/review-writing.ts';
import { startResumeReview } from '../../subgraphs/resume-review/server.ts';
import { sweep } from '../../subgraphs/resume-review/service/sweep.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

export const IDENTITY_SECRET = 'identity-secret-of-the-resume-review-tests';
export const UPLOAD_SECRET = 'upload-secret-of-the-resume-review-tests';

/** Somebody who calls. */
export interface Someone {
  readonly userId: string | null;
  readonly role: Role | null;
}

export const customer = (userId: string = randomUUID()): Someone => ({ userId, role: 'customer' });
export const STAFF: Someone = { userId: randomUUID(), role: 'staff' };
export const SERVICE: Someone = { userId: null, role: 'service' };
export const NOBODY: Someone = { userId: null, role: null };

/** A resume-review subgraph of its own over an empty database, called as the gateway calls it. */
export interface ResumeServer {
  readonly url: string;
  readonly directory: string;
  readonly databaseUrl: string;
  readonly database: Database;
  graphql(
    query: string,
    variables: Record<string, unknown>,
    caller: Someone,
  ): Promise<GraphqlReply>;
  /** The data of an operation; fails where there are errors. */
  data(
    query: string,
    variables: Record<string, unknown>,
    caller: Someone,
    // oxlint-disable-next-line typescript/no-explicit-any
  ): Promise<any>;
  /** Sends bytes to a path of this server. */
  put(path: string, bytes: string | Uint8Array): Promise<Response>;
  /** What the server does every minute. */
  sweep(): Promise<void>;
  /** The other thing that it does every minute, as another replica, whose queue is open meanwhile. */
  queueLost(): Promise<void>;
  /** For use cases that are called here. */
  readonly desk: Desk;
  /** How many SQL statements the server sends while something runs. */
  statements(run: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

/** Calls a subgraph as the gateway does. */
export const graphqlAt =
  (url: string): ResumeServer['graphql'] =>
  async (query, variables, caller) => {
    const identity = { ...anonymousIdentity('test'), ...caller };
    const signed = signIdentity(identity, identityKey(IDENTITY_SECRET));
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: signed },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: (await response.json()) as GraphqlReply['body'] };
  };

/** Somebody who calls a server, by its URL. */
export type Client = Pick<ResumeServer, 'graphql' | 'data' | 'put'>;

export function clientAt(url: string): Client {
  const graphql = graphqlAt(url);
  return {
    graphql,
    data: async (query, variables, caller) => {
      const { body } = await graphql(query, variables, caller);
      if (body.errors) throw new Error(JSON.stringify(body.errors));
      return body.data;
    },
    put: (path, bytes) => fetch(url + path, { method: 'PUT', body: bytes as BodyInit }),
  };
}

/** @param given settings, and the database and folder of another server */
export async function startResumeServer(
  given: { readonly settings?: Record<string, string>; readonly like?: ResumeServer } = {},
): Promise<ResumeServer> {
  const url = given.like?.databaseUrl ?? (await createEmptyDatabase());
  const directory = given.like?.directory ?? (await mkdtemp(join(tmpdir(), 'resume-review-')));
  const config = resumeReviewConfig({
    DATABASE_URL: url,
    UPLOAD_DIRECTORY: directory,
    UPLOAD_SECRET,
    IDENTITY_SECRET,
    PORT: '0',
    LOG_LEVEL: 'silent',
    REVIEW_RETRIES: '1',
    REVIEW_RETRY_SECONDS: '0',
    ...given.settings,
  });
  const server = await startResumeReview(config);
  const log = createLog('test', 'silent');
  const database = openDatabase({ url, poolSize: 4, applicationName: 'test', log });
  const desk = deskOf(config, database);
  return {
    ...clientAt(server.url),
    url: server.url,
    directory,
    databaseUrl: url,
    database,
    desk,
    sweep: () => sweep(desk),
    queueLost: async () => {
      const queue = await openReviewQueue({
        url,
        log,
        retries: config.REVIEW_RETRIES,
        retryDelay: config.REVIEW_RETRY_SECONDS,
        longestJob: 300,
        atOnce: 1,
        worker: {
          write: (id, signal) => writeQueuedReview(desk, id, signal),
          bury: (id, reason) => buryReview(desk, id, reason),
        },
      });
      try {
        await queueLostReviews({ ...desk, queue });
      } finally {
        await queue.stop();
      }
    },
    statements: async (run) => {
      const before = await statementsSent(server.url);
      await run();
      return (await statementsSent(server.url)) - before;
    },
    close: async () => {
      await server.close();
      await database.close();
      if (!given.like) await rm(directory, { recursive: true, force: true });
    },
  };
}

/** What the use cases of a server with these settings stand on, by the rules, and without its queue. */
export const deskOf = (config: ResumeReviewConfig, database: Database): Desk => ({
  db: database.db,
  ownership: ownershipHere(database.db, 'new'),
  storage: openStorage(config.UPLOAD_DIRECTORY, config.UPLOAD_BUCKET),
  chief: createChief(rulesDriver()),
  underWay: createUnderWay(),
  queue: { add: async () => {}, addAgain: async () => {}, wake: () => {}, cancel: async () => {} },
  limits: config,
  uploadSecret: UPLOAD_SECRET,
  log: createLog('test', 'silent'),
});

async function statementsSent(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^sql_statements_total\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

export const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename
  ... on CreateUploadSuccess { upload { id url headers { name value } isResumable expiresAt } } ... on Problem { message }
  ... on UploadRefused { reason }
  ... on InvalidInput { fields { path message } } } }`;
export const COMPLETE = `mutation ($id: ID!) { completeUpload(input: { id: $id }) { __typename
  ... on CompleteUploadSuccess { resume { id filename contentType byteSize sha256 owner { id } } }
  ... on Problem { message } ... on UploadIncomplete { receivedBytes } ... on UploadRefused { reason } ... on NotFound { id } } }`;
export const DELETE = `mutation ($id: ID!) { deleteResume(input: { id: $id }) { __typename
  ... on DeleteResumePayload { deletedId } ... on Problem { message } ... on NotFound { id } } }`;
const REVIEW_FIELDS = `id status progress eventsUrl agentRuns { attempt agent driver model outcome message inputTokens outputTokens costMicros }
  overallScore jobDescription failureReason requestedAt completedAt
  sections { name score findings { severity message evidence suggestion } }`;
export const REQUEST = `mutation ($input: RequestResumeReviewInput!) { requestResumeReview(input: $input) {
  __typename ... on ResumeReviewPayload { review { ${REVIEW_FIELDS} } } ... on Problem { message }
  ... on InvalidInput { fields { path message } } } }`;
export const REVIEW = `query ($id: ID!) { resumeReview(id: $id) { ${REVIEW_FIELDS} resume { id } } }`;

/** A file as it is announced. */
export function announced(bytes: string | Uint8Array, more: object = {}) {
  return {
    filename: 'resume.txt',
    contentType: 'text/plain',
    byteSize: Buffer.byteLength(bytes),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    ...more,
  };
}

/** Announces a file that must be accepted. */
export async function announce(
  server: Client,
  owner: Someone,
  input: object,
): Promise<{
  readonly id: string;
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly isResumable: boolean;
  readonly expiresAt: string;
}> {
  const { createUpload } = await server.data(CREATE, { input }, owner);
  if (createUpload.__typename !== 'CreateUploadSuccess') {
    throw new Error(`refused: ${JSON.stringify(createUpload)}`);
  }
  return createUpload.upload;
}

/** The whole way of a file. @returns the id of the resume */
export async function upload(
  server: Client,
  owner: Someone,
  bytes: string | Uint8Array,
  more: object = {},
): Promise<string> {
  const { id, url } = await announce(server, owner, announced(bytes, more));
  await server.put(url, bytes);
  const { completeUpload } = await server.data(COMPLETE, { id }, owner);
  if (completeUpload.__typename !== 'CompleteUploadSuccess') {
    throw new Error(`incomplete: ${JSON.stringify(completeUpload)}`);
  }
  return id;
}

/** Asks for a review and waits until it has ended. @returns what the mutation gives, with the review as it is in the end */
export async function reviewOf(
  server: Client,
  owner: Someone,
  input: object,
  // oxlint-disable-next-line typescript/no-explicit-any
): Promise<any> {
  const { requestResumeReview: asked } = await server.data(REQUEST, { input }, owner);
  if (!asked.review) return asked;
  for (const deadline = Date.now() + 25_000; Date.now() < deadline; await wait(50)) {
    const { resumeReview } = await server.data(REVIEW, { id: asked.review.id }, owner);
    if (resumeReview.completedAt !== null) return { ...asked, review: resumeReview };
  }
  throw new Error(`the review ${asked.review.id} did not end`);
}
