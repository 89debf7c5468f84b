import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { query, writeState } from '../../platform/moves/control-database.ts';
import { startControlServer } from '../load/control-server.ts';
import { until } from './replica.ts';
import { addThing, openShop, read, setAmount } from './shop-with-two-doors.ts';

test('a control database that is restarted, or away for long, shows nobody what was before', async () => {
  const server = await startControlServer();
  await writeState(server.url, 'order', { stage: 'canary', readPercent: 100 });
  const shop = await openShop(server.url);
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
    await server.restart();
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
  await server.restart();
  // Pins that could not be made are made now.
  await until(async () =>
    expect((await query(server.url, 'select from move_pin')).rows.length).toBeGreaterThan(0),
  );
  await shop.startMover();
  await during(sleep(1_500));
  await until(async () =>
    expect(await read(doors[0], thing.owner, thing.id)).toEqual({ amount, side: 'new' }),
  );
  await shop.close();
  await server.close();
}, 240_000);
