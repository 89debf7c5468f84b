import { hash } from 'node:crypto';
import type { MoveName } from './moves.ts';

/**
 * Buckets share locks, every sixty-fourth the same one: the server's table of locks is finite, and a transaction that
 * writes in all buckets must not fill it. A power of two.
 */
const STRIPES = 64;

/**
 * The first number of the advisory locks of a move's ownership; the second is the stripe of the bucket. Writers hold
 * them shared, and a flip takes them exclusively. PostgreSQL keeps locks of two numbers apart from those of one.
 */
export function lockClass(move: MoveName): number {
  return hash('sha256', `ownership:${move}`, 'buffer').readInt32BE(0);
}

/** SQL for the stripe of a bucket. */
export const stripeOf = (bucket: string): string => `(${bucket} & ${STRIPES - 1})`;
