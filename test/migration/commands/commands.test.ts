import { userInfo } from 'node:os';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MOVES, type MoveName } from '#platform/moves/moves.ts';
import { COMMANDS, runMoveCommand } from '../../../migration/commands/run.ts';
import { recordVerified } from '../../../migration/stages/read-verified.ts';
import { createControlDatabase, query } from '../../platform/moves/control-database.ts';

/** Runs the command within this process. @returns what it said */
async function move(words: string[], variables: Record<string, string>): Promise<string> {
  const said: string[] = [];
  await runMoveCommand(words, (text) => said.push(text), variables);
  return said.join('\n');
}

let url: string;
let client: Client;
beforeEach(async () => {
  url = await createControlDatabase();
  client = new Client({ connectionString: url });
  await client.connect();
});
afterEach(() => client.end());

/** As a handover leaves the moves: in step, and verified; some whole on the new side. */
async function handOverAll(newOnes: readonly MoveName[] = []): Promise<void> {
  const now = new Date();
  for (const { name } of MOVES) {
    const share = newOnes.includes(name) ? 100 : 0;
    const stage = share === 100 ? 'soak' : 'shadow';
    await query(url, `insert into move_state values ($1, $2, $3, $3, 0, now(), 'handover')`, [
      name,
      stage,
      share,
    ]);
    const found = { isFull: true, checked: 1, differing: 0, unmappable: 0, began: now };
    await recordVerified(drizzle({ client }), name, found, { by: 'handover', reason: null }, {});
  }
}

/** Some read from the new side already: the first ones need the databases of the move. */
async function beginReads(name: MoveName): Promise<void> {
  await query(
    url,
    `update move_state set stage = 'canary', read_percent = 5 where move = '${name}'`,
  );
}

const run = (...words: string[]) => move(words, { CONTROL_DATABASE_URL: url });

async function stateOf(name: MoveName): Promise<unknown[]> {
  const { rows } = await query(
    url,
    `select stage, read_percent, write_percent from move_state where move = '${name}'`,
  );
  return rows.flatMap(Object.values);
}

describe('move set', () => {
  test('shares out the reads of a move, and says how many', async () => {
    await handOverAll();
    await beginReads('order');
    const said = await run('set', 'order', '--read-percent', '10');
    expect(said).toContain(
      'order: reads 5% new -> 10% new (102 of 1,024 buckets), writes legacy, stage canary; version 8, by ',
    );
    expect(await stateOf('order')).toEqual(['canary', 10, 0]);
    expect(await run('set', 'order', '--read-percent=0')).toContain(
      'order: reads 10% new -> legacy (0 of 1,024 buckets)',
    );
    expect(await stateOf('order')).toEqual(['shadow', 0, 0]);
  });

  test('takes fractions', async () => {
    await handOverAll();
    await beginReads('ai');
    expect(await run('set', 'ai', '--read-percent', '99.9')).toContain('99.9% new');
    expect(await stateOf('ai')).toEqual(['canary', 99.9, 0]);
  });

  test('changes nothing and keeps no history where nothing is to change', async () => {
    await handOverAll();
    const said = await run('set', 'order', '--read-percent', '0');
    expect(said).toBe('order is there already: nothing was changed.');
    expect((await query(url, 'select count(*)::int from move_change')).rows).toEqual([
      { count: 0 },
    ]);
  });

  test('only says what it would do with --dry-run', async () => {
    await handOverAll();
    const said = await run('set', 'order', '--read-percent', '10', '--dry-run');
    expect(said).toContain('Would be done: order: reads legacy -> 10% new');
    expect(await stateOf('order')).toEqual(['shadow', 0, 0]);
  });

  test('says what comes first where reads may not be shared out', async () => {
    await handOverAll(['ai']);
    const setTo = (stage: string) =>
      query(url, `update move_state set stage = $1 where move = 'order'`, [stage]);
    await setTo('legacy');
    await expect(run('set', 'order', '--read-percent', '10')).rejects.toThrow(
      'First: npm run move -- advance order, then npm run move -- backfill order',
    );
    await setTo('sync');
    await expect(run('set', 'order', '--read-percent', '10')).rejects.toThrow(
      'First: npm run move -- backfill order',
    );
    await expect(run('set', 'ai', '--read-percent', '10')).rejects.toThrow(
      'To take it back: npm run move -- rollback ai, which begins with the reads',
    );
    await query(
      url,
      `insert into move_state values ('auth', 'shadow', 0, 0, 0, now(), 'a test') on conflict do nothing`,
    ).catch(() => {});
    await recordVerified(
      drizzle({ client }),
      'auth',
      { isFull: true, checked: 9, differing: 2, unmappable: 0, began: new Date() },
      { by: 'a test', reason: null },
      {},
    );
    await expect(run('set', 'auth', '--read-percent', '10')).rejects.toThrow(
      'found 2 differences: mend them, then npm run move -- verify auth',
    );
  });

  test.each([
    [['ordre', '--read-percent', '10'], 'there is no move "ordre": the moves are auth, product,'],
    [[], 'name a move: auth'],
    [['order'], 'say what to set, such as --read-percent 10'],
    [['order', '--read-percent', '101'], '--read-percent is "101": a number from 0 to 100'],
    [['order', '--read-percent=-1'], '--read-percent is "-1"'],
    [['order', '--read-percent', ''], '--read-percent is ""'],
    [['order', '--read-percent', '1e1'], '--read-percent is "1e1"'],
    [['order', '--read-percent', '10', 'now'], '"now" is one word too many'],
    [['order', '--reads', '10'], "Unknown option '--reads'"],
    [['order', '--write-percent', '10'], "Unknown option '--write-percent'"],
  ])('%j is no way to call it: %s', async (words, message) => {
    await handOverAll();
    const problem = await run('set', ...words).catch((error: unknown) => error);
    expect(problem).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
    expect(problem).toMatchObject({ message: expect.stringContaining('move set <move>') });
    expect(await stateOf('order')).toEqual(['shadow', 0, 0]);
  });

  test('by two people at once is done one after the other, or the later one is told', async () => {
    await handOverAll();
    await beginReads('order');
    const outcomes = await Promise.allSettled([
      run('set', 'order', '--read-percent', '10', '--by', 'one'),
      run('set', 'order', '--read-percent', '20', '--by', 'two'),
    ]);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    for (const one of refused) {
      expect(one).toMatchObject({
        reason: { message: expect.stringContaining('somebody else has changed order meanwhile') },
      });
    }
    const { rows } = await query(
      url,
      `select before ->> 'readPercent' as before, after ->> 'readPercent' as after from move_change where changed_by <> 'handover' order by id`,
    );
    expect(rows).toHaveLength(2 - refused.length);
    expect(rows[0]).toMatchObject({ before: '5' });
    if (rows[1]) expect(rows[1]).toMatchObject({ before: rows[0].after });
  });
});

describe('who changed what', () => {
  test('is kept with the reason, and shown the newest first', async () => {
    await handOverAll();
    await beginReads('order');
    await run('set', 'order', '--read-percent', '10', '--by', 'Ada', '--reason', 'more readers');
    await run('set', 'order', '--read-percent', '20');
    const said = await run('history', 'order');
    const lines = said.split('\n');
    expect(lines[0]).toMatch(/^WHEN +BY +WHAT +REASON$/);
    expect(lines[1]).toContain(` ${userInfo().username} `);
    expect(said).toMatch(
      /Ada +canary, reads 5% new, writes legacy -> canary, reads 10% new, writes legacy +more readers\n/,
    );
    expect(lines.at(-1)).toMatch(/handover +verify finished: .*checked 1, .*differing 0/);
    expect((await run('history', 'order', '--limit', '1')).split('\n')).toHaveLength(2);
  });

  test('cannot be changed or forgotten', async () => {
    await handOverAll();
    await beginReads('order');
    await run('set', 'order', '--read-percent', '10');
    for (const statement of [
      `update move_change set changed_by = 'nobody'`,
      'delete from move_change',
      'truncate move_change',
      `update move_journal set by = 'nobody'`,
      'delete from move_journal',
      'truncate move_journal',
    ]) {
      await expect(query(url, statement)).rejects.toThrow('never changed or deleted');
    }
  });
});

test.each([
  [['statuses'], 'npm run move -- <command>'],
  [['status', 'order', 'now'], 'Usage:\n\n  move status'],
  [['status', 'orders'], 'there is no move "orders": the moves are auth, product,'],
  [['advance', 'order', '--percent', 'all'], 'Usage:\n\n  move advance <move>'],
  [['rollback', 'order', '--to', 'soak'], '--to is "soak": shadow or legacy is expected'],
])('move with %j says how it is called', async (words, message) => {
  const problem = await run(...words).catch((error: unknown) => error);
  expect(problem).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
});

test.each(COMMANDS.map(({ name }) => name))('move %s --help says what it does', async (name) => {
  const said = await run(name, '--help');
  expect(said).toContain(`npm run move -- ${name}`);
  expect(said.split('\n').filter((line) => line.length > 120)).toEqual([]);
  expect(await run('--help')).toContain(`  ${name} `);
});

test('what needs the databases of the moves says so where only control is named', async () => {
  await handOverAll();
  for (const words of [
    ['advance', 'order'],
    ['status', 'order'],
    ['set', 'order', '--read-percent', '10'],
  ]) {
    await expect(run(...words)).rejects.toThrow(
      'this needs the databases of the moves: CONTROL_DATABASE_URL is set, and LEGACY_DATABASE_URL, AUTH_DATABASE_URL, ',
    );
  }
});
