import { transaction } from '#platform/database/transaction.ts';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { printGraphRef, type GraphRef } from '../graph-ref.ts';
import { RegistryError } from '../registry-error.ts';
import { insertVersion, lockVariant, newestNumber, readVersion } from './versions.ts';

/**
 * Serves an earlier version again, as a new one: the history stays. It is not judged: it has been served before, and who
 * rolls back has no time.
 *
 * @returns the number of the new version
 * @throws RegistryError when there is no such version, or it is the one that is served
 */
export async function rollback(
  db: NodePgDatabase,
  ref: GraphRef,
  to: number,
  by: string,
): Promise<number> {
  return transaction(db, async (tx) => {
    await lockVariant(tx, ref);
    const newest = await newestNumber(tx, ref);
    // Numbers have no gaps; what is no version may be more than PostgreSQL takes.
    const version =
      newest && to >= 1 && to <= newest.number ? await readVersion(tx, ref, to) : null;
    if (!newest || !version) {
      throw new RegistryError('BAD_INPUT', `${printGraphRef(ref)} has no version ${to}.`);
    }
    if (newest.number === to) {
      throw new RegistryError(
        'BAD_INPUT',
        `Version ${to} of ${printGraphRef(ref)} is served already.`,
      );
    }
    const note = { kind: 'rollback', subgraph: null, rolledBackTo: to, by, git: null } as const;
    return (await insertVersion(tx, ref, newest.number, version, note)) ?? newest.number;
  });
}
