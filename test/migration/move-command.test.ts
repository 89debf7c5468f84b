import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startEmbeddedPostgres, TEST_SETTINGS } from '#platform/database/embedded.ts';
import { provisionDatabases } from '#platform/database/provision.ts';
import { MOVES, type MoveName, type Side } from '#platform/moves/moves.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { loadSecrets } from '#platform/start/secrets.ts';
import { runMoveCommand } from '../../migration/move-command.ts';
import { recordSide } from '../../migration/sides.ts';
import {
  createControlDatabase,
  migrateControl,
  query,
} from '../platform/moves/control-database.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { drawPort } from '../setup/ports.ts';

const MAIN = fileURLToPath(new URL('../../migration/main.ts', import.meta.url));

/** Runs the command as a process of its own, as `npm run move -- …` does. */
async function runProcess(words: string[], variables: Record<string, string>) {
  const env = { PATH: process.env.PATH, ...variables };
  return promisify(execFile)(process.execPath, [MAIN, 'move', ...words], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );
}

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

/** What the handover records when all data has been copied. */
const handOver = (name: MoveName, side: Side) => recordSide(drizzle({ client }), name, side);

async function handOverAll(newOnes: readonly MoveName[] = []): Promise<void> {
  for (const { name } of MOVES) await handOver(name, newOnes.includes(name) ? 'new' : 'legacy');
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
  test('shares out the reads of a move, and says who reads what', async () => {
    await handOverAll();
    const said = await run('set', 'order', '--read-percent', '10');
    expect(said).toContain(
      'order: reads legacy -> 10% new (102 of 1,024 buckets), writes legacy, stage canary; version 7, by ',
    );
    expect(said).toContain(
      'Note: order is written on the legacy side. 10% of readers see the copy on the new side, which is as old as the last handover',
    );
    expect(await stateOf('order')).toEqual(['canary', 10, 0]);
    expect(await run('set', 'order', '--read-percent=0')).toContain(
      'order: reads 10% new -> legacy (0 of 1,024 buckets)',
    );
    expect(await stateOf('order')).toEqual(['legacy', 0, 0]);
  });

  test('takes fractions, and says nothing of copies where reads are where the writes are', async () => {
    await handOverAll(['ai']);
    expect(await run('set', 'ai', '--read-percent', '99.9')).toContain(
      'Note: ai is written on the new side. 0.1% of readers see the copy on the legacy side',
    );
    expect(await stateOf('ai')).toEqual(['soak', 99.9, 100]);
    expect(await run('set', 'ai', '--read-percent', '100')).not.toContain('Note');
  });

  test('changes nothing and keeps no history where nothing is to change', async () => {
    await handOverAll();
    const said = await run('set', 'order', '--read-percent', '0', '--stage', 'legacy');
    expect(said).toBe('order is there already: nothing was changed.');
    expect((await query(url, 'select count(*)::int from move_change')).rows).toEqual([
      { count: MOVES.length },
    ]);
  });

  test.each([
    [
      ['order', '--write-percent', '100'],
      'end npm start and start it with USE_NEW_ORDER=true: it copies the data first',
    ],
    [['order', '--write-percent', '5'], 'is missing on the new side, and would be lost'],
    [['auth', '--write-percent', '50'], '--write-percent is 0 or 100 for it'],
    [['ai', '--write-percent', '0'], 'is missing on legacy, and would be lost'],
    [['order', '--stage', 'sync'], 'That stage needs the live data move'],
    [['order', '--stage', 'canary'], 'order is at legacy with these percentages'],
    [['order', '--stage', 'done'], 'the stages are legacy, sync, shadow'],
    [['ordre', '--read-percent', '10'], 'there is no move "ordre": the moves are auth, product,'],
    [[], 'name a move: auth'],
    [['order'], 'say what to set, such as --read-percent 10'],
    [['order', '--read-percent', '101'], '--read-percent is "101": a number from 0 to 100'],
    [['order', '--read-percent=-1'], '--read-percent is "-1"'],
    [['order', '--read-percent', ''], '--read-percent is ""'],
    [['order', '--read-percent', '1e1'], '--read-percent is "1e1"'],
    [['order', '--read-percent', '10', 'now'], '"now" is one word too many'],
    [['order', '--reads', '10'], "Unknown option '--reads'"],
  ])('%j is refused: %s', async (words, message) => {
    await handOverAll(['ai']);
    await expect(run('set', ...words)).rejects.toThrow(message);
    expect(await stateOf('order')).toEqual(['legacy', 0, 0]);
    expect(await stateOf('ai')).toEqual(['soak', 100, 100]);
  });

  test('by two people at once keeps the changes of both', async () => {
    await handOverAll();
    await Promise.all([
      run('set', 'order', '--read-percent', '10', '--by', 'one'),
      run('set', 'order', '--read-percent', '20', '--by', 'two'),
    ]);
    const { rows } = await query(
      url,
      `select before ->> 'readPercent' as before, after ->> 'readPercent' as after from move_change where changed_by <> 'handover' order by id`,
    );
    expect(rows[0]).toMatchObject({ before: '0' });
    expect(rows[1]).toMatchObject({ before: rows[0].after });
  });
});

describe('who changed what', () => {
  test('is kept with the reason, and shown the newest first', async () => {
    await handOverAll();
    await run('set', 'order', '--read-percent', '10', '--by', 'Ada', '--reason', 'first readers');
    await run('set', 'order', '--read-percent', '20');
    const lines = (await run('history', 'order')).split('\n');
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^WHEN +BY +FROM +TO +REASON$/);
    expect(lines[1]).toContain(` ${userInfo().username} `);
    expect(lines[2]).toMatch(
      /Ada +legacy, reads legacy, writes legacy +canary, reads 10% new, writes legacy +first readers$/,
    );
    expect(lines[3]).toMatch(
      /handover +- +legacy, reads legacy, writes legacy +USE_NEW_ORDER=false$/,
    );
  });

  test('cannot be changed or forgotten', async () => {
    await handOverAll();
    for (const statement of [
      `update move_change set changed_by = 'nobody'`,
      'delete from move_change',
      'truncate move_change',
    ]) {
      await expect(query(url, statement)).rejects.toThrow('never changed or deleted');
    }
  });
});

describe('move status', () => {
  test('shows people where each move stands', async () => {
    await handOverAll(['ai']);
    await run('set', 'order', '--read-percent', '10', '--by', 'Ada');
    const said = await run('status');
    const lines = said.split('\n');
    expect(lines.slice(0, 7).map((line) => line.split(/ {2,}/))).toEqual([
      ['MOVE', 'STAGE', 'READS', 'WRITES', 'CHANGED', 'BY'],
      ...MOVES.slice(0, 3).map(({ name }) => [
        name,
        'legacy',
        'legacy',
        'legacy',
        TIME,
        'handover',
      ]),
      ['order', 'canary', '10% new', 'legacy', TIME, 'Ada'],
      ['upload', 'legacy', 'legacy', 'legacy', TIME, 'handover'],
      ['ai', 'soak', 'new', 'new', TIME, 'handover'],
    ]);
    expect(said).toContain('Version 7.');
    expect(said).toContain('Note: order is written on the legacy side.');
  });

  test('is JSON for programs', async () => {
    await handOverAll();
    const status = JSON.parse(await run('status', '--json'));
    expect(status.version).toBe(6);
    expect(status.moves.map((state: { move: string }) => state.move).sort()).toEqual(
      MOVES.map(({ name }) => name).sort(),
    );
    expect(status.moves[0]).toMatchObject({ stage: 'legacy', readPercent: 0, writePercent: 0 });
  });
});

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);

describe('the handover', () => {
  test('brings a move whole to its target when that is another side', async () => {
    await handOver('order', 'legacy');
    expect(await stateOf('order')).toEqual(['legacy', 0, 0]);
    await run('set', 'order', '--read-percent', '10');
    await handOver('order', 'new');
    expect(await stateOf('order')).toEqual(['soak', 100, 100]);
    await run('set', 'order', '--read-percent', '50');
    await handOver('order', 'legacy');
    expect(await stateOf('order')).toEqual(['legacy', 0, 0]);
  });

  test('leaves the shares that people have set when the side stays', async () => {
    await handOver('order', 'legacy');
    await run('set', 'order', '--read-percent', '10');
    await handOver('order', 'legacy');
    expect(await stateOf('order')).toEqual(['canary', 10, 0]);
    await handOver('order', 'new');
    await run('set', 'order', '--read-percent', '90');
    await handOver('order', 'new');
    expect(await stateOf('order')).toEqual(['soak', 90, 100]);
  });

  test('gives a state to a move whose side was recorded before there were states', async () => {
    await query(url, `insert into move_side values ('order', 'new', now())`);
    await handOver('order', 'new');
    expect(await stateOf('order')).toEqual(['soak', 100, 100]);
  });
});

describe('the database', () => {
  test('is found where npm start runs on this machine, also on a port of its own', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'move-command-'));
    await chmod(directory, 0o755);
    const server = await startEmbeddedPostgres({
      directory: join(directory, 'postgres'),
      settings: TEST_SETTINGS,
    });
    const variables = { DATA_DIRECTORY: directory };
    const secrets = await loadSecrets(
      join(directory, 'secrets.json'),
      readStartSettings(variables),
    );
    const { control } = await provisionDatabases(server.adminUrl, secrets.databasePasswords);
    await expect(move(['status'], variables)).rejects.toThrow(
      'the control database has no states of moves yet: npm start',
    );
    await migrateControl(control);
    const words = ['set', 'order', '--read-percent', '10'];
    await expect(move(words, variables)).rejects.toThrow('nobody has recorded order yet');
    await query(
      control,
      `insert into move_state values ('order', 'legacy', 0, 0, 0, now(), 'a test')`,
    );
    const { code, stdout } = await runProcess(words, variables);
    expect([code, stdout]).toEqual([0, expect.stringContaining('order: reads legacy -> 10% new')]);
    const elsewhere = { DATABASE_URL: server.adminUrl, ...variables };
    expect(await move(['status'], elsewhere)).toContain('10% new');
    await server.stop();
    const port = String(await drawPort());
    await expect(move(['status'], { ...variables, POSTGRES_PORT: port })).rejects.toThrow(
      /the control database at 127.0.0.1:\d+\/control does not answer \(.*ECONNREFUSED.*Start it with npm start/,
    );
    await rm(directory, { recursive: true, force: true });
  });

  test('that is nowhere is said to be so, and what to do, without a stack trace', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'move-command-'));
    const { code, stderr } = await runProcess(['status'], { DATA_DIRECTORY: directory });
    await rm(directory, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `move failed: npm start has never run with its data in ${directory}. Run it; or name its folder with DATA_DIRECTORY; or set CONTROL_DATABASE_URL to the database of another installation\n`,
    );
  });

  test('of CONTROL_DATABASE_URL that does not answer, or is another, is said to be so', async () => {
    const statusOf = (control: string) => move(['status'], { CONTROL_DATABASE_URL: control });
    const away = `127.0.0.1:${await drawPort()}/control`;
    const problem = await statusOf(`postgres://me:hidden@${away}`).catch(String);
    expect(problem).toContain(`the control database at ${away} does not answer`);
    expect(problem).toContain('Check CONTROL_DATABASE_URL, and whether the server runs');
    expect(problem).not.toContain('hidden');
    await expect(statusOf(await createEmptyDatabase())).rejects.toThrow(
      'the control database has no states of moves yet',
    );
    await expect(statusOf('mysql://host/db')).rejects.toThrow('CONTROL_DATABASE_URL is not valid');
  });
});

test.each([[['statuses']], [['status', 'order']], [['set', 'order']]])(
  'move with %j says how it is called',
  async (words) => {
    await expect(run(...words)).rejects.toThrow('Usage:\n\n  move set <move> --read-percent');
  },
);

test('move alone prints how it is called, and ends with 2', async () => {
  const { code, stderr } = await runProcess([], {});
  expect(code).toBe(2);
  expect(stderr).toContain('move set <move> --read-percent');
});
