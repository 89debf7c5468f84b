import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import type { Database } from '#platform/database/pool.ts';
import { OwnershipRefused, ownershipRefusal, requireOwner } from '#platform/moves/ownership.ts';
import { installCapture } from '../../migration/capture/install-capture.ts';
import { removeCapture } from '../../migration/capture/remove-capture.ts';
import { orderMapping } from '../migration/capture/order-mapping.ts';
import { openPlaces } from '../migration/capture/places.ts';

let database: Database;
const user = randomUUID();

beforeAll(async () => {
  ({ orders: database } = await openPlaces('orders'));
});
afterAll(() => database?.close());

const own = (owner: string) =>
  database.pool.query('update move.ownership set owner = $1 where bucket = $2', [
    owner,
    bucketOf('order', user),
  ]);

describe('asking for the owner', () => {
  test('is answered by nothing where no data move is installed, and leaves a transaction usable', async () => {
    await database.db.transaction(async (tx) => {
      await requireOwner(tx, 'order', user, 'new');
      expect((await tx.execute(sql`select 1`)).rows).toHaveLength(1);
    });
  });

  test('refuses where another side owns the bucket of the user, or nobody does', async () => {
    await installCapture(database, orderMapping, 'new', { owner: 'new', epoch: 1 });
    await requireOwner(database.db, 'order', user, 'new');
    await own('legacy');
    await expect(requireOwner(database.db, 'order', user, 'new')).rejects.toMatchObject({
      code: 'NOT_OWNER',
      move: 'order',
      owner: 'legacy',
      message: 'the data of "order" is owned by the legacy side: send the request there',
    });
    await own('moving');
    await expect(requireOwner(database.db, 'order', user, 'new')).rejects.toMatchObject({
      code: 'MOVING',
    });
    // Of a move that is not installed here nothing is known.
    await requireOwner(database.db, 'upload', user, 'new');
    await removeCapture(database, orderMapping, 'new');
    await requireOwner(database.db, 'order', user, 'new');
  });
});

describe('telling a refusal from other errors', () => {
  test("finds the guard's, through drizzle's wrapping", async () => {
    await installCapture(database, orderMapping, 'new', { owner: 'legacy', epoch: 1 });
    const error = await database.db
      .execute(
        sql`insert into "order" (id, customer_id, status, total_amount, currency, idempotency_key, request_hash, shipping_name, shipping_line1, shipping_city, shipping_postal_code, shipping_country, placed_at, updated_at)
          values (gen_random_uuid(), ${user}, 'PLACED', 1, 'USD', 'k', 'h', 'n', 'l', 'c', 'p', 'US', now(), now())`,
      )
      .catch((error: unknown) => error);
    expect(ownershipRefusal(error)).toMatchObject({
      code: 'NOT_OWNER',
      move: 'order',
      owner: 'legacy',
    });
    expect(ownershipRefusal(new Error('outer', { cause: error }))).toBeInstanceOf(OwnershipRefused);
  });

  test('finds its own, and nothing in others', () => {
    const refused = new OwnershipRefused('ai', 'moving');
    expect(ownershipRefusal(new Error('outer', { cause: refused }))).toBe(refused);
    expect(ownershipRefusal(new Error('other'))).toBeNull();
    expect(ownershipRefusal(Object.assign(new Error('other'), { code: '23505' }))).toBeNull();
    expect(ownershipRefusal(null)).toBeNull();
  });
});
