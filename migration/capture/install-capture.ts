import { hash } from 'node:crypto';
import type { PoolClient } from 'pg';
import type { Database } from '#platform/database/pool.ts';
import { BUCKETS } from '#platform/moves/bucket.ts';
import { moveNamed, type MoveName, type Side } from '#platform/moves/moves.ts';
import type { MoveMapping } from '../moves/mapping.ts';
import { transactionWithPatience } from '../ownership/lock-patience.ts';
import { capturedSources, lockOrder, type CapturedSource } from './captured-tables.ts';
import { dropTriggers } from './drop-triggers.ts';
import { CaptureBusy, requireTables } from './errors.ts';
import { splitNumbers } from './numbers.ts';
import { MOVE_SCHEMA } from './schema.ts';
import { captureTriggers } from './triggers.ts';

/** Any fixed number: whoever changes the schema `move` of a database takes turns by it. */
export const CAPTURE_LOCK = 7_243_020;
/** A trigger needs a lock that stands in the way of writers: they wait this long behind one try. Milliseconds. */
export const CAPTURE_PATIENCE = { lockTimeout: 80, deadline: 120_000 };

/** Where the schema `move` keeps what is under way in a move. */
export const PROGRESS = ['dirty', 'deferred', 'parked', 'changed', 'backfill'] as const;

/**
 * Makes the triggers of a move on one side: from its commit on, every write is guarded and marks its aggregate, and no
 * transaction is under way that has written without. It is one transaction, so it is there whole or not at all. Run it
 * as often as you like: where everything is as it should be, nothing is locked or changed, and who owns what is kept.
 *
 * @param initial who owns all buckets, where nobody has recorded that yet
 * @throws CaptureBusy when writers held the tables for two minutes, CaptureRefused
 */
export async function installCapture(
  database: Database,
  mapping: MoveMapping,
  side: Side,
  initial: { readonly owner: Side; readonly epoch: number },
): Promise<void> {
  const sources = capturedSources(mapping, side);
  const statements = sources.flatMap((source) => captureTriggers(source, true));
  const definition = definitionOf(statements);
  if ((await installedDefinition(database, mapping.name)) === definition) return;
  await transactionWithPatience(
    database,
    CAPTURE_PATIENCE,
    async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [CAPTURE_LOCK]);
      await requireTables(client, sources);
      await client.query(MOVE_SCHEMA);
      await forgetUncaptured(client, mapping.name);
      await recordOwners(client, mapping.name, initial);
      await recordMode(client, mapping.name, side, definition);
      // Last, because writers wait from here on.
      await dropTriggers(client, mapping.name, sources);
      await installTriggers(client, sources, statements);
      await splitNumbers(client, mapping, side);
    },
    (cause) => new CaptureBusy(mapping.name, side, CAPTURE_PATIENCE.deadline, cause),
  );
}

/** Whether writes of a move are captured in a database. */
export async function captureInstalled(database: Database, move: MoveName): Promise<boolean> {
  return (await installedDefinition(database, move)) !== null;
}

/** Makes triggers, in the caller's transaction. */
export async function installTriggers(
  client: PoolClient,
  sources: readonly CapturedSource[],
  statements: readonly string[],
): Promise<void> {
  await client.query(`lock table ${lockOrder(sources).join()} in share row exclusive mode`);
  await client.query(statements.join(';\n'));
}

export const definitionOf = (statements: readonly string[]): string =>
  hash('sha256', [MOVE_SCHEMA, ...statements].join('\n'));

async function installedDefinition({ pool }: Database, move: MoveName): Promise<string | null> {
  const found = await pool.query(`select to_regclass('move.mode') is not null as "isThere"`);
  if (!found.rows[0]?.isThere) return null;
  const { rows } = await pool.query<{ definition: string }>(
    'select definition from move.mode where move = $1 and captures',
    [move],
  );
  return rows[0]?.definition ?? null;
}

/**
 * What a backfill has left behind that went on while capture was removed: it would say that everything is copied, also what
 * has been written since and nobody has heard of.
 */
async function forgetUncaptured(client: PoolClient, move: MoveName): Promise<void> {
  for (const table of PROGRESS) {
    await client.query(
      `delete from move.${table} where move = $1
         and not exists (select from move.mode where move = $1 and captures)`,
      [move],
    );
  }
}

async function recordOwners(
  client: PoolClient,
  move: MoveName,
  { owner, epoch }: { readonly owner: Side; readonly epoch: number },
): Promise<void> {
  const buckets = moveNamed(move)?.writes === 'together' ? 1 : BUCKETS;
  await client.query(
    `insert into move.ownership (move, bucket, owner, epoch)
     select $1, bucket, $2, $3 from generate_series(0, $4::integer - 1) bucket on conflict do nothing`,
    [move, owner, epoch, buckets],
  );
}

/** In the monolith's database anybody may write, so it is noted who does. */
async function recordMode(
  client: PoolClient,
  move: MoveName,
  side: Side,
  definition: string,
): Promise<void> {
  await client.query(
    `insert into move.mode (move, side, guard, captures, definition) values ($1, $2, $3, true, $4)
     on conflict (move) do update set captures = true, definition = excluded.definition`,
    [move, side, side === 'legacy' ? 'detect' : 'enforce', definition],
  );
}
