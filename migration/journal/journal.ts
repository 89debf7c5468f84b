import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import { moveJournal } from '../tables.ts';

/** What is done with a move. */
export type Action =
  | 'install'
  | 'remove'
  | 'backfill'
  | 'verify'
  | 'advance'
  | 'rollback'
  | 'flip'
  | 'set'
  | 'seal'
  | 'breach'
  | 'handover'
  | 'target';

/** Who does something, and why. */
export interface Signature {
  readonly by: string;
  readonly reason: string | null;
}

/** What is written down. The time is now. */
export interface Note extends Signature {
  readonly move: MoveName;
  readonly action: Action;
  /** `begun`, `finished`, `refused`, `failed`, or a step of the action's own. */
  readonly step: string;
  readonly evidence?: Readonly<Record<string, unknown>>;
}

/** What was written down. */
export type Entry = typeof moveJournal.$inferSelect;

/** Writes down a step of a move. Nobody can change it afterwards. */
export async function note(control: Db, { evidence, ...entry }: Note): Promise<void> {
  await control
    .insert(moveJournal)
    .values({ ...entry, at: new Date(), evidence: evidence ?? null });
}

/** Does what has been noted as begun, and notes how it ends. @throws what `act` throws */
export async function noteEnd(
  control: Db,
  entry: Omit<Note, 'step' | 'evidence'>,
  evidence: Note['evidence'],
  act: () => Promise<void>,
): Promise<void> {
  try {
    await act();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await note(control, { ...entry, step: 'failed', evidence: { why } });
    throw error;
  }
  await note(control, { ...entry, step: 'finished', evidence });
}

/** The last entries of a move, the newest first. */
export async function readJournal(control: Db, move: MoveName, limit: number): Promise<Entry[]> {
  return control
    .select()
    .from(moveJournal)
    .where(eq(moveJournal.move, move))
    .orderBy(desc(moveJournal.id))
    .limit(limit);
}

/** The last entry of an action that came to one of the steps; null: there is none. */
export async function lastEntry(
  control: Db,
  move: MoveName,
  action: Action,
  steps: readonly string[],
): Promise<Entry | null> {
  const rows = await control
    .select()
    .from(moveJournal)
    .where(
      and(
        eq(moveJournal.move, move),
        eq(moveJournal.action, action),
        inArray(moveJournal.step, [...steps]),
      ),
    )
    .orderBy(desc(moveJournal.id))
    .limit(1);
  return rows[0] ?? null;
}
