import { readMoveSnapshot } from '#platform/moves/move-state.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { readFromControl } from '#schema/control/read-from-control.ts';

const WITHOUT_TABLES =
  'has no stages of moves: it is not `control`. Set CONTROL_DATABASE_URL, or say with --sealed which moves are over.';

/**
 * The stage of each move, from the database `control`.
 *
 * @throws ControlError, ConfigError
 */
export async function readStages(): Promise<ReadonlyMap<string, string>> {
  const { moves } = await readFromControl(WITHOUT_TABLES, readMoveSnapshot);
  // A move that nobody has recorded yet is legacy's.
  return new Map(MOVES.map(({ name }) => [name, moves.get(name)?.stage ?? 'legacy']));
}
