import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { migrateDatabase } from '#platform/database/migrate.ts';
import type { MoveProgress } from '#platform/moves/move-state.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { createEmptyDatabase } from '../../setup/databases.ts';

const MIGRATIONS = fileURLToPath(new URL('../../../migration/migrations', import.meta.url));

/** A fresh database `control`, without any state. @returns its URL, as superuser */
export async function createControlDatabase(): Promise<string> {
  const url = await createEmptyDatabase();
  await migrateDatabase(url, MIGRATIONS);
  return url;
}

/** Brings a database up to date as `control`. */
export const migrateControl = (url: string) => migrateDatabase(url, MIGRATIONS);

/** Runs SQL on a connection of its own. */
export async function query(url: string, text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url });
  // A server that is stopped ends the connection.
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.query(text, values);
  } finally {
    await client.end();
  }
}

/** Writes the state of a move as it may be written by hand. */
export async function writeState(
  url: string,
  move: MoveName,
  state: Partial<MoveProgress>,
): Promise<void> {
  const { stage = 'canary', readPercent = 0, writePercent = 0 } = state;
  const values = [move, stage, readPercent, writePercent];
  const { rowCount } = await query(
    url,
    'update move_state set stage = $2, read_percent = $3, write_percent = $4 where move = $1',
    values,
  );
  if (rowCount === 1) return;
  await query(url, `insert into move_state values ($1, $2, $3, $4, 0, now(), 'a test')`, values);
}
