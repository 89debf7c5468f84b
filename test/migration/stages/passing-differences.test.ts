import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flipShare } from '../../../migration/stages/flip-share.ts';
import { verifyMove } from '../../../migration/verification/verify-move.ts';
import { moveSite, type MoveSite } from '../move-site.ts';

// A row may be gone on one side before the other, because another move carries what took it along.

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite();
  await site.bring('auth', 'canary');
}, 120_000);
afterAll(() => site?.close());

const rename = (name: string) =>
  site.moves.placesOf('auth').new.pool.query(
    `begin; set local moves.relay = 'auth';
       update account set display_name = '${name}' where email = 'customer@example.com'; commit`,
  );
const nameOf = async () => {
  const { rows } = await site.moves
    .placesOf('auth')
    .legacy.pool.query(`select full_name from app_users where email = 'customer@example.com'`);
  return rows[0].full_name as string;
};

/** The sides differ at first, and a moment later no more. */
async function whileDiffering<Result>(act: () => Promise<Result>): Promise<Result> {
  const name = await nameOf();
  await rename('Somebody Else');
  const done = act();
  await wait(250);
  await rename(name);
  return done;
}

test('what differs for a moment is no finding of a verification', async () => {
  const found = await whileDiffering(() => verifyMove(site.moves.placesOf('auth'), {}));
  expect(found.differing).toEqual([]);
});

test('what differs for good is', async () => {
  const name = await nameOf();
  await rename('Somebody Else');
  const { differing } = await verifyMove(site.moves.placesOf('auth'), {});
  await rename(name);
  expect(differing.map(({ fields }) => fields)).toEqual([
    [{ path: 'displayName', legacy: name, new: 'Somebody Else' }],
  ]);
});

test('a flip that finds a difference tries again, and goes through when there is none', async () => {
  const { legacy } = site.moves.placesOf('auth');
  // What was written since the last verification is what a flip compares.
  await legacy.pool.query(`update app_users set lang = lang where email = 'customer@example.com'`);
  await site.carry('auth');
  const flipped = await whileDiffering(() =>
    site.work('auth', ({ flipper }) => flipShare(flipper, 100, { patience: 20_000, chunk: 64 })),
  );
  expect(flipped.buckets).toBe(1);
});

test('a verification waits for whoever holds what it looks at', async () => {
  const places = site.moves.placesOf('auth');
  const name = await nameOf();
  // Its owner is the new side by now, so legacy is what is locked.
  const client = await places.legacy.pool.connect();
  await rename('Somebody Else');
  await client.query('begin');
  await client.query(
    `select pg_advisory_xact_lock(hashtext('relay:auth'), stripe) from generate_series(0, 255) stripe`,
  );
  const verifying = verifyMove(places, {});
  await wait(1_500);
  await client.query('rollback');
  client.release();
  expect((await verifying).differing).toHaveLength(1);
  await rename(name);
});
