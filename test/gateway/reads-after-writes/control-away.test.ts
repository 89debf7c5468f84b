import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startEmbeddedPostgres, TEST_SETTINGS } from '#platform/database/embedded.ts';
import { drawPort } from '../../setup/ports.ts';
import { migrateControl, query, writeState } from '../../platform/moves/control-database.ts';
import { until } from './replica.ts';
import { addThing, openShop, read, setAmount } from './shop-with-two-doors.ts';

test('a control database that is restarted, or away for long, shows nobody what was before', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'control-away-'));
  await chmod(directory, 0o755);
  const port = await drawPort();
  const startServer = () =>
    startEmbeddedPostgres({
      directory: join(directory, 'postgres'),
      port,
      settings: TEST_SETTINGS,
    });
  let server = await startServer();
  await migrateControl(server.adminUrl);
  await writeState(server.adminUrl, 'order', { stage: 'canary', readPercent: 100 });
  const shop = await openShop(server.adminUrl);
  const { doors } = shop;
  const thing = await addThing(shop);
  await until(async () => expect((await read(doors[0], 'x', thing.id)).side).toBe('new'));
  let amount = 0;
  const writeAndRead = async () => {
    amount += 1;
    const [door, other] = amount % 2 === 0 ? doors : [doors[1], doors[0]];
    await setAmount(door, thing.owner, thing.id, amount);
    for (const where of [other, door]) {
      expect((await read(where, thing.owner, thing.id)).amount).toBe(amount);
    }
  };
  /** Writes and reads while something happens. */
  const during = async (event: Promise<unknown>) => {
    const over = new AbortController();
    const watched = event.then(() => over.abort());
    while (!over.signal.aborted) await writeAndRead();
    await watched;
  };

  const restart = async (pause: number) => {
    await server.stop();
    await sleep(pause);
    server = await startServer();
  };
  await during(restart(0));
  await during(restart(1_500));
  // Away for longer than queries wait, and nobody carries: the owner is asked.
  await shop.mover.end();
  await server.stop();
  await sleep(1_000);
  for (let time = 0; time < 4; time += 1) await writeAndRead();
  expect(await read(doors[0], thing.owner, thing.id)).toEqual({ amount, side: 'legacy' });
  expect((await doors[0].ready())['moves']).toMatchObject({ lease: 'lost' });
  expect(await doors[0].metric('queries_without_lease_total')).toBeGreaterThan(0);
  server = await startServer();
  // Pins that could not be made are made now.
  await until(async () =>
    expect((await query(server.adminUrl, 'select from move_pin')).rows.length).toBeGreaterThan(0),
  );
  await shop.startMover();
  await during(sleep(1_500));
  await until(async () =>
    expect(await read(doors[0], thing.owner, thing.id)).toEqual({ amount, side: 'new' }),
  );
  await shop.close();
  await server.stop();
  await rm(directory, { recursive: true, force: true });
}, 240_000);
