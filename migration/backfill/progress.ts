import type { PoolClient } from 'pg';
import type { Database } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';

/** `source`: what is on the source. `gone`: what the target has and the source has not. */
export const PASSES = ['source', 'gone'] as const;
export type Pass = (typeof PASSES)[number];

/** How far a pass over a kind is. */
export interface PassProgress {
  readonly kind: string;
  readonly pass: Pass;
  /** The last key that was looked at; null: none yet. */
  readonly lastId: string | null;
  readonly marked: number;
  readonly finishedAt: Date | null;
}

/** How far the last backfill is, by kind and pass; nothing where none was begun. Kept in the source's database. */
export async function readBackfill({ pool }: Database, move: MoveName): Promise<PassProgress[]> {
  const { rows } = await pool.query<PassProgress>(
    `select kind, pass, last_id as "lastId", marked::float8 as marked, finished_at as "finishedAt"
     from move.backfill where move = $1`,
    [move],
  );
  return rows;
}

/** Forgets how far the last backfill came, and begins another. */
export async function resetBackfill(
  { pool }: Database,
  move: MoveName,
  kinds: readonly string[],
): Promise<void> {
  await pool.query(
    `insert into move.backfill (move, kind, pass)
     select $1, kind, pass from unnest($2::text[]) kind, unnest($3::text[]) pass
     on conflict (move, kind, pass) do update set last_id = null, marked = 0, finished_at = null`,
    [move, kinds, PASSES],
  );
}

/** Records in the transaction that inserts the markers how far a pass is. @param lastId null: it is finished @throws BackfillEnded */
export async function recordProgress(
  source: PoolClient,
  move: MoveName,
  { kind, pass }: Pick<PassProgress, 'kind' | 'pass'>,
  lastId: string | null,
  marked: number,
): Promise<void> {
  const { rowCount } = await source.query(
    `update move.backfill set last_id = coalesce($4, last_id), marked = marked + $5,
       finished_at = case when $4::uuid is null then clock_timestamp() end
     where move = $1 and kind = $2 and pass = $3`,
    [move, kind, pass, lastId, marked],
  );
  if (rowCount === 0) throw new BackfillEnded(move);
}

/** Capture was removed while a backfill ran, and nobody carries what it marks. */
export class BackfillEnded extends Error {
  readonly code = 'BACKFILL_ENDED';

  constructor(move: MoveName) {
    super(
      `${move}: capture was removed while this was copied, so it ends here. npm run move -- history ${move} says who did that`,
    );
    this.name = 'BackfillEnded';
  }
}
