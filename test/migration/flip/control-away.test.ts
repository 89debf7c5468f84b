import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { flip } from '../../../migration/flip/run-flip.ts';
import { readJournal } from '../../../migration/journal/journal.ts';
import { install } from '../../../migration/stages/install.ts';
import { BY_TEST, moveSite, type MoveSite } from '../move-site.ts';

// The control database goes away while a flip has stopped the writes of a move.

let site: MoveSite;
let admin: pg.Client;
beforeAll(async () => {
  site = await moveSite();
  await install(site.moves.placesOf('auth'), 'legacy', BY_TEST);
  admin = new pg.Client({ connectionString: inject('adminUrl') });
  await admin.connect();
}, 60_000);
afterAll(async () => {
  await controlIsBack();
  await admin?.end();
  await site?.close();
});

const controlName = () => new URL(site.config.CONTROL_DATABASE_URL).pathname.slice(1);

/** Lets everybody connect to the control database again. */
const controlIsBack = () => admin.query(`alter database "${controlName()}" allow_connections true`);

const flipTo = (to: 'legacy' | 'new', act: (point: string) => void = () => {}) =>
  site.work('auth', ({ flipper }) => flip({ ...flipper, reach: act }, [0], to));

/** A flip during which the control database goes away, at one of its points: it does nothing before that has happened. */
const cutAt = (point: string, to: 'legacy' | 'new'): Promise<unknown> =>
  flipTo(to, (reached) => {
    if (reached !== point) return;
    const file = join(import.meta.dirname, 'close-database.ts');
    execFileSync(process.execPath, [file, inject('adminUrl'), controlName()]);
  }).catch((error: unknown) => error);

const write = (pool: pg.Pool, table: string, column: string) =>
  pool.query(`update ${table} set ${column} = ${column} where email = 'customer@example.com'`);
const onLegacy = () => write(site.moves.legacy.pool, 'app_users', 'lang');
const onNew = () => write(site.moves.placesOf('auth').new.pool, 'account', 'locale');

test('before the other side is open: writes go on where they were, and the flip is recorded when it is back', async () => {
  expect(await cutAt('flip.moving', 'new')).toBeInstanceOf(Error);
  await onLegacy();
  await expect(onNew()).rejects.toMatchObject({ code: 'MF001' });
  await controlIsBack();
  await site.work('auth', async () => {});
  const [last] = await readJournal(site.moves.control.db, 'auth', 1);
  expect(last).toMatchObject({ action: 'flip', step: 'reopened' });
});

test('after that: writes go on there, and the side that they have left says so', async () => {
  expect(await cutAt('flip.opened', 'new')).toBeInstanceOf(Error);
  await onNew();
  await expect(onLegacy()).rejects.toMatchObject({ code: 'MF001' });
  await controlIsBack();
  await site.work('auth', async () => {});
  const [last] = await readJournal(site.moves.control.db, 'auth', 1);
  expect(last).toMatchObject({ action: 'flip', step: 'done' });
  await flipTo('legacy');
  await onLegacy();
});
