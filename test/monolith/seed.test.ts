import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { compare } from 'bcrypt';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { seedConfig } from '../../subgraphs/legacy/monolith/seed/config.ts';
import { createEmptyDatabase } from '../setup/databases.ts';
import { SEED_CHECKS } from './seed-checks.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';

const MONOLITH = join(import.meta.dirname, '../../subgraphs/legacy/monolith');
const MAIN = join(MONOLITH, 'seed/main.ts');
const HOLDS_DATA = 'The database holds data already: nothing was added.\n';

interface Place {
  readonly url: string;
  readonly uploads: string;
}

let directory: string;
/** Seeded at scale 0.2, as most tests read it. */
let place: Place;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'seed-test-'));
  place = await emptyPlace();
  await seed(place, '0.2');
});

afterAll(() => rm(directory, { recursive: true }));

async function emptyPlace(): Promise<Place> {
  return { url: await createEmptyDatabase(), uploads: await mkdtemp(join(directory, 'uploads-')) };
}

const environment = ({ url, uploads }: Place, scale: string) => ({
  ...basicEnvironment(),
  DATABASE_URL: url,
  UPLOAD_DIRECTORY: uploads,
  SEED_SCALE: scale,
});

async function seed(place: Place, scale: string, more: Record<string, string> = {}) {
  const env = { ...environment(place, scale), ...more };
  const { stdout } = await promisify(execFile)(process.execPath, [MAIN], { env });
  return stdout;
}

async function query<Row extends pg.QueryResultRow>({ url }: Place, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A hash per table and one of the files: equal when, and only when, all rows and files are equal. */
async function contentOf(place: Place): Promise<Record<string, string>> {
  const tables = await query<{ name: string }>(
    place,
    `select table_name as name from information_schema.tables where table_schema = 'public'`,
  );
  const hashes: Record<string, string> = { files: await filesHash(place.uploads) };
  for (const { name } of tables) {
    const [row] = await query<{ hash: string }>(
      place,
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as hash from ${name} t`,
    );
    hashes[name] = row?.hash ?? '';
  }
  return hashes;
}

async function filesHash(directory: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  for (const path of files.map((file) => join(file.parentPath, file.name)).sort()) {
    hash.update(path.slice(directory.length)).update(await readFile(path));
  }
  return `${files.length} ${hash.digest('hex')}`;
}

const COUNTS = `select (select count(*)::int from products) as products,
  (select count(*)::int from app_users) as users, (select count(*)::int from sales_orders) as orders,
  (select count(*)::int from resumes) as resumes`;

describe('the demo data', () => {
  test.each(SEED_CHECKS)('%s', async (_sentence, sql) => {
    expect(await query(place, `${sql} limit 5`)).toEqual([]);
  });

  test('has as many rows as its scale says', async () => {
    expect(await query(place, COUNTS)).toEqual([
      { products: 200, users: 100, orders: 1000, resumes: 20 },
    ]);
  });

  test('has orders of every status', async () => {
    const rows = await query(place, 'select distinct status from sales_orders order by 1');
    const all = ['CANC', 'CONF', 'DLVD', 'NEW', 'PAID', 'RETD', 'SHIP'];
    expect(rows.map((row) => row.status)).toEqual(all);
  });

  test('has the accounts that people are told of, with the password that they are told', async () => {
    const accounts = await query<{ email: string; role_cd: string; pwd_hash: string }>(
      place,
      `select email, role_cd, pwd_hash from app_users
       where email in ('customer@example.com', 'staff@example.com', 'admin@example.com') order by 1`,
    );
    expect(accounts.map(({ email, role_cd }) => [email, role_cd])).toEqual([
      ['admin@example.com', 'ADM'],
      ['customer@example.com', 'CUST'],
      ['staff@example.com', 'STAFF'],
    ]);
    const hashes = await query<{ pwd_hash: string }>(
      place,
      'select distinct pwd_hash from app_users',
    );
    expect(hashes).toHaveLength(1);
    expect(await compare('demo-password', hashes[0]?.pwd_hash ?? '')).toBe(true);
  });

  test('gives the demo customer orders in every status, three resumes and two reviews', async () => {
    const demo = `(select user_id from app_users where email = 'customer@example.com')`;
    const [counts] = await query(
      place,
      `select (select count(*)::int from sales_orders where customer_id = ${demo}) as orders,
         (select count(distinct status)::int from sales_orders where customer_id = ${demo}) as statuses,
         (select count(*)::int from resumes where user_id = ${demo}) as resumes,
         (select count(*)::int from ai_reviews join resumes using (resume_id)
            where user_id = ${demo} and state = 'DONE') as reviews`,
    );
    expect(counts).toEqual({ orders: 12, statuses: 7, resumes: 3, reviews: 2 });
  });

  test('finds products by word, by stem and with a typing error', async () => {
    const found = await query(
      place,
      `select count(*) filter (where search_doc @@ websearch_to_tsquery('english', 'waterproof'))::int > 0 as word,
         count(*) filter (where search_doc @@ websearch_to_tsquery('english', 'headphone'))::int > 0 as stem,
         count(*) filter (where word_similarity('backpakc', lower(product_name)) >= 0.4)::int > 0 as typo
       from products`,
    );
    expect(found).toEqual([{ word: true, stem: true, typo: true }]);
  });

  test('has the files of its resumes, with their true sizes and hashes', async () => {
    const rows = await query<{ resume_id: string; size_bytes: number; sha256: string }>(
      place,
      'select resume_id, size_bytes, sha256 from resumes',
    );
    for (const { resume_id: id, size_bytes, sha256 } of rows) {
      const file = await readFile(join(place.uploads, 'resumes', id.slice(0, 2), id));
      expect(file.byteLength).toBe(size_bytes);
      expect(createHash('sha256').update(file).digest('hex')).toBe(sha256);
    }
    expect(await filesHash(place.uploads)).toMatch(/^20 /);
  });

  test('quotes in reviews what the resume really says', async () => {
    const rows = await query<{ resume_id: string; quote: string }>(
      place,
      `select resume_id, finding ->> 'quote' as quote from ai_reviews,
         jsonb_array_elements(sections) section, jsonb_array_elements(section -> 'findings') finding
       where finding ? 'quote'`,
    );
    expect(rows.length).toBeGreaterThan(5);
    for (const { resume_id: id, quote } of rows) {
      const file = await readFile(join(place.uploads, 'resumes', id.slice(0, 2), id), 'utf8');
      expect(file).toContain(quote);
    }
  });

  test('leaves off where the next order number begins', async () => {
    const rows = await query(
      place,
      `select nextval(pg_get_serial_sequence('sales_orders', 'order_no'))::int as next`,
    );
    expect(rows).toEqual([{ next: 1001 }]);
  });

  test('stands behind the indexes and constraints that the migrations made', async () => {
    const definitions = `select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as line,
        convalidated::text as state from pg_constraint where connamespace = 'public'::regnamespace
      union all select indexdef, '' from pg_indexes where schemaname = 'public' order by 1`;
    const untouched = await emptyPlace();
    await migrateDatabase(untouched.url, join(MONOLITH, 'migrations'));
    const wanted = await query(untouched, definitions);
    expect(wanted.length).toBeGreaterThan(40);
    expect(await query(place, definitions)).toEqual(wanted);
  });
});

describe('a seed', () => {
  test('writes the same bytes in every time zone and language', async () => {
    const [here, there] = [await emptyPlace(), await emptyPlace()];
    await seed(here, '0.05', { TZ: 'Pacific/Kiritimati', LANG: 'ja_JP.UTF-8' });
    await seed(there, '0.05', { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', PGTZ: 'UTC' });
    const content = await contentOf(here);
    expect(content.sales_orders).toMatch(/^250 /);
    expect(await contentOf(there)).toEqual(content);
  });

  test('at a larger scale has the accounts and products of the smaller one', async () => {
    const small = await emptyPlace();
    await seed(small, '0.05');
    for (const [table, order] of [
      ['app_users', 'created_at, user_id'],
      ['products', 'sku'],
      ['categories', 'slug'],
      ['warehouses', 'wh_code'],
    ]) {
      const rows = await query<{ row: string }>(
        small,
        `select t::text as row from ${table} t order by ${order}`,
      );
      const more = await query<{ row: string }>(place, `select t::text as row from ${table} t`);
      const known = new Set(more.map(({ row }) => row));
      expect(rows.filter(({ row }) => !known.has(row))).toEqual([]);
    }
  });

  test('adds nothing to a database that holds data', async () => {
    const before = await contentOf(place);
    expect(await seed(place, '0.05')).toBe(HOLDS_DATA);
    expect(await contentOf(place)).toEqual(before);
  });

  test('that is killed leaves an empty database, which the next one fills', async () => {
    const killed = await emptyPlace();
    const running = spawn(process.execPath, [MAIN], {
      env: environment(killed, '5'),
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => running.once('exit', (_, signal) => resolve(signal)));
    await backends(killed, `query ~ '^copy (sales|stock)_'`, true);
    running.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    await backends(killed, 'true', false);
    expect(await query(killed, COUNTS)).toEqual([{ products: 0, users: 0, orders: 0, resumes: 0 }]);
    await seed(killed, '0.05');
    const whole = await emptyPlace();
    await seed(whole, '0.05');
    expect(await contentOf(killed)).toEqual(await contentOf(whole));
  });

  test('that meets another one waits for it, and then finds data', async () => {
    const shared = await emptyPlace();
    const outputs = await Promise.all([seed(shared, '0.05'), seed(shared, '0.05')]);
    expect(outputs.filter((output) => output === HOLDS_DATA)).toHaveLength(1);
    expect(outputs.filter((output) => /^Demo data at scale 0.05: /.test(output))).toHaveLength(1);
  });

  test.each(['0', '-1', '1001', 'many'])('refuses the scale %s and says why', (scale) => {
    expect(() => seedConfig(environment(place, scale))).toThrow(
      /SEED_SCALE is not valid.*a number above 0 and up to 1000/,
    );
  });

  test('without a database ends with 1 and says what is missing', async () => {
    await expect(seed({ url: '', uploads: '' }, '1')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('DATABASE_URL is not set'),
    });
  });
});

/** Waits until there is, or no longer is, a connection of a seed for which a condition holds. */
async function backends({ url }: Place, condition: string, wanted: boolean): Promise<void> {
  const database = new URL(url).pathname.slice(1);
  for (let tries = 0; tries < 2_000; tries++) {
    const rows = await query(
      { url, uploads: '' },
      `select from pg_stat_activity where datname = '${database}' and application_name = 'seed' and ${condition}`,
    );
    if (rows.length > 0 === wanted) return;
    await sleep(5);
  }
  throw new Error(`waited in vain: a seed with ${condition} ${wanted ? 'never came' : 'stays'}`);
}
