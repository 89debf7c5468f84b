import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import { beginMoving } from '../../../migration/ownership/begin-moving.ts';
import { OwnershipElsewhere } from '../../../migration/ownership/errors.ts';
import { readOwners, reopenBuckets, setOwner } from '../../../migration/ownership/owners.ts';
import { orderMapping } from '../capture/order-mapping.ts';
import { openPlaces, type Place } from '../capture/places.ts';

let orders: Place;
beforeAll(async () => {
  ({ orders } = await openPlaces('orders'));
  await installCapture(orders, orderMapping, 'new', { owner: 'new', epoch: 1 });
});
afterAll(() => orders?.close());
beforeEach(() => orders.pool.query(`update move.ownership set owner = 'new', epoch = 5`));

const owners = (...buckets: number[]) => readOwners(orders.db, 'order', buckets);
const begin = (...buckets: number[]) => beginMoving(orders, 'order', buckets, 'new');

describe('beginning to move', () => {
  test('closes the buckets at their epoch, and is the same when it is repeated', async () => {
    const moving = [
      { bucket: 3, owner: 'moving', epoch: 5 },
      { bucket: 9, owner: 'moving', epoch: 5 },
    ];
    expect(await begin(9, 3, 9)).toEqual(moving);
    expect(await begin(3, 9)).toEqual(moving);
    expect(await owners(3, 9)).toEqual(moving);
  });

  test('closes all of the buckets or none', async () => {
    await begin(4);
    await setOwner(orders, 'order', [4], 'legacy', 6);
    await expect(begin(3, 4, 5)).rejects.toThrow(OwnershipElsewhere);
    expect((await owners(3, 5)).map(({ owner }) => owner)).toEqual(['new', 'new']);
  });

  test('closes all 1,024 at once', async () => {
    const all = Array.from({ length: 1_024 }, (_, bucket) => bucket);
    expect(await begin(...all)).toHaveLength(1_024);
  });

  test('of a bucket that is not there is refused', async () => {
    await expect(begin(1_024)).rejects.toThrow('Not all of the buckets 1024 of order are recorded');
  });
});

describe('setting the owner', () => {
  test('takes no bucket from a side that accepts writes', async () => {
    await begin(3);
    await expect(setOwner(orders, 'order', [3, 4], 'legacy', 6)).rejects.toThrow(
      'order: bucket 4 is recorded as new (epoch 5) where moving was expected',
    );
    expect(await owners(3)).toEqual([{ bucket: 3, owner: 'moving', epoch: 5 }]);
  });

  test('records the new owner at its epoch, and is the same when it is repeated', async () => {
    await begin(3);
    const left = [{ bucket: 3, owner: 'legacy', epoch: 6 }];
    expect(await setOwner(orders, 'order', [3], 'legacy', 6)).toEqual(left);
    expect(await setOwner(orders, 'order', [3], 'legacy', 6)).toEqual(left);
    // The way back: this side is opened.
    expect(await setOwner(orders, 'order', [3], 'new', 7)).toEqual([
      { bucket: 3, owner: 'new', epoch: 7 },
    ]);
  });

  test('never lowers an epoch, and a late step of a flip does not open what has begun its way back', async () => {
    await begin(3);
    expect(await setOwner(orders, 'order', [3], 'new', 4)).toEqual([
      { bucket: 3, owner: 'moving', epoch: 5 },
    ]);
    expect(await setOwner(orders, 'order', [3], 'new', 5)).toEqual([
      { bucket: 3, owner: 'moving', epoch: 5 },
    ]);
  });
});

test('reopening gives back what is moving, and takes nothing that has left', async () => {
  await begin(3, 4);
  await setOwner(orders, 'order', [4], 'legacy', 6);
  expect(await reopenBuckets(orders, 'order', [3, 4, 5], 'new')).toEqual([
    { bucket: 3, owner: 'new', epoch: 5 },
    { bucket: 4, owner: 'legacy', epoch: 6 },
    { bucket: 5, owner: 'new', epoch: 5 },
  ]);
});
