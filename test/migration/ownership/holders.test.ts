import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from '#platform/database/transaction.ts';
import { ownershipHere } from '#platform/moves/ownership-here.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import { beginMoving } from '../../../migration/ownership/begin-moving.ts';
import { reopenBuckets } from '../../../migration/ownership/owners.ts';
import { inventoryMove } from '../../../migration/moves/inventory.ts';
import { openPlaces, type Place } from '../capture/places.ts';

// Services hold what is owned together before they decide by it.

let legacy: Place;
let levels: { product: string; warehouse: string }[];

beforeAll(async () => {
  ({ legacy } = await openPlaces('legacy'));
  await installCapture(legacy, inventoryMove, 'legacy', { owner: 'legacy', epoch: 1 });
  const { rows } = await legacy.pool.query(
    'select product_id as product, warehouse_id as warehouse from stocks limit 6',
  );
  levels = rows;
});
afterAll(() => legacy?.close());

/** Requests that hold the stock one over the other, and then write, until told to stop. */
function startHolders(milliseconds: number) {
  const ownership = ownershipHere(legacy.db, 'legacy');
  const until = { stopped: false };
  let times = 0;
  const holders = levels.map(async ({ product, warehouse }, index) => {
    await wait((index * milliseconds) / levels.length);
    while (!until.stopped) {
      await transaction(legacy.db, async (tx) => {
        await ownership.hold(tx, 'inventory', '');
        await wait(milliseconds);
        await tx.execute(
          `update stocks set updated_at = updated_at where product_id = '${product}' and warehouse_id = '${warehouse}'`,
        );
      }).then(
        () => (times += 1),
        async (error: unknown) => {
          if (!ownershipRefusal(error)) throw error;
          await wait(5);
        },
      );
    }
  });
  return {
    stop: async () => {
      until.stopped = true;
      await Promise.all(holders);
      return times;
    },
  };
}

test('a flip does not starve though those who hold what it moves overlap all the time', async () => {
  const holders = startHolders(60);
  await wait(100);
  try {
    for (let flip = 0; flip < 5; flip++) {
      await beginMoving(legacy, 'inventory', [0], 'legacy', 4_000);
      await reopenBuckets(legacy, 'inventory', [0], 'legacy');
      await wait(50);
    }
  } finally {
    expect(await holders.stop()).toBeGreaterThan(5);
  }
});
