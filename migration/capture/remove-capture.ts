import type { PoolClient } from 'pg';
import type { Database } from '#platform/database/pool.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { MoveMapping } from '../moves/mapping.ts';
import { transactionWithPatience } from '../ownership/lock-patience.ts';
import { capturedSources } from './captured-tables.ts';
import { dropTriggers } from './drop-triggers.ts';
import { CaptureBusy } from './errors.ts';
import {
  CAPTURE_LOCK,
  CAPTURE_PATIENCE,
  definitionOf,
  installTriggers,
  PROGRESS,
} from './install-capture.ts';
import { joinNumbers } from './numbers.ts';
import { captureTriggers } from './triggers.ts';

/** Where the schema `move` keeps rows of moves, beside {@link PROGRESS}. */
const KEPT_BY_GUARD = ['writer', 'ownership', 'mode'] as const;

/**
 * Removes what `installCapture` made, in one transaction: triggers, functions, markers, the split of numbers. Empty tables
 * stay, in the schema `move`. Where there is nothing, nothing is done.
 *
 * @param options `keepGuard`: markers end, but writes that the other side owns stay refused
 * @throws CaptureBusy when the tables were in use for two minutes
 */
export async function removeCapture(
  database: Database,
  mapping: MoveMapping,
  side: Side,
  { keepGuard = false }: { readonly keepGuard?: boolean } = {},
): Promise<void> {
  await transactionWithPatience(
    database,
    CAPTURE_PATIENCE,
    async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [CAPTURE_LOCK]);
      const found = await client.query(`select to_regclass('move.mode') is not null as "isThere"`);
      if (!found.rows[0]?.isThere) return;
      await dropTriggers(client, mapping.name, capturedSources(mapping, side));
      await joinNumbers(client, mapping, side);
      await forget(client, mapping.name, PROGRESS);
      if (keepGuard) await keepOnlyGuard(client, mapping, side);
      else await removeGuard(client, mapping.name);
    },
    (cause) => new CaptureBusy(mapping.name, side, CAPTURE_PATIENCE.deadline, cause),
  );
}

async function forget(client: PoolClient, move: MoveName, tables: readonly string[]) {
  for (const table of tables) {
    await client.query(`delete from move.${table} where move = $1`, [move]);
  }
}

async function keepOnlyGuard(client: PoolClient, mapping: MoveMapping, side: Side): Promise<void> {
  const sources = capturedSources(mapping, side);
  const statements = sources.flatMap((source) => captureTriggers(source, false));
  await client.query('update move.mode set captures = false, definition = $2 where move = $1', [
    mapping.name,
    definitionOf(statements),
  ]);
  await installTriggers(client, sources, statements);
}

async function removeGuard(client: PoolClient, move: MoveName): Promise<void> {
  // The schema `move` stays, empty: services look into it without a lock, and would fail where it goes between two statements.
  await forget(client, move, KEPT_BY_GUARD);
}
