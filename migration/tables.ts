import { sql } from 'drizzle-orm';
import { check, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
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
