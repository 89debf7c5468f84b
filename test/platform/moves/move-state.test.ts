import { drizzle } from 'drizzle-orm/node-postgres';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bucketOf, coveredBuckets } from '#platform/moves/bucket.ts';
import {
  readMoveSnapshot,
  readMoveVersion,
  readsNew,
  snapshotOfTargets,
  writesNew,
  type MoveState,
} from '#platform/moves/move-state.ts';
import { MOVES, type MoveName } from '#platform/moves/moves.ts';
import { createControlDatabase, query, writeState } from './control-database.ts';

const stateOf = (move: MoveName, readPercent: number, writePercent: number): MoveState => ({
  move,
  stage: 'cutover',
  readPercent,
  writePercent,
  version: 1,
  updatedAt: new Date(0),
  updatedBy: 'a test',
});

/** For decisions that must not depend on whom they are made for. */
const nobody = (): string => {
  throw new Error('the subject was asked for');
};

describe('who is answered by the new side', () => {
  test('goes by the buckets that the percentage covers', () => {
    const state = stateOf('order', 10, 0);
    fc.assert(
      fc.property(fc.uuid(), (user) => {
        expect(readsNew(state, () => user)).toBe(bucketOf('order', user) < coveredBuckets(10));
      }),
    );
  });

  test('does not depend on anybody at 0 and at 100 percent', () => {
    expect(readsNew(stateOf('order', 0, 100), nobody)).toBe(false);
    expect(readsNew(stateOf('order', 100, 0), nobody)).toBe(true);
    expect(writesNew(stateOf('order', 100, 0), nobody)).toBe(false);
    expect(writesNew(stateOf('order', 0, 100), nobody)).toBe(true);
  });

  test('is the same for writes as for reads at the same percentage, bucket by bucket', () => {
    const percent = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(percent, fc.uuid(), (share, user) => {
        const state = stateOf('order', share, share);
        expect(writesNew(state, () => user)).toBe(readsNew(state, () => user));
      }),
    );
  });

  test.each(['auth', 'product', 'inventory'] as const)(
    'the writes of %s have one owner, whoever writes',
    (move) => {
      expect(writesNew(stateOf(move, 50, 0), nobody)).toBe(false);
      expect(writesNew(stateOf(move, 50, 100), nobody)).toBe(true);
    },
  );

  test('is said by the targets alone where there are no states', () => {
    const targets = Object.fromEntries(MOVES.map(({ name }) => [name, 'legacy']));
    const { moves } = snapshotOfTargets({ ...targets, order: 'new' } as never);
    expect([...moves.values()].map(({ move, readPercent }) => [move, readPercent])).toEqual(
      MOVES.map(({ name }) => [name, name === 'order' ? 100 : 0]),
    );
  });
});

describe('the states in the control database', () => {
  let url: string;
  let client: Client;
  beforeAll(async () => {
    url = await createControlDatabase();
    client = new Client({ connectionString: url });
    await client.connect();
  });
  afterAll(() => client.end());
  const snapshot = () => readMoveSnapshot(drizzle({ client }));

  test('are read all at once, with a version that rises with every change of any move', async () => {
    expect(await snapshot()).toEqual({ version: 0, moves: new Map() });
    await writeState(url, 'order', { readPercent: 10 });
    await writeState(url, 'ai', { readPercent: 0.1 });
    await writeState(url, 'order', { readPercent: 20 });
    const { version, moves } = await snapshot();
    expect([version, await readMoveVersion(drizzle({ client }))]).toEqual([3, 3]);
    expect(moves.get('order')).toMatchObject({ readPercent: 20, version: 3, updatedBy: 'a test' });
    expect(moves.get('ai')).toMatchObject({ readPercent: 0.1, version: 2 });
    await query(url, `delete from move_state where move = 'ai'`);
    expect((await snapshot()).version).toBe(4);
  });

  test('have versions in the order in which they were committed, so that none is overlooked', async () => {
    const { version } = await snapshot();
    const slow = new Client({ connectionString: url });
    await slow.connect();
    await slow.query('begin');
    await slow.query(`insert into move_state values ('auth', 'legacy', 0, 0, 0, now(), 'slow')`);
    const fast = writeState(url, 'product', { readPercent: 5 });
    expect((await snapshot()).version).toBe(version);
    await slow.query('commit');
    await slow.end();
    await fast;
    const { moves } = await snapshot();
    expect(moves.get('auth')?.version).toBe(version + 1);
    expect(moves.get('product')?.version).toBe(version + 2);
  });

  test.each([
    ['order', { readPercent: 100.1 }],
    ['order', { readPercent: -1 }],
    ['order', { readPercent: Number.NaN }],
    ['order', { stage: 'done' as never }],
    ['inventory', { writePercent: 50 }],
  ] as const)('refuse what no state can be: %s with %j', async (move, state) => {
    await expect(writeState(url, move, state)).rejects.toThrow('violates check constraint');
  });
});
