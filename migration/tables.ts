import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';
import type { MoveProgress } from '#platform/moves/move-state.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';

/**
 * The side that the flag of a move asked for when it was followed last. A flag counts again when it says something
 * else: what people have done with commands meanwhile stays.
 */
export const moveSide = pgTable(
  'move_side',
  {
    move: text('move').$type<MoveName>().primaryKey(),
    side: text('side').$type<Side>().notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [check('move_side_side', sql`${t.side} in ('legacy', 'new')`)],
);

/** Every change of the state of a move, for ever. */
export const moveChange = pgTable('move_change', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  move: text('move').$type<MoveName>().notNull(),
  changedAt: instant('changed_at').notNull(),
  changedBy: text('changed_by').notNull(),
  /** Null where the move had no state before. */
  before: jsonb('before').$type<MoveProgress>(),
  after: jsonb('after').$type<MoveProgress>().notNull(),
  reason: text('reason'),
});

/** Everything that was done with a move, step by step, for ever: who, when, why, and what was seen. */
export const moveJournal = pgTable(
  'move_journal',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    move: text('move').$type<MoveName>().notNull(),
    at: instant('at').notNull(),
    by: text('by').notNull(),
    /** `install`, `backfill`, `verify`, `advance`, `flip`, `rollback`, `seal`, `breach` … */
    action: text('action').notNull(),
    /** `begun`, `finished`, `refused`, `failed`, or a step of the action's own. */
    step: text('step').notNull(),
    reason: text('reason'),
    /** Figures: what the step was decided by. */
    evidence: jsonb('evidence').$type<Readonly<Record<string, unknown>>>(),
  },
  (t) => [index('move_journal_move').on(t.move, t.action, t.id)],
);

/** The flips of buckets from one side to the other. Of a move one is under way at a time. */
export const moveFlip = pgTable(
  'move_flip',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    move: text('move').$type<MoveName>().notNull(),
    buckets: integer('buckets').array().notNull(),
    toSide: text('to_side').$type<Side>().notNull(),
    /** What the buckets get when they are handed on; above all that they had. */
    epoch: bigint('epoch', { mode: 'number' }).notNull(),
    step: text('step').$type<FlipStep>().notNull(),
    startedAt: instant('started_at').notNull(),
    startedBy: text('started_by').notNull(),
    reason: text('reason'),
    updatedAt: instant('updated_at').notNull(),
    /** Null while it is under way. */
    finishedAt: instant('finished_at'),
    /** What it found: why it was given up, how long writes waited. */
    evidence: jsonb('evidence').$type<Readonly<Record<string, unknown>>>(),
  },
  (t) => [
    check('move_flip_to_side', sql`${t.toSide} in ('legacy', 'new')`),
    check(
      'move_flip_step',
      sql`${t.step} in ('begun', 'moving', 'drained', 'compared', 'opened', 'done', 'reopened')`,
    ),
    uniqueIndex('move_flip_under_way')
      .on(t.move)
      .where(sql`${t.finishedAt} is null`),
  ],
);

/** The last thing that has been done: `begun` means nothing yet. A flip ends as `done` or `reopened`. */
export type FlipStep = 'begun' | 'moving' | 'drained' | 'compared' | 'opened' | 'done' | 'reopened';

/** Who works on a move, with a sign of life: its lock may be taken from whoever gives none any more. */
export const moveLock = pgTable('move_lock', {
  move: text('move').$type<MoveName>().primaryKey(),
  /** One process, and the name that PostgreSQL shows for its connections. */
  runner: text('runner').notNull(),
  beatAt: instant('beat_at').notNull(),
});
