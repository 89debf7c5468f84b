import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  pgTable,
  text,
  timestamp,
} from 'drizzle-orm/pg-core';
import type { Stage } from './move-state.ts';
import type { MoveName } from './moves.ts';

/**
 * How far each move is, in the database `control`: written by migration, read by every gateway. Triggers number and
 * announce each change, so one that is made by hand reaches the gateways too. Its migrations are those of migration/:
 * drizzle-kit generate --schema '{migration/tables,platform/moves/tables}.ts' --out migration/migrations.
 */
export const moveState = pgTable(
  'move_state',
  {
    move: text('move').$type<MoveName>().primaryKey(),
    stage: text('stage').$type<Stage>().notNull(),
    readPercent: doublePrecision('read_percent').notNull(),
    writePercent: doublePrecision('write_percent').notNull(),
    /** Given by a trigger, whatever is written. */
    version: bigint('version', { mode: 'number' }).notNull().default(0),
    updatedAt: timestamp('updated_at', {
      withTimezone: true,
      precision: 3,
      mode: 'date',
    }).notNull(),
    updatedBy: text('updated_by').notNull(),
  },
  (t) => [
    check(
      'move_state_stage',
      sql`${t.stage} in ('legacy', 'sync', 'shadow', 'canary', 'cutover', 'soak', 'sealed')`,
    ),
    check('move_state_read_percent', sql`${t.readPercent} between 0 and 100`),
    check('move_state_write_percent', sql`${t.writePercent} between 0 and 100`),
    check(
      'move_state_writes_together',
      sql`${t.move} not in ('auth', 'product', 'inventory') or ${t.writePercent} in (0, 100)`,
    ),
  ],
);

/**
 * One row: the version of all moves together. Whoever changes a state locks it, so versions are committed in their
 * order, and a reader who has seen one has missed none before it.
 */
export const moveStateVersion = pgTable(
  'move_state_version',
  {
    only: boolean('only').primaryKey().default(true),
    version: bigint('version', { mode: 'number' }).notNull(),
  },
  (t) => [check('move_state_version_only', sql`${t.only}`)],
);
