import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { migrationConfig } from '../../migration/config.ts';
import { handover } from '../../migration/handover.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';

const path = (relative: string) => fileURLToPath(new URL(`../../${relative}`, import.meta.url));

let urls: Record<
  'legacy' | 'auth' | 'product' | 'inventory' | 'orders' | 'resumeReview' | 'control',
  string
>;
let clients: Client[];
let legacy: Client;

beforeEach(async () => {
  urls = {
    legacy: await createEmptyDatabase(),
    auth: await createEmptyDatabase(),
    product: await createEmptyDatabase(),
    inventory: await createEmptyDatabase(),
    orders: await createEmptyDatabase(),
    resumeReview: await createEmptyDatabase(),
    control: await createEmptyDatabase(),
  };
  clients = [];
  legacy = await connect(urls.legacy);
  const product = await connect(urls.product);
  for (const client of [legacy, product])
    await client.query('create extension if not exists pg_trgm');
  await migrateDatabase(urls.legacy, path('subgraphs/legacy/monolith/migrations'));
  await legacy.query(
    `insert into app_users select gen_random_uuid(), n || '@example.com', 'hash', 'Person ' || n, 'CUST', null, 'en', now(), now()
     from generate_series(1, 3) n`,
  );
  await legacy.query(
    `insert into refresh_tokens select gen_random_uuid(), user_id, gen_random_uuid(), repeat('0', 63) || left(email, 1), now(), now() from app_users`,
  );
});
afterEach(async () => {
  for (const client of clients) await client.end();
});

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

const environment = (flags: Record<string, string> = {}) => ({
  LEGACY_DATABASE_URL: urls.legacy,
  AUTH_DATABASE_URL: urls.auth,
  PRODUCT_DATABASE_URL: urls.product,
  INVENTORY_DATABASE_URL: urls.inventory,
  ORDERS_DATABASE_URL: urls.orders,
  RESUME_REVIEW_DATABASE_URL: urls.resumeReview,
  CONTROL_DATABASE_URL: urls.control,
  ...flags,
});

/** @returns what it said */
async function run(flags: Record<string, string> = {}): Promise<string[]> {
  const lines: string[] = [];
  await handover(migrationConfig(environment(flags)), (line) => lines.push(line));
  return lines;
}

const everything = async () => [
  (await legacy.query('select * from app_users order by user_id')).rows,
  (await legacy.query('select * from refresh_tokens order by token_id')).rows,
];

const sides = async () => {
  const { rows } = await (
    await connect(urls.control)
  ).query('select move, side from move_side order by move');
  return Object.fromEntries(rows.map(({ move, side }) => [move, side]));
};

const stages = async () => {
  const { rows } = await (
    await connect(urls.control)
  ).query('select move, stage from move_state order by move');
  return Object.fromEntries(rows.map(({ move, stage }) => [move, stage]));
};

const displayNames = async (client: Client) =>
  (await client.query('select display_name from account order by 1')).rows.map(
    ({ display_name: name }) => name,
  );

const ALL_LEGACY = Object.fromEntries(MOVES.map(({ name }) => [name, 'legacy']));
const SECONDS = expect.stringMatching(/; \d+\.\d s$/);

describe('the handover', () => {
  test('fills the new side on the first run and says so in one line per move', async () => {
    const lines = await run();
    expect(lines).toEqual(MOVES.map(() => SECONDS));
    expect(lines[0]).toContain(
      'auth: legacy has the data; copied from legacy to new: 3 aggregates (3 written)',
    );
    expect(lines[1]).toContain('product: legacy has the data; copied from legacy to new: ');
    expect(await sides()).toEqual(ALL_LEGACY);
    expect(await displayNames(await connect(urls.auth))).toEqual([
      'Person 1',
      'Person 2',
      'Person 3',
    ]);
  });

  test('brings every move in step, ready to be advanced by command', async () => {
    await run();
    expect(await stages()).toEqual(Object.fromEntries(MOVES.map(({ name }) => [name, 'shadow'])));
    const auth = await connect(urls.auth);
    await expect(
      auth.query(
        `insert into account select gen_random_uuid(), 'stray@example.com', '', 'Stray', 'admin', null, 'en', now(), now()`,
      ),
    ).rejects.toThrow('are owned by the legacy side');
  });

  test('carries what was written since, and takes away on the first run what the owner does not have', async () => {
    await migrateDatabase(urls.auth, path('subgraphs/auth/migrations'));
    const auth = await connect(urls.auth);
    await auth.query(
      `insert into account select gen_random_uuid(), 'stray@example.com', '', 'Stray', 'admin', null, 'en', now(), now()`,
    );
    expect((await run())[0]).toContain('4 aggregates (3 written, 1 removed)');
    await legacy.query(`update app_users set full_name = 'Renamed' where email = '1@example.com'`);
    expect((await run())[0]).toContain('1 aggregates (1 written)');
    expect(await displayNames(auth)).toEqual(['Person 2', 'Person 3', 'Renamed']);
  });

  test('leaves the new side alone once it has the data, and tells the monolith what was written there', async () => {
    expect((await run({ USE_NEW_AUTH: 'true' }))[0]).toContain(
      'auth: new has the data; copied from legacy to new: 3 aggregates (3 written)',
    );
    expect(await sides()).toEqual({ ...ALL_LEGACY, auth: 'new' });
    const auth = await connect(urls.auth);
    await auth.query(
      `update account set display_name = 'Written by people' where email = '1@example.com'`,
    );
    expect((await run({ USE_NEW_AUTH: 'true' }))[0]).toContain(
      'auth: new has the data; copied from new to legacy: 1 aggregates (1 written)',
    );
    expect(await displayNames(auth)).toContain('Written by people');
    const mirrored = await legacy.query(
      `select full_name from app_users where email = '1@example.com'`,
    );
    expect(mirrored.rows).toEqual([{ full_name: 'Written by people' }]);
  });

  test('there and back loses nothing, and brings back what was written there', async () => {
    const before = await everything();
    await run({ USE_NEW_AUTH: 'true' });
    await run();
    expect(await everything()).toEqual(before);
    await run({ USE_NEW_AUTH: 'true' });
    const auth = await connect(urls.auth);
    await auth.query(`update account set email = 'swap' where email = '1@example.com'`);
    await auth.query(`update account set email = '1@example.com' where email = '2@example.com'`);
    await auth.query(`update account set email = '2@example.com' where email = 'swap'`);
    const id = randomUUID();
    await auth.query(
      `insert into account values ($1, 'new@example.com', 'hash', 'Newcomer', 'staff', '+81312345678', 'ja', now(), now())`,
      [id],
    );
    expect((await run())[0]).toContain(
      'auth: legacy has the data; copied from new to legacy: 3 aggregates (3 written)',
    );
    const { rows } = await legacy.query(
      'select email, full_name, role_cd, tel from app_users order by email',
    );
    expect(rows).toEqual([
      { email: '1@example.com', full_name: 'Person 2', role_cd: 'CUST', tel: null },
      { email: '2@example.com', full_name: 'Person 1', role_cd: 'CUST', tel: null },
      { email: '3@example.com', full_name: 'Person 3', role_cd: 'CUST', tel: null },
      { email: 'new@example.com', full_name: 'Newcomer', role_cd: 'STAFF', tel: '+81312345678' },
    ]);
    expect(await sides()).toEqual(ALL_LEGACY);
  });

  test('records nothing when a copy fails, so that the next run copies again', async () => {
    await legacy.query('alter table app_users drop constraint app_users_role');
    await legacy.query(`update app_users set role_cd = 'ROOT' where email = '2@example.com'`);
    await expect(run({ USE_NEW_AUTH: 'true' })).rejects.toThrow(
      '"ROOT" is none of CUST, STAFF, ADM',
    );
    expect(await sides()).not.toHaveProperty('auth');
    await legacy.query(`update app_users set role_cd = 'CUST'`);
    await run({ USE_NEW_AUTH: 'true' });
    expect(await sides()).toEqual({ ...ALL_LEGACY, auth: 'new' });
  });

  test('takes turns when two run at once', async () => {
    await Promise.all([run({ USE_NEW_AUTH: 'true' }), run({ USE_NEW_AUTH: 'true' })]);
    expect(await sides()).toEqual({ ...ALL_LEGACY, auth: 'new' });
  });

  test('says what to do when the monolith has never run', async () => {
    urls.legacy = await createEmptyDatabase();
    await expect(run()).rejects.toThrow('has no tables of the monolith: start the monolith once');
  });
});

describe('the command line', () => {
  const main = (words: string[], variables: Record<string, string> = {}) =>
    promisify(execFile)(process.execPath, [path('migration/main.ts'), ...words], {
      env: { ...basicEnvironment(), ...variables },
    }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
        code,
        stdout,
        stderr,
      }),
    );

  test('runs the handover', async () => {
    const { code, stdout, stderr } = await main(['handover'], environment());
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout.split('\n')).toHaveLength(MOVES.length + 1);
  });

  test('prints help and exits with 2 for a command that it does not know', async () => {
    for (const words of [[], ['hand-over'], ['toString'], ['handover', 'now']]) {
      const { code, stderr } = await main(words);
      expect(code).toBe(2);
      expect(stderr).toContain('node migration/main.ts <command>');
    }
  });

  test('names every variable that is missing, without a stack trace', async () => {
    const { code, stderr } = await main(['handover'], { USE_NEW_AUTH: 'yes' });
    expect(code).toBe(1);
    for (const name of [
      'LEGACY_DATABASE_URL',
      'AUTH_DATABASE_URL',
      'CONTROL_DATABASE_URL',
      'USE_NEW_AUTH',
    ]) {
      expect(stderr).toContain(`- ${name} is not`);
    }
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('names in its help every variable that it misses, and every flag', async () => {
    const help = (await main([])).stderr;
    const { stderr } = await main(['handover']);
    const missing = [...stderr.matchAll(/- (\w+) is not/g)].map(([, name]) => name);
    expect(missing.length).toBeGreaterThan(6);
    const unnamed = [...missing, ...MOVES.map(({ flag }) => flag)].filter(
      (name) => !help.includes(name as string),
    );
    expect(unnamed).toEqual([]);
  });

  test('says which database does not answer, without a stack trace', async () => {
    const { code, stderr } = await main(['handover'], {
      ...environment(),
      CONTROL_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/control',
    });
    expect([code, stderr]).toEqual([1, 'handover failed: connect ECONNREFUSED 127.0.0.1:1\n']);
  });
});
