import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

export type LegacyUpload = typeof legacy.uploads.$inferSelect;
export type LegacyResume = typeof legacy.resumes.$inferSelect;
export type LegacyReview = typeof legacy.aiReviews.$inferSelect;

/** Any text that PostgreSQL can keep, up to a number of characters. */
const text = (maxLength: number) =>
  fc
    .string({ unit: 'binary', maxLength, size: 'max' })
    .map((value) => value.replaceAll('\0', '␀'))
    .filter((value) => Array.from(value).length <= maxLength);

/** To the millisecond, also around midnight in Tokyo, and the epoch, which marks what was deleted. */
const instant = fc.oneof(
  fc.date({
    min: new Date('1000-01-02T00:00:00Z'),
    max: new Date('9998-12-30T00:00:00Z'),
    noInvalidDate: true,
  }),
  fc.integer({ min: -5, max: 5 }).map((ms) => new Date(Date.UTC(2025, 11, 31, 15) + ms)),
  fc.constant(new Date(0)),
);

const file = {
  userId: fc.uuid(),
  fileName: text(200),
  mimeType: text(100),
  sizeBytes: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  sha256: fc
    .uint8Array({ minLength: 32, maxLength: 32 })
    .map((bytes) => Buffer.from(bytes).toString('hex')),
};

export const legacyUpload: fc.Arbitrary<LegacyUpload> = fc.record({
  uploadId: fc.uuid(),
  ...file,
  createdAt: instant,
  expiresAt: instant,
});

export const legacyResume: fc.Arbitrary<LegacyResume> = fc.record({
  resumeId: fc.uuid(),
  ...file,
  uploadedAt: instant,
});

const finding = fc.record(
  {
    level: fc.constantFrom(
      'PRAISE' as const,
      'HINT' as const,
      'WARNING' as const,
      'CRITICAL' as const,
    ),
    text: text(80),
    quote: text(80),
    advice: text(80),
  },
  { requiredKeys: ['level', 'text'], noNullPrototype: true },
);

export const legacyReview: fc.Arbitrary<LegacyReview> = fc.record({
  reviewId: fc.uuid(),
  resumeId: fc.uuid(),
  jobDesc: fc.option(text(200)),
  state: fc.constantFrom('DONE', 'ERR'),
  score: fc.option(fc.integer({ min: -32_768, max: 32_767 })),
  sections: fc.array(
    fc.record(
      { name: text(40), score: fc.integer(), findings: fc.array(finding, { maxLength: 5 }) },
      { noNullPrototype: true },
    ),
    { maxLength: 5 },
  ),
  errorMsg: fc.option(text(80)),
  requestedAt: instant,
  finishedAt: instant,
});

/** A whole resume of the monolith. */
export const resumeOf = (userId: string, more: Partial<LegacyResume> = {}): LegacyResume => ({
  resumeId: randomUUID(),
  userId,
  fileName: 'resume.txt',
  mimeType: 'text/plain',
  sizeBytes: 5,
  sha256: '0'.repeat(64),
  uploadedAt: new Date('2026-01-01T00:00:00Z'),
  ...more,
});

/** A whole review of the monolith. */
export const reviewOf = (resumeId: string, more: Partial<LegacyReview> = {}): LegacyReview => ({
  reviewId: randomUUID(),
  resumeId,
  jobDesc: null,
  state: 'DONE',
  score: 50,
  sections: [{ name: 'Contact', score: 50, findings: [{ level: 'HINT', text: 'Say more.' }] }],
  errorMsg: null,
  requestedAt: new Date('2026-01-01T00:00:00Z'),
  finishedAt: new Date('2026-01-01T00:00:01Z'),
  ...more,
});

/** Fresh databases of both sides, the monolith's with one account. */
export async function openSides(): Promise<{
  readonly legacy: Database;
  readonly fresh: Database;
  readonly userId: string;
  close(): Promise<void>;
}> {
  const [monolith, fresh] = [
    await open('subgraphs/legacy/monolith/migrations'),
    await open('subgraphs/resume-review/migrations'),
  ];
  const userId = randomUUID();
  const now = new Date();
  await monolith.db.insert(legacy.appUsers).values({
    userId,
    email: 'casey@example.com',
    pwdHash: 'hash',
    fullName: 'Casey',
    roleCd: 'CUST',
    tel: null,
    lang: 'en',
    createdAt: now,
    updatedAt: now,
  });
  return {
    legacy: monolith,
    fresh,
    userId,
    close: async () => {
      await monolith.close();
      await fresh.close();
    },
  };
}

async function open(migrations: string): Promise<Database> {
  const url = await createEmptyDatabase();
  await migrateDatabase(url, join(import.meta.dirname, '../..', migrations));
  const log = createLog('test', 'silent');
  return openDatabase({ url, poolSize: 3, applicationName: 'test', log });
}
