import { sql } from 'drizzle-orm';
import {
  char,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  smallint,
  text,
  uuid,
  varchar,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';

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
  (t) => [index('resumes_of_owner').on(t.ownerId, t.uploadedAt, t.id)],
);

export const reviewStatus = pgEnum('review_status', [
  'QUEUED',
  'RUNNING',
  'COMPLETED',
  'FAILED',
  'CANCELLED',
]);

/** How much a finding matters. */
export type Severity = 'PRAISE' | 'HINT' | 'WARNING' | 'CRITICAL';

/** One thing that a review found, as it is stored. */
export interface StoredFinding {
  readonly severity: Severity;
  readonly message: string;
  /** The passage of the resume that it is about. */
  readonly evidence?: string | null;
  /** What to do about it. */
  readonly suggestion?: string | null;
}

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
  },
  (t) => [
    index('reviews_of_resume').on(t.resumeId, t.requestedAt, t.id),
    index('reviews_in_work')
      .on(t.requestedAt)
      .where(sql`${t.completedAt} is null`),
    check('reviews_end', sql`(${t.status} in ('QUEUED', 'RUNNING')) = (${t.completedAt} is null)`),
  ],
);
