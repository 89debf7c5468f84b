import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  doublePrecision,
  integer,
  pgTable,
  text,
  unique,
} from 'drizzle-orm/pg-core';
import { instant } from '#platform/database/columns.ts';
import type { Stage } from './move-state.ts';
import type { MoveName, Side } from './moves.ts';

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
    updatedAt: instant('updated_at').notNull(),
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
 * One row: the version of all moves and pins together. Whoever changes one locks it, so versions are committed in their
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

/**
 * Readers who are answered by the side that has what they have written, or what was written for them, until the other side
 * has it, too. Counted and announced as states are. One that is made again keeps its row and gets a new number.
 */
export const movePin = pgTable(
  'move_pin',
  {
    /** Drawn anew each time that the pin is made, so that whoever releases it releases what they have seen. */
    number: bigint('number', { mode: 'number' }).primaryKey().generatedByDefaultAsIdentity(),
    move: text('move').$type<MoveName>().notNull(),
    /** Of readers; null: everybody. */
    bucket: integer('bucket'),
    /** Where they read; null: each where the writes of their own bucket are. */
    side: text('side').$type<Side>(),
    madeAt: instant('made_at').notNull(),
  },
  (t) => [
    unique('move_pin_once').on(t.move, t.bucket).nullsNotDistinct(),
    check('move_pin_bucket', sql`${t.bucket} between 0 and 1023`),
    check('move_pin_side', sql`${t.side} in ('legacy', 'new')`),
  ],
);

/** What each replica of the gateway routes by, and until when it does so without asking. */
export const moveLease = pgTable('move_lease', {
  /** One process. */
  replica: text('replica').primaryKey(),
  /** The version that it has taken up: no older one decides any request that comes from now on. */
  confirmedVersion: bigint('confirmed_version', { mode: 'number' }).notNull(),
  /** By the clock of the database. */
  expiresAt: instant('expires_at').notNull(),
});
