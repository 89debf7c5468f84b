import { hash } from 'node:crypto';

/** Subjects and partition keys are dealt out to buckets 0 to 1023, by each move anew. */
export const BUCKETS = 1_024;

/**
 * The bucket of a key in a move: the first two bytes of SHA-256 over the UTF-8 of `<move>:<key>`, the higher one
 * first, modulo 1,024. Always the same, on every machine and in every version; unrelated between moves. PostgreSQL
 * computes it as
 *
 *     ('x' || encode(substr(sha256(convert_to(move || ':' || key, 'UTF8')), 1, 2), 'hex'))::bit(16)::integer & 1023
 *
 * @param key for a user the id in lower case, as PostgreSQL writes a uuid. What is no Unicode text (half of a
 *   surrogate pair) counts as U+FFFD; PostgreSQL has no text with U+0000
 */
export function bucketOf(move: string, key: string): number {
  const digest = hash('sha256', `${move}:${key}`, 'buffer');
  return digest.readUInt16BE(0) % BUCKETS;
}

/**
 * How many buckets a percentage covers: always the first ones, so that a percentage that rises only adds to those
 * who are covered. 100 covers all of them, 0 none, and so does what is less than half a bucket.
 *
 * @param percent 0 to 100, fractions allowed
 */
export function coveredBuckets(percent: number): number {
  return Math.round((percent * BUCKETS) / 100);
}
