import { eq, lt } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { daysBefore } from '#schema/usage/days.ts';
import type { GitContext } from '../git-context.ts';
import type { GraphRef } from '../graph-ref.ts';
import { JUDGED_WITHIN, MOST_JOBS } from '../judging/judge.ts';
import { registryCheck } from '../tables.ts';
import type { CheckOutcome } from './outcome.ts';

/** A check that is asked for. */
export interface NewCheck {
  readonly id: string;
  readonly ref: GraphRef;
  readonly subgraph: string;
  readonly by: string;
  readonly git: GitContext | null;
}

/** A check that was asked for some time. */
export interface Check extends NewCheck {
  readonly createdAt: Date;
  /** When its turn to be judged came; null while it waits. */
  readonly begunAt: Date | null;
  /** null while it waits, or is being judged. */
  readonly outcome: CheckOutcome | null;
}

/** Days for which reports are kept. */
const KEPT = 90;
/** Milliseconds after which a check that is judged is over: whoever judged it has died. */
const GIVEN_UP = JUDGED_WITHIN + 60 * 1000;
/** The same for one whose turn has not come: the longest that those before it may take. */
const NEVER_BEGUN = MOST_JOBS * JUDGED_WITHIN;

/** Takes note of a check, and forgets those that are older than three months. */
export async function openCheck(db: Db, { ref, ...check }: NewCheck): Promise<void> {
  const now = new Date();
  await db.insert(registryCheck).values({ ...ref, ...check, createdAt: now });
  await db.delete(registryCheck).where(lt(registryCheck.createdAt, daysBefore(now, KEPT)));
}

/** Takes note that its turn has come. */
export async function beginCheck(db: Db, id: string): Promise<void> {
  await db.update(registryCheck).set({ begunAt: new Date() }).where(eq(registryCheck.id, id));
}

/** Takes note of how it ended. */
export async function settleCheck(db: Db, id: string, outcome: CheckOutcome): Promise<void> {
  await db.update(registryCheck).set({ outcome }).where(eq(registryCheck.id, id));
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** A check by its id; null where there is none. */
export async function readCheck(db: Db, id: string): Promise<Check | null> {
  if (!UUID.test(id)) return null;
  const [row] = await db.select().from(registryCheck).where(eq(registryCheck.id, id));
  if (!row) return null;
  const { graph, variant, ...rest } = row;
  const { createdAt, begunAt } = rest;
  const over = begunAt ? begunAt.getTime() + GIVEN_UP : createdAt.getTime() + NEVER_BEGUN;
  const problem = 'The registry was stopped while it checked: check again.';
  const lost: CheckOutcome | null = Date.now() > over ? { kind: 'unjudged', problem } : null;
  return { ...rest, ref: { graph, variant }, outcome: rest.outcome ?? lost };
}
