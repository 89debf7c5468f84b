import type { PoolClient } from 'pg';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { CapturedSource } from './captured-tables.ts';

/** Writers held the tables all the time. Nothing has changed: try again. */
export class CaptureBusy extends Error {
  readonly code = 'CAPTURE_BUSY';

  /** @param waited milliseconds */
  constructor(move: MoveName, side: Side, waited: number, cause: unknown) {
    super(
      `${move}: the triggers of the ${side} side were not changed, because transactions held its tables for ${Math.round(waited / 1_000)} s. ` +
        'Nothing has changed, so this may be run again. Look for a transaction that is left open: ' +
        'select pid, application_name, xact_start from pg_stat_activity order by xact_start',
      { cause },
    );
    this.name = 'CaptureBusy';
  }
}

/** A table cannot be captured. Nothing was changed. */
export class CaptureRefused extends Error {
  readonly code = 'CAPTURE_REFUSED';

  constructor(message: string) {
    super(message);
    this.name = 'CaptureRefused';
  }
}

/** @throws CaptureRefused where a table is not there */
export async function requireTables(
  client: PoolClient,
  sources: readonly CapturedSource[],
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select name from unnest($1::text[]) name where to_regclass(name) is null',
    [sources.map(({ qualified }) => qualified)],
  );
  if (rows.length === 0) return;
  throw new CaptureRefused(
    `the database has no table ${rows.map(({ name }) => name).join(', ')}: start the service that owns it once, which creates it, then run this again`,
  );
}
