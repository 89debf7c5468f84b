import { sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { bucketOf } from './bucket.ts';
import { moveNamed, type MoveName, type Side } from './moves.ts';

/** The codes by which the guard of a captured table refuses a write: this side is not the owner; nobody is for a moment. */
const REFUSALS = { MF001: 'NOT_OWNER', MF002: 'MOVING' } as const;
/** PostgreSQL's error stands at most this deep among the causes of errors. */
const DEEPEST = 5;

/** This side may not write here now, and has written nothing. */
export class OwnershipRefused extends Error {
  /** NOT_OWNER: the other side may. MOVING: neither, for a moment. */
  readonly code: 'NOT_OWNER' | 'MOVING';
  readonly move: MoveName;
  /** Who may. */
  readonly owner: Side | 'moving';

  constructor(move: MoveName, owner: Side | 'moving', cause?: unknown) {
    super(
      owner === 'moving'
        ? `the data of "${move}" changes sides at this moment: send the request again`
        : `the data of "${move}" is owned by the ${owner} side: send the request there`,
      { cause },
    );
    this.name = 'OwnershipRefused';
    this.code = owner === 'moving' ? 'MOVING' : 'NOT_OWNER';
    this.move = move;
    this.owner = owner;
  }
}

/**
 * Asks whether this side may write, before it does anything that could not be undone. Where no data move is installed
 * it always may. The answer holds for this moment; the guard of the tables decides when it writes.
 *
 * @param db the service's own database, or a transaction of it
 * @param key the partition key: a user id in lower case; any text where the writes of a move are owned together
 * @param here the side that the database belongs to
 * @throws OwnershipRefused
 */
export async function requireOwner(db: Db, move: MoveName, key: string, here: Side): Promise<void> {
  // First: a statement that names a table which is not there would end the caller's transaction.
  const found = await db.execute(
    sql`select to_regclass('move.ownership') is not null as "isThere"`,
  );
  if (!found.rows[0]?.isThere) return;
  const bucket = moveNamed(move)?.writes === 'together' ? 0 : bucketOf(move, key);
  const { rows } = await db.execute<{ owner: Side | 'moving' }>(
    sql`select owner from move.ownership join move.mode using (move)
      where move = ${move} and bucket = ${bucket} and guard <> 'off'`,
  );
  const owner = rows[0]?.owner;
  if (owner !== undefined && owner !== here) throw new OwnershipRefused(move, owner);
}

/** The refusal that an error tells of, however deep PostgreSQL's own stands in it; null where it is another error. */
export function ownershipRefusal(error: unknown): OwnershipRefused | null {
  let cause = error;
  for (let depth = 0; depth < DEEPEST && cause instanceof Error; depth++) {
    if (cause instanceof OwnershipRefused) return cause;
    const { code, detail } = cause as { code?: unknown; detail?: unknown };
    if (typeof code === 'string' && Object.hasOwn(REFUSALS, code)) {
      const { move, owner } = JSON.parse(String(detail)) as Pick<
        OwnershipRefused,
        'move' | 'owner'
      >;
      return new OwnershipRefused(move, owner, error);
    }
    cause = cause.cause;
  }
  return null;
}
