import type { Side } from '#platform/moves/moves.ts';
import { otherSide } from '../other-side.ts';

/** Who owns a bucket, as the row in one of the databases says. */
export interface OwnerRow {
  readonly bucket: number;
  readonly owner: Side | 'moving';
  /** A bigint, as PostgreSQL sends it. */
  readonly epoch: string;
}

export type Owners = ReadonlyMap<number, OwnerRow>;

/** What is known about an aggregate when it has to be decided what becomes of it. */
export interface Facts {
  /** The buckets of its markers on the source. */
  readonly marked: readonly number[];
  /** The bucket that it is in on the source; null: the source does not have it. */
  readonly atSource: number | null;
  readonly atTarget: number | null;
}

/**
 * `carry`: the source owns it, and the target must come to hold what the source has. `foreign`: the target owns it, and
 * its markers say nothing any more. `leave`: nobody can say now, so the markers stay.
 */
export type Verdict =
  | { readonly is: 'carry' | 'foreign' }
  | { readonly is: 'leave'; readonly buckets: readonly number[] };

/**
 * Decides by the owners that the source recorded in the snapshot which its state was read in, and by those that the
 * target records, whose rows are locked until the target's transaction ends.
 *
 * Let a flip take a bucket from S to T: S says `moving` at epoch e; all markers of the bucket at S are carried; T says T
 * at e+1; S says T at e+1. (Undone before T has said so: S says S at e again.) Guards let a side write where its own row
 * names it, and nowhere else. So:
 *
 * - A bucket may be written to T where T says S, at the epoch that S says for itself or for `moving`. T accepts no
 *   writes there, and none until we commit, because its row is locked. The epochs must agree: S's snapshot may be older
 *   than T's row. Were two flips between them, T has had writes that S's snapshot does not know, and T's row says S at
 *   e+2 where the snapshot says e. Where they agree, no flip was completed between them, and what S has is the truth.
 * - What S has in a bucket of which S itself says that T owns it is T's business: S got it before the flip, whose drain
 *   has carried it, or from T's relay. A marker there is one that came back with a crash (backup, late delete), one of a
 *   backfill, or one from which the aggregate was moved into this bucket, by a transaction that marked both buckets, of
 *   which the flip's drain has carried the other. None of them stands for a write that T lacks: it ends. The
 *   markers that end are those of the snapshot; when S gets the bucket back, its writes make new ones.
 * - An aggregate that S lacks is T's business where the bucket that it is in on T is T's, by what S says: T made it
 *   anew. To take it for deleted would resurrect an old marker against a new aggregate.
 * - All other combinations exist in the moment of a flip only (T says T or `moving`, S does not say so yet), or for good
 *   only where an id exists on both sides in buckets of different owners. Then nothing is touched, the markers stay, and
 *   a drain, verification and `status` tell of them.
 */
export function verdictOf(
  from: Side,
  { marked, atSource, atTarget }: Facts,
  sourceSays: Owners,
  targetSays: Owners,
): Verdict {
  const isForeign = (bucket: number) => sourceSays.get(bucket)?.owner === otherSide(from);
  const home = atSource ?? atTarget;
  if (home !== null && isForeign(home)) return { is: 'foreign' };
  const states = [atSource, atTarget].filter((bucket) => bucket !== null);
  const own = marked.filter((bucket) => !isForeign(bucket));
  const buckets = [...new Set([...states, ...own])];
  if (buckets.length === 0) return { is: 'foreign' };
  const unsure = buckets.filter((bucket) => !mayCarry(from, bucket, sourceSays, targetSays));
  return unsure.length === 0 ? { is: 'carry' } : { is: 'leave', buckets: unsure };
}

function mayCarry(from: Side, bucket: number, sourceSays: Owners, targetSays: Owners): boolean {
  const source = sourceSays.get(bucket);
  const target = targetSays.get(bucket);
  if (!source || !target) return false;
  const isHere = source.owner === from || source.owner === 'moving';
  return isHere && target.owner === from && source.epoch === target.epoch;
}
