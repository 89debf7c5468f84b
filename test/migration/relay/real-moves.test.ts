import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import type { Database } from '#platform/database/pool.ts';
import type { Side } from '#platform/moves/moves.ts';
import { startBackfill } from '../../../migration/backfill/backfill.ts';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import { destinationOf } from '../../../migration/destinations.ts';
import type { MovePlaces } from '../../../migration/move-places.ts';
import { drain } from '../../../migration/relay/drain.ts';
import { readParked } from '../../../migration/relay/retry.ts';
import { verifyMove } from '../../../migration/verification/verify-move.ts';
import { cloneDatabases, createEmptyDatabase } from '../../setup/databases.ts';
import { openAt, placesOver } from './places.ts';

const ROOT = join(import.meta.dirname, '../../..');
const MOVES = ['auth', 'product', 'inventory', 'order'] as const;

let legacy: Database;
const opened: Database[] = [];

beforeAll(async () => {
  const urls = await cloneDatabases(['legacy']);
  legacy = openAt(urls.legacy);
  opened.push(legacy);
});
afterAll(() => Promise.all(opened.map((database) => database.close())));

/** The move from the seeded monolith to an empty domain. */
async function placesOf(name: (typeof MOVES)[number]): Promise<MovePlaces> {
  const { mapping, migrations } = destinationOf(name);
  const url = await createEmptyDatabase();
  await migrateDatabase(url, join(ROOT, migrations));
  const fresh = openAt(url);
  opened.push(fresh);
  const places = placesOver(mapping, legacy, fresh);
  for (const side of ['legacy', 'new'] as const) {
    await installCapture(places[side], mapping, side, { owner: 'legacy', epoch: 1 });
  }
  return places;
}

async function give(places: MovePlaces, owner: Side, epoch: number): Promise<void> {
  for (const side of ['legacy', 'new'] as const) {
    await places[side].pool.query(
      'update move.ownership set owner = $2, epoch = $3 where move = $1',
      [places.mapping.name, owner, epoch],
    );
  }
}

test.each(MOVES)('%s goes over whole, and comes back the same', async (name) => {
  const places = await placesOf(name);
  const soon = () => ({ deadline: Date.now() + 20_000 });
  await startBackfill(places, 'legacy', { carries: true });
  const there = await drain(places, 'legacy', soon());
  expect(there.deferred).toBe(0);
  expect(await readParked(places.legacy, name)).toEqual([]);
  const verified = await verifyMove(places);
  expect(verified).toMatchObject({
    finished: true,
    differing: [],
    unmappable: [],
    pendingAtEnd: 0,
  });
  expect(verified.checked).toBeGreaterThan(0);

  await give(places, 'new', 2);
  await startBackfill(places, 'new', { carries: true });
  const back = await drain(places, 'new', soon());
  // Nothing had to be written: what went over was the same in the words of the other side.
  expect(back).toMatchObject({ written: 0, removed: 0, parked: 0, deferred: 0 });
  expect(await verifyMove(places)).toMatchObject({ differing: [], pendingAtEnd: 0 });
});
