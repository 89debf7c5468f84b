import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { MoveSnapshot } from '#platform/moves/move-state.ts';
import {
  followMoveStates,
  type FollowOptions,
} from '../../../gateway/routing/followed-move-states.ts';
import { startControlServer } from '../load/control-server.ts';
import { drawPort } from '../../setup/ports.ts';
import { createControlDatabase, query, writeState } from '../../platform/moves/control-database.ts';

/** Milliseconds within which every gateway must have a change. */
const SOON = 1_000;

/** Follows the states as a gateway does, and keeps what it says and counts. */
function follow(url: string, options: Partial<FollowOptions> = {}) {
  const lines: { level: number; msg: string; version?: number }[] = [];
  const log = pino(
    { level: 'info' },
    { write: (line: string) => void lines.push(JSON.parse(line)) },
  );
  const gauge = { seconds: 0 };
  const counter = { reconnects: 0, leaseWaits: 0, unleased: 0 };
  const states = followMoveStates({
    url,
    log,
    metrics: {
      secondsSinceConfirmed: { set: (seconds) => void (gauge.seconds = seconds) },
      reconnects: { inc: () => void (counter.reconnects += 1) },
      leaseWaits: { inc: () => void (counter.leaseWaits += 1) },
      unleased: { inc: () => void (counter.unleased += 1) },
    },
    ...options,
  });
  return {
    states,
    lines,
    gauge,
    counter,
    reads: () => states.current().moves.get('order')?.readPercent,
  };
}
type Follower = ReturnType<typeof follow>;

let url: string;
const followers: Follower[] = [];
beforeEach(async () => {
  url = await createControlDatabase();
});
afterEach(async () => {
  await Promise.all(followers.splice(0).map(({ states }) => states.close()));
});

function start(options?: Partial<FollowOptions>, of = url): Follower {
  const follower = follow(of, options);
  followers.push(follower);
  return follower;
}

/** Two gateways that know the states. */
async function startTwo(): Promise<[Follower, Follower]> {
  const two: [Follower, Follower] = [start(), start()];
  await Promise.all(two.map(({ states }) => states.known));
  return two;
}

/** Changes the share of readers. @returns the milliseconds until the last of some gateways had it */
async function effective(readPercent: number, all: readonly Follower[]): Promise<number> {
  await writeState(url, 'order', { readPercent });
  const began = performance.now();
  await vi.waitFor(
    () => expect(all.map(({ reads }) => reads())).toEqual(all.map(() => readPercent)),
    {
      timeout: 5_000,
      interval: 5,
    },
  );
  return performance.now() - began;
}

const killConnections = () =>
  query(
    url,
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'gateway move states'`,
  );

describe('a change of a move', () => {
  test('reaches every gateway at once', async () => {
    const two = await startTwo();
    for (let percent = 1; percent <= 10; percent++) {
      expect(await effective(percent, two)).toBeLessThan(SOON / 4);
    }
  });

  test('reaches every gateway within a second when notifications are lost', async () => {
    const two = await startTwo();
    await query(url, 'drop trigger move_state_announce on move_state');
    for (const percent of [10, 20, 30]) {
      expect(await effective(percent, two)).toBeLessThan(SOON);
    }
  });

  test('reaches every gateway within a second when their connections are killed just before', async () => {
    const two = await startTwo();
    for (const percent of [10, 20, 30]) {
      await killConnections();
      expect(await effective(percent, two)).toBeLessThan(SOON);
    }
    for (const { counter, lines, states } of two) {
      expect(counter.reconnects).toBe(3);
      await vi.waitFor(() => expect(states.status().knowledge).toBe('confirmed'));
      expect(lines.filter(({ level }) => level === 40)).toHaveLength(3);
    }
  });

  test('leaves the snapshot of a request that is under way as it is', async () => {
    const [one] = await startTwo();
    const before = one.states.current();
    await effective(40, [one]);
    expect(before.moves.get('order')).toBeUndefined();
    expect(() =>
      Object.assign(one.states.current().moves.get('order')!, { readPercent: 1 }),
    ).toThrow('read only');
  });

  test('is told, and prepared for before it is taken up, but not for long', async () => {
    const prepared: number[] = [];
    const changed: number[] = [];
    const follower = start({
      prepare: async ({ version }: MoveSnapshot) => {
        prepared.push(version);
        expect(follower.states.current().version).toBeLessThan(version);
        if (version === 2) throw new Error('cannot be prepared for');
        if (version === 3) await new Promise(() => {});
      },
      changed: ({ version }: MoveSnapshot) => void changed.push(version),
    });
    await follower.states.known;
    for (const percent of [10, 20, 30]) {
      expect(await effective(percent, [follower])).toBeLessThan(SOON);
    }
    expect([prepared, changed]).toEqual([
      [1, 2, 3],
      [0, 1, 2, 3],
    ]);
    expect(follower.lines.map(({ msg }) => msg)).toEqual([
      'a change of moves was not prepared for',
    ]);
  });
});

describe('a control database that is away', () => {
  test('leaves the last known states in use, says so once, and is taken up when it is back', async () => {
    const server = await startControlServer();
    await writeState(server.url, 'order', { readPercent: 10 });
    const follower = start({}, server.url);
    const { states, lines, gauge, counter } = follower;
    await states.known;
    expect(states.status()).toMatchObject({ knowledge: 'confirmed', version: 1, problem: null });

    await server.stop();
    await vi.waitFor(() => expect(states.status().knowledge).toBe('unconfirmed'));
    await sleep(1_200);
    expect(follower.reads()).toBe(10);
    expect(states.status().secondsSinceConfirmed).toBeGreaterThan(1);
    expect(states.status().problem).toContain('ECONNREFUSED');
    expect(gauge.seconds).toBeGreaterThan(0.5);
    expect(lines.map(({ msg }) => msg)).toEqual([
      'the states of the moves cannot be read from the control database: the last known ones stay in use; trying again',
    ]);

    await server.restart();
    await writeState(server.url, 'order', { readPercent: 20 });
    await vi.waitFor(() => expect(follower.reads()).toBe(20), { timeout: SOON });
    expect(states.status()).toMatchObject({ knowledge: 'confirmed', version: 2, problem: null });
    await vi.waitFor(() => expect(gauge.seconds).toBe(0));
    expect(counter.reconnects).toBe(1);
    expect(lines.slice(1)).toMatchObject([
      { level: 30, msg: 'the states of the moves are confirmed again' },
    ]);
    await states.close();
    await server.close();
  });

  test('at the start is waited for: nothing is guessed', async () => {
    const port = await drawPort();
    const { states, lines } = start({}, `postgres://nobody@127.0.0.1:${port}/control`);
    const early = await Promise.race([states.known.then(() => 'known'), sleep(700, 'waiting')]);
    expect(early).toBe('waiting');
    expect(() => states.current()).toThrow(
      'the states of the moves are not known yet: connect ECONNREFUSED',
    );
    expect(states.status()).toMatchObject({ knowledge: 'unknown', version: null });
    expect(lines.map(({ msg }) => msg)).toEqual([
      'the states of the moves cannot be read from the control database: nothing can be answered before they are known; trying again',
    ]);
  });

  test('without tables is waited for, and the handover that is missing is named', async () => {
    await query(url, 'alter table move_state_version rename to away');
    const { states } = start();
    await vi.waitFor(() => expect(states.status().problem).toContain('run the handover once'));
    await query(url, 'alter table away rename to move_state_version');
    await states.known;
    expect(states.status()).toMatchObject({ knowledge: 'confirmed', problem: null });
  });
});

test('a closed follower has no connection left, and whoever still waits for it hears so', async () => {
  const { states } = follow(url);
  await states.known;
  await states.close();
  await vi.waitFor(async () => {
    const { rows } = await query(
      url,
      `select count(*)::int as left from pg_stat_activity where datname = current_database() and application_name = 'gateway move states'`,
    );
    expect(rows).toEqual([{ left: 0 }]);
  });
  const waiting = follow(`postgres://nobody@127.0.0.1:${await drawPort()}/control`);
  await waiting.states.close();
  await expect(waiting.states.known).rejects.toThrow('closed before they were');
});
