import type { Db } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { lastEntry, note, type Signature } from '../journal/journal.ts';
import type { Verified } from './facts.ts';

/** What a verification found, as it is kept in the journal. */
interface Evidence extends Omit<Verified, 'at' | 'began'> {
  /** ISO 8601. */
  readonly began: string;
}

/** Keeps what a verification found. @param details what differs, for people */
export async function recordVerified(
  control: Db,
  move: MoveName,
  { began, isFull, checked, differing, unmappable }: Omit<Verified, 'at'>,
  signature: Signature,
  details: Readonly<Record<string, unknown>>,
): Promise<void> {
  const evidence: Evidence = {
    began: began.toISOString(),
    isFull,
    checked,
    differing,
    unmappable,
  };
  await note(control, {
    ...signature,
    move,
    action: 'verify',
    step: 'finished',
    evidence: { ...evidence, ...details },
  });
}

/** The last verification that came to its end; null: there was none. */
export async function readVerified(control: Db, move: MoveName): Promise<Verified | null> {
  const entry = await lastEntry(control, move, 'verify', ['finished']);
  if (!entry) return null;
  const { isFull, began, checked, differing, unmappable } = entry.evidence as unknown as Evidence;
  return { at: entry.at, began: new Date(began), isFull, checked, differing, unmappable };
}
