import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import type { Side } from '#platform/moves/moves.ts';
import { installCapture } from '../../migration/capture/install-capture.ts';
import type { MoveMapping } from '../../migration/moves/mapping.ts';

/** The guard of a move in the database of a service, as a flip sets it. */
export interface TestGuard {
  readonly database: Database;
  /** Lets a side own buckets, or nobody for a moment. @param buckets all, where it is absent */
  give(owner: Side | 'moving', buckets?: readonly number[]): Promise<void>;
  close(): Promise<void>;
}

/** Installs the guard of a move; the side of the database owns everything at first. */
export async function installGuard(
  url: string,
  mapping: MoveMapping,
  side: Side,
): Promise<TestGuard> {
  const log = createLog('test', 'silent');
  const database = openDatabase({ url, poolSize: 2, applicationName: 'test-guard', log });
  await installCapture(database, mapping, side, { owner: side, epoch: 1 });
  return {
    database,
    give: async (owner, buckets) => {
      await database.pool.query(
        `update move.ownership set owner = $1, epoch = epoch + 1
         where move = $2 and ($3::int[] is null or bucket = any($3))`,
        [owner, mapping.name, buckets ?? null],
      );
    },
    close: () => database.close(),
  };
}
