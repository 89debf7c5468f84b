import type { Database } from '#platform/database/pool.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { MoveMapping } from '../moves/mapping.ts';
import { transactionWithPatience } from '../ownership/lock-patience.ts';
import { CaptureBusy } from './errors.ts';
import { CAPTURE_LOCK, CAPTURE_PATIENCE, installCapture } from './install-capture.ts';
import { highestNumber, splitNumbers } from './numbers.ts';

/**
 * Installs the capture of a move on both sides. The side that owns nothing yet gives numbers beyond all that the owner
 * gave when it still gave odd and even ones. Run it as often as you like.
 *
 * @throws CaptureBusy, CaptureRefused: what is installed by then stays, and the next run goes on
 */
export async function installMove(
  mapping: MoveMapping,
  databases: Readonly<Record<Side, Database>>,
  initial: { readonly owner: Side; readonly epoch: number },
): Promise<void> {
  await installCapture(databases.legacy, mapping, 'legacy', initial);
  await installCapture(databases.new, mapping, 'new', initial);
  const other = initial.owner === 'legacy' ? 'new' : 'legacy';
  const highest = await highestNumber(databases[initial.owner], mapping, initial.owner);
  await transactionWithPatience(
    databases[other],
    CAPTURE_PATIENCE,
    async (client) => {
      await client.query('select pg_advisory_xact_lock($1)', [CAPTURE_LOCK]);
      await splitNumbers(client, mapping, other, highest);
    },
    (cause) => new CaptureBusy(mapping.name, other, CAPTURE_PATIENCE.deadline, cause),
  );
}
