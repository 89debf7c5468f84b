import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ResumeReading } from '#platform/resumes/structure/json-resume.ts';
import { resumes, reviews } from '../../subgraphs/resume-review/tables.ts';
import {
  customer,
  NOBODY,
  SERVICE,
  STAFF,
  startResumeServer,
  type ResumeServer,
  type Someone,
} from './resume-server.ts';

const ENTITIES = `query Entities($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Resume { id filename owner { id } reviews { id resume { filename } } }
  ... on ResumeReview { id status sections { name } resume { filename owner { id } } }
  ... on User { id resumes(first: 2) { totalCount pageInfo { hasNextPage } nodes { id reviews { id } } } } } }`;

const READINGS = `query Readings($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on ResumeReview { id reading { text } } } }`;
const READING = { resume: { basics: {} }, spans: [], text: 'Casey' } as unknown as ResumeReading;

const OWNERS = Array.from({ length: 40 }, () => randomUUID());
let server: ResumeServer;
let resumeIds: string[];
let reviewIds: string[];

beforeAll(async () => {
  server = await startResumeServer();
  const rows = OWNERS.flatMap((ownerId, owner) =>
    [0, 1, 2].map((number) => ({
      id: randomUUID(),
      ownerId,
      filename: `${owner}-${number}.txt`,
      contentType: 'text/plain',
      byteSize: 1,
      sha256: '0'.repeat(64),
      // Equal times: the id decides.
      uploadedAt: new Date(Date.UTC(2026, 0, 1 + (number % 2))),
    })),
  );
  await server.database.db.insert(resumes).values(rows);
  resumeIds = rows.map(({ id }) => id);
  const written = resumeIds.flatMap((resumeId) =>
    [0, 1].map((number) => ({
      id: randomUUID(),
      resumeId,
      status: 'COMPLETED' as const,
      overallScore: 50,
      requestedAt: new Date(number),
      completedAt: new Date(number),
      reading: number === 0 ? null : READING,
    })),
  );
  await server.database.db.insert(reviews).values(written);
  reviewIds = written.map(({ id }) => id);
});
afterAll(() => server?.close());

const entities = (type: string, ids: readonly string[], caller: Someone) =>
  server.data(ENTITIES, { representations: ids.map((id) => ({ __typename: type, id })) }, caller);

test.each([
  // The resumes; their reviews.
  ['Resume', () => resumeIds, 2],
  // The reviews; their resumes.
  ['ResumeReview', () => reviewIds, 2],
  // The pages; the totals; the reviews.
  ['User', () => OWNERS, 3],
])(
  'references to %s take the same number of statements for 2 and for 40',
  async (type, ids, count) => {
    for (const items of [2, 40]) {
      expect(await server.statements(() => entities(type, ids().slice(0, items), STAFF))).toBe(
        count,
      );
    }
  },
);

test('readings take one statement more, and are read for nobody who does not ask for them', async () => {
  const representations = reviewIds.slice(0, 40).map((id) => ({ __typename: 'ResumeReview', id }));
  const read = () => server.data(READINGS, { representations }, STAFF);
  expect(await server.statements(read)).toBe(2);
  const texts = (await read())._entities.map(({ reading }: { reading: unknown }) => reading);
  expect(texts.slice(0, 2)).toEqual([null, { text: 'Casey' }]);
  const { pool } = server.database;
  await pool.query('alter table reviews rename column reading to away');
  try {
    for (const [type, ids] of [
      ['Resume', resumeIds],
      ['ResumeReview', reviewIds],
    ] as const) {
      expect((await entities(type, ids.slice(0, 2), STAFF))._entities).toHaveLength(2);
    }
    await expect(read()).rejects.toThrow();
  } finally {
    await pool.query('alter table reviews rename column away to reading');
  }
});

test('pages of many accounts are right for each of them', async () => {
  const { _entities } = await entities('User', [...OWNERS, randomUUID()], STAFF);
  for (const [index, { resumes: page }] of _entities.slice(0, -1).entries()) {
    const own = resumeIds.slice(3 * index, 3 * index + 3) as [string, string, string];
    const [newest, next] = [own[1], [own[0], own[2]].toSorted().at(-1)];
    expect(page.nodes.map(({ id }: { id: string }) => id)).toEqual([newest, next]);
    expect(page).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    for (const node of page.nodes) expect(node.reviews).toHaveLength(2);
  }
  expect(_entities.at(-1).resumes).toMatchObject({ totalCount: 0, nodes: [] });
});

test('references come in the order asked; what is unknown, no id or of somebody else is null', async () => {
  const [own, , , foreign] = resumeIds as [string, string, string, string];
  const caller = customer(OWNERS[0]);
  const asked = [foreign, 'x', own.toUpperCase(), randomUUID(), own];
  const { _entities } = await entities('Resume', asked, caller);
  expect(_entities.map((found: { id: string } | null) => found?.id ?? null)).toEqual([
    null,
    null,
    own,
    null,
    own,
  ]);
  const [review] = (await entities('ResumeReview', [reviewIds[6] as string], caller))._entities;
  expect(review).toBeNull();
});

test('a service reads what staff reads; nobody reads the resumes of an account', async () => {
  const one = 'query ($id: ID!) { resume(id: $id) { id reviews { id } } }';
  const id = resumeIds[0] as string;
  expect(await server.data(one, { id }, SERVICE)).toEqual(await server.data(one, { id }, STAFF));
  const representations = [{ __typename: 'User', id: OWNERS[0] }];
  for (const [caller, code] of [
    [NOBODY, 'UNAUTHENTICATED'],
    [customer(), 'FORBIDDEN'],
  ] as const) {
    const { body } = await server.graphql(ENTITIES, { representations }, caller);
    expect(body.errors?.[0]?.extensions.code).toBe(code);
  }
});

test('the server is ready when its database and its storage are', async () => {
  const ready = await fetch(`${server.url}/health/ready`);
  expect(await ready.json()).toEqual({ status: 'ok', checks: { database: 'ok', storage: 'ok' } });
});
