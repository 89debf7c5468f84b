import { sql } from 'drizzle-orm';
import {
  bigint,
  char,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  smallint,
  text,
  unique,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';
import type { AgentRun } from '#platform/resumes/rules/agent-run.ts';
import type { Finding } from '#platform/resumes/rules/rule.ts';
import type { ResumeReading } from '#platform/resumes/structure/json-resume.ts';

/** What is known of a file, be it on its way or here. */
const fileColumns = () => ({
  /** An account: accounts live in another service. */
  ownerId: uuid('owner_id').notNull(),
  /** As the client calls it; never a path. */
  filename: varchar('filename', { length: 200 }).notNull(),
  contentType: varchar('content_type', { length: 100 }).notNull(),
  byteSize: integer('byte_size').notNull(),
  /** In hexadecimal, lower case. */
  sha256: char('sha256', { length: 64 }).notNull(),
});

/** A file on its way in: announced, perhaps received. It becomes a resume of the same id, or runs out. */
export const uploads = pgTable(
  'uploads',
  {
    id: uuid('id').primaryKey(),
    ...fileColumns(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [
    index('uploads_of_owner').on(t.ownerId, t.expiresAt),
    index('uploads_by_expiry').on(t.expiresAt),
  ],
);

export const resumes = pgTable(
  'resumes',
  {
    id: uuid('id').primaryKey(),
    ...fileColumns(),
    uploadedAt: instant('uploaded_at').notNull(),
  },
  (t) => [
    index('resumes_of_owner').on(t.ownerId, t.uploadedAt, t.id),
    index('resumes_of_file').on(t.sha256),
  ],
);

/**
 * Files that perhaps no resume has any more. Migration 0002 adds a row when a resume goes, and when an upload has run out,
 * whoever deletes it. The sweep removes the file unless a resume has it, and then exactly the rows that it has seen.
 */
export const discardedFiles = pgTable('discarded_files', {
  id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
  sha256: char('sha256', { length: 64 }).notNull(),
});

export const reviewStatus = pgEnum('review_status', [
  'QUEUED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
]);

/** One thing that a review found, as it is stored. */
export type StoredFinding = Finding;

/** A section of a review as it is stored. */
export interface StoredSection {
  readonly name: string;
  /** 0 to 100. */
  readonly score: number;
  readonly findings: readonly StoredFinding[];
}

/**
 * Reviews of resumes. There is no foreign key: uploads and reviews may come from different sides of their moves,
 * and the one may lack what the other still has. Migration 0001 deletes the reviews of a deleted resume.
 */
export const reviews = pgTable(
  'reviews',
  {
    id: uuid('id').primaryKey(),
    resumeId: uuid('resume_id').notNull(),
    /** The job that the resume is held against, where one was given. */
    jobDescription: text('job_description'),
    status: reviewStatus('status').notNull(),
    /** 0 to 100. */
    overallScore: smallint('overall_score'),
    sections: jsonb('sections').$type<readonly StoredSection[]>().notNull().default([]),
    /** Why it could not be written, for people. */
    failureReason: text('failure_reason'),
    requestedAt: instant('requested_at').notNull(),
    /** Null until it has come to an end, whichever. */
    completedAt: instant('completed_at'),
    /** Chosen by who asked: asking again with it gives the same review. */
    idempotencyKey: varchar('idempotency_key', { length: 100 }),
    /** What the agents did, in their order. */
    agentRuns: jsonb('agent_runs').$type<readonly AgentRun[]>().notNull().default([]),
    /** What was read from the file: large, and read from here only by who asks for it. Null unless complete. */
    reading: jsonb('reading').$type<ResumeReading>(),
  },
  (t) => [
    unique('reviews_idempotency_key').on(t.resumeId, t.idempotencyKey),
    index('reviews_of_resume').on(t.resumeId, t.requestedAt, t.id),
    index('reviews_in_work')
      .on(t.requestedAt)
      .where(sql`${t.completedAt} is null`),
    check('reviews_end', sql`(${t.status} in ('QUEUED', 'RUNNING')) = (${t.completedAt} is null)`),
  ],
);

/** What was deleted, when, by whom: nobody's data any more, and never changed. */
export const deletions = pgTable('deletions', {
  resumeId: uuid('resume_id').primaryKey(),
  ownerId: uuid('owner_id').notNull(),
  /** The account that asked for it; null: a service did, or it went with its account. */
  deletedBy: uuid('deleted_by'),
  byteSize: integer('byte_size').notNull(),
  /** How many reviews went with it. */
  reviews: integer('reviews').notNull(),
  deletedAt: instant('deleted_at').notNull(),
});

/**
 * What was paid for models, a row for each of their answers, and never changed: the budget of a day counts it. It says not
 * whose review it was for, and stays when reviews go.
 */
export const spending = pgTable(
  'spending',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    spentAt: instant('spent_at').notNull().defaultNow(),
    model: text('model').notNull(),
    inputTokens: integer('input_tokens').notNull(),
    outputTokens: integer('output_tokens').notNull(),
    /** Millionths of a dollar. */
    costMicros: bigint('cost_micros', { mode: 'number' }).notNull(),
  },
  (t) => [index('spending_by_time').on(t.spentAt)],
);
