import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flip } from '../../../migration/flip/run-flip.ts';
import { drain } from '../../../migration/relay/drain.ts';
import { relayBatch } from '../../../migration/relay/relay-batch.ts';
import { install } from '../../../migration/stages/install.ts';
import { bucketOf } from '#platform/moves/bucket.ts';
import { BY_TEST, moveSite, type MoveSite } from '../move-site.ts';

// Deletions cascade in the monolith's database: to rows of other moves, which other sides may own.

let site: MoveSite;
beforeAll(async () => {
  site = await moveSite();
  for (const move of ['auth', 'upload', 'ai'] as const) {
    await install(site.moves.placesOf(move), 'legacy', BY_TEST);
  }
}, 60_000);
afterAll(() => site?.close());

/** An account with a resume, on both sides. */
async function accountWithResume(): Promise<string> {
  const { pool } = site.moves.legacy;
  const [user, resume] = [randomUUID(), randomUUID()];
  await pool.query(
    `insert into app_users (user_id, email, pwd_hash, full_name, created_at, updated_at)
     values ($1, $2, 'x', 'N', now(), now())`,
    [user, `${user}@example.com`],
  );
  await pool.query(
    `insert into resumes (resume_id, user_id, file_name, mime_type, size_bytes, sha256, uploaded_at)
     values ($1, $2, 'a.txt', 'text/plain', 1, repeat('a', 64), now())`,
    [resume, user],
  );
  await site.carry('auth');
  await site.carry('upload');
  return user;
}

const flipTo = (move: 'auth' | 'upload', to: 'legacy' | 'new', bucket = 0) =>
  site.work(move, ({ flipper }) => flip(flipper, [bucket], to));

test('an account whose resumes the new side owns cannot be deleted in the monolith, and the refusal says why', async () => {
  const user = await accountWithResume();
  await flipTo('upload', 'new', bucketOf('upload', user));
  await expect(
    site.moves.legacy.pool.query('delete from app_users where user_id = $1', [user]),
  ).rejects.toMatchObject({
    code: 'MF001',
    message: expect.stringContaining('of the move "upload"') as string,
  });
  await flipTo('upload', 'legacy', bucketOf('upload', user));
  await site.moves.legacy.pool.query('delete from app_users where user_id = $1', [user]);
  await site.carry('auth');
  await site.carry('upload');
});

test('one that is deleted on the new side waits for its resumes, and holds up no other account', async () => {
  const [user, other] = [await accountWithResume(), await accountWithResume()];
  await flipTo('upload', 'new', bucketOf('upload', user));
  await flipTo('auth', 'new');
  const places = site.moves.placesOf('auth');
  await places.new.pool.query('delete from account where id = $1', [user]);
  await places.new.pool.query(`update account set display_name = 'Renamed' where id = $1`, [other]);
  expect(await relayBatch(places, 'new')).toMatchObject({ deferred: 1, parked: 0 });
  const { rows } = await places.legacy.pool.query(
    'select full_name from app_users where user_id = $1',
    [other],
  );
  expect(rows).toEqual([{ full_name: 'Renamed' }]);
  await expect(drain(places, 'new', { deadline: Date.now() + 100 })).rejects.toThrow(
    /account .* waits: .*of the move "upload" .* are owned by the new side/,
  );
  await flipTo('upload', 'legacy', bucketOf('upload', user));
  await drain(places, 'new', { deadline: Date.now() + 5_000 });
  const left = await places.legacy.pool.query('select from resumes where user_id = $1', [user]);
  expect(left.rows).toEqual([]);
});
