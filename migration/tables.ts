import { sql } from 'drizzle-orm';
import { bigint, check, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { MoveProgress } from '#platform/moves/move-state.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';

/** Which side has the data of a move: the side that was last written by people, and is copied from. */
export const moveSide = pgTable(
  'move_side',
  {
    move: text('move').$type<MoveName>().primaryKey(),
    side: text('side').$type<Side>().notNull(),
    /** When the data came to this side. */
    changedAt: timestamp('changed_at', {
      withTimezone: true,
      precision: 3,
      mode: 'date',
    }).notNull(),
  },
  (t) => [check('move_side_side', sql`${t.side} in ('legacy', 'new')`)],
);

/** Every change of the state of a move, for ever. */
export const moveChange = pgTable('move_change', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  move: text('move').$type<MoveName>().notNull(),
  changedAt: timestamp('changed_at', {
    withTimezone: true,
    precision: 3,
    mode: 'date',
  }).notNull(),
  changedBy: text('changed_by').notNull(),
  /** Null where the move had no state before. */
  before: jsonb('before').$type<MoveProgress>(),
  after: jsonb('after').$type<MoveProgress>().notNull(),
  reason: text('reason'),
});
