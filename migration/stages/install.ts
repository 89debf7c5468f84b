import type { Side } from '#platform/moves/moves.ts';
import { captureInstalled } from '../capture/install-capture.ts';
import { installMove } from '../capture/install-move.ts';
import { removeCapture } from '../capture/remove-capture.ts';
import { lastEpoch } from '../flip/flip-record.ts';
import { note, type Signature } from '../journal/journal.ts';
import type { MovePlaces } from '../move-places.ts';
import { readOwners } from '../ownership/owners.ts';

/** Whether capture is on both sides. */
export async function isCaptured({ mapping, legacy, new: fresh }: MovePlaces): Promise<boolean> {
  return (
    (await captureInstalled(legacy, mapping.name)) && (await captureInstalled(fresh, mapping.name))
  );
}

/**
 * Brings capture and guard to both sides. From then on each hears of what is written on the other, and the side that does
 * not own a row refuses to write it. Repeating it is harmless, and brings the triggers up to date with the mapping.
 *
 * @param owner who owns all buckets, where nobody has recorded that yet
 */
export async function install(
  places: MovePlaces,
  owner: Side,
  signature: Signature,
): Promise<void> {
  const { mapping, control } = places;
  const wasCaptured = await isCaptured(places);
  const initial = (await recordedOwner(places)) ?? {
    owner,
    // Above all that were given out before capture was removed last.
    epoch: (await lastEpoch(control.db, mapping.name)) + 2,
  };
  await installMove(mapping, places, initial);
  if (wasCaptured) return;
  await note(control.db, {
    ...signature,
    move: mapping.name,
    action: 'install',
    step: 'finished',
    evidence: { ...initial },
  });
}

const SIDES = ['legacy', 'new'] as const;

/** As the side has it where capture is already, because somebody was interrupted before it was on the other. */
async function recordedOwner(
  places: MovePlaces,
): Promise<{ owner: Side; epoch: number } | undefined> {
  for (const side of SIDES) {
    if (!(await captureInstalled(places[side], places.mapping.name))) continue;
    const [first] = await readOwners(places[side].db, places.mapping.name);
    if (first && first.owner !== 'moving') return { owner: first.owner, epoch: first.epoch };
  }
  return undefined;
}

/** Takes capture and guard away from both sides: from then on neither hears of the other. */
export async function uninstall(places: MovePlaces, signature: Signature): Promise<void> {
  const { mapping, control } = places;
  for (const side of SIDES) await removeCapture(places[side], mapping, side);
  const entry = { ...signature, move: mapping.name, action: 'remove', step: 'finished' } as const;
  await note(control.db, entry);
}
