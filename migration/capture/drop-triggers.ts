import type { PoolClient } from 'pg';
import type { MoveName } from '#platform/moves/moves.ts';
import { lockOrder, type CapturedSource } from './captured-tables.ts';

/**
 * Drops all triggers of a move, with their functions, in the caller's transaction: those that the catalogue knows, so
 * that a table is let go too that an older version of the mapping captured.
 *
 * @param sources what is mapped now: it says in which order tables are locked
 */
export async function dropTriggers(
  client: PoolClient,
  move: MoveName,
  sources: readonly CapturedSource[],
): Promise<void> {
  const { rows } = await client.query<{ name: string; table: string; function: string }>(
    `select quote_ident(t.tgname) as name, t.tgrelid::regclass::text as table, p.oid::regprocedure::text as function
     from pg_trigger t join pg_proc p on p.oid = t.tgfoid
     where p.pronamespace = 'move'::regnamespace and starts_with(t.tgname, 'move_' || $1 || '_') 
     order by array_position(array(select to_regclass(name) from unnest($2::text[]) name), t.tgrelid::regclass), 1`,
    [move, lockOrder(sources)],
  );
  if (rows.length === 0) return;
  // All at once, and in one order: this one keeps readers out too.
  await client.query(
    `lock table ${[...new Set(rows.map(({ table }) => table))].join()} in access exclusive mode`,
  );
  const drops = rows.flatMap((trigger) => [
    `drop trigger ${trigger.name} on ${trigger.table}`,
    `drop function ${trigger.function}`,
  ]);
  await client.query(drops.join(';'));
}
