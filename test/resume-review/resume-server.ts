import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { anonymousIdentity, type Role } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { createLog } from '#platform/log.ts';
import { resumeReviewConfig } from '../../subgraphs/resume-review/config.ts';
import { startResumeReview } from '../../subgraphs/resume-review/server.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

const IDENTITY_SECRET = 'identity-secret-of-the-resume-review-tests';
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
  /** How many SQL statements the server sends while something runs. */
  statements(run: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

export async function startResumeServer(): Promise<ResumeServer> {
  const url = await createEmptyDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'resume-review-'));
  const server = await startResumeReview(
    resumeReviewConfig({
      DATABASE_URL: url,
      UPLOAD_DIRECTORY: directory,
      UPLOAD_SECRET,
      IDENTITY_SECRET,
      PORT: '0',
      LOG_LEVEL: 'silent',
    }),
  );
  const log = createLog('test', 'silent');
  const database = openDatabase({ url, poolSize: 4, applicationName: 'test', log });
  const graphql: ResumeServer['graphql'] = async (query, variables, caller) => {
    const identity = { ...anonymousIdentity('test'), ...caller };
    const signed = signIdentity(identity, identityKey(IDENTITY_SECRET));
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: signed },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: (await response.json()) as GraphqlReply['body'] };
  };
  return {
    url: server.url,
    directory,
    database,
    graphql,
    data: async (query, variables, caller) => {
      const { body } = await graphql(query, variables, caller);
      if (body.errors) throw new Error(JSON.stringify(body.errors));
      return body.data;
    },
    put: (path, bytes) => fetch(server.url + path, { method: 'PUT', body: bytes as BodyInit }),
    statements: async (run) => {
      const before = await statementsSent(server.url);
      await run();
      return (await statementsSent(server.url)) - before;
    },
    close: async () => {
      await server.close();
      await database.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function statementsSent(url: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^sql_statements_total\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}

export const CREATE = `mutation ($input: CreateUploadInput!) { createUpload(input: $input) { __typename
  ... on CreateUploadSuccess { upload { id url expiresAt } } ... on Problem { message }
  ... on InvalidInput { fields { path message } } } }`;
export const COMPLETE = `mutation ($id: ID!) { completeUpload(input: { id: $id }) { __typename
  ... on CompleteUploadSuccess { resume { id filename contentType byteSize sha256 owner { id } } }
  ... on Problem { message } ... on UploadIncomplete { receivedBytes } ... on NotFound { id } } }`;
export const DELETE = `mutation ($id: ID!) { deleteResume(input: { id: $id }) { __typename
  ... on DeleteResumePayload { deletedId } ... on Problem { message } ... on NotFound { id } } }`;
const REVIEW_FIELDS = `id status progress overallScore jobDescription failureReason requestedAt completedAt
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
  server: ResumeServer,
  owner: Someone,
  input: object,
): Promise<{ readonly id: string; readonly url: string; readonly expiresAt: string }> {
  const { createUpload } = await server.data(CREATE, { input }, owner);
  if (createUpload.__typename !== 'CreateUploadSuccess') {
    throw new Error(`refused: ${JSON.stringify(createUpload)}`);
  }
  return createUpload.upload;
}

/** The whole way of a file. @returns the id of the resume */
export async function upload(
  server: ResumeServer,
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
