import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { installCapture } from '../../migration/capture/install-capture.ts';
import { removeCapture } from '../../migration/capture/remove-capture.ts';
import { orderMapping } from '../migration/capture/order-mapping.ts';

const CONNECTIONS = 8;
/** Transactions of each connection in one measurement of single rows. */
const TRANSACTIONS = 400;
const WARM_UP = 40;
const MONOLITH = join(import.meta.dirname, '../../subgraphs/legacy/monolith/migrations');

/** 10,000 orders of 500 customers, with an item each, numbered by `sample`. */
const ORDERS = `
  create extension pg_trgm;`;
const ROWS = `
  insert into app_users (user_id, email, pwd_hash, full_name, created_at, updated_at)
  select gen_random_uuid(), i || '@example.com', 'x', 'y', now(), now() from generate_series(1, 500) i;
  insert into sales_orders (order_id, customer_id, total_amount, idem_key, req_hash, ship_name, ship_addr1, ship_city, ship_zip, ship_country, ordered_at, updated_at)
  select gen_random_uuid(), user_id, 10, n, 'h', 'n', 'a', 'c', 'z', 'US', now(), now() from app_users, generate_series(1, 20) n;
  insert into sales_items select gen_random_uuid(), order_id, 1, gen_random_uuid(), 'sku', 'name', 1, 10, 10 from sales_orders;
  create table sample as select row_number() over (order by order_id) as n, order_id, customer_id from sales_orders;
  create unique index on sample (n);
  analyze`;

/** The order, drawn anew for each transaction, that a statement is about. */
const ONE = `(select * from sample where n = $1) one`;

/** Columns of a line of an order; the line is drawn, so that it is seldom taken. */
const ITEM = `gen_random_uuid(), one.order_id, 2 + floor(random() * 32000), gen_random_uuid(), 'sku', 'name', 1, 10, 10`;

const SINGLE: Readonly<Record<string, string>> = {
  'insert an order': `insert into sales_orders (order_id, customer_id, total_amount, idem_key, req_hash, ship_name, ship_addr1, ship_city, ship_zip, ship_country, ordered_at, updated_at)
    select gen_random_uuid(), one.customer_id, 10, gen_random_uuid()::text, 'h', 'n', 'a', 'c', 'z', 'US', now(), now() from ${ONE}`,
  'update an order': `update sales_orders o set ship_name = random()::text from ${ONE} where o.order_id = one.order_id`,
  'insert an item': `insert into sales_items select ${ITEM} from ${ONE} on conflict do nothing`,
  'update an item': `update sales_items i set qty = i.qty + 1 from ${ONE} where i.order_id = one.order_id and i.line_no = 1`,
};
const BULK: Readonly<Record<string, string>> = {
  '1,000 orders updated': `update sales_orders set ship_name = random()::text where order_id in (select order_id from sample where n <= 1000)`,
  '1,000 items inserted': `insert into sales_items select ${ITEM} from sample one where n between 1001 and 2000 on conflict do nothing`,
};

/**
 * What the triggers of the data move cost: microseconds of a transaction of one row at eight connections, and of a row
 * in statements of a thousand, with and without them, in turn, on a server with the settings of `npm start`: commits are
 * on the disk.
 *
 * @param rounds each measures all; the best of each counts
 */
export async function triggersBench(rounds: number): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'triggers-bench-'));
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres({
    directory: join(directory, 'postgres'),
    settings: { shared_buffers: '256MB' },
  });
  const database = openDatabase({
    url: server.adminUrl,
    poolSize: CONNECTIONS + 1,
    applicationName: 'bench',
    log: createLog('bench', 'silent'),
  });
  try {
    await database.pool.query(ORDERS);
    await migrateDatabase(server.adminUrl, MONOLITH);
    await database.pool.query(ROWS);
    print(await measureRounds(database, rounds));
  } finally {
    await database.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

type Figures = Map<string, { without: number; with: number }>;

async function measureRounds(database: Database, rounds: number): Promise<Figures> {
  const figures: Figures = new Map();
  for (let round = 0; round < rounds; round++) {
    await measureAll(database, 'without', figures);
    await installCapture(database, orderMapping, 'legacy', { owner: 'legacy', epoch: 1 });
    await measureAll(database, 'with', figures);
    await removeCapture(database, orderMapping, 'legacy');
  }
  return figures;
}

async function measureAll(
  { pool }: Database,
  which: 'without' | 'with',
  figures: Figures,
): Promise<void> {
  const keep = (name: string, micros: number) => {
    const best = figures.get(name) ?? { without: Infinity, with: Infinity };
    best[which] = Math.min(best[which], micros);
    figures.set(name, best);
  };
  for (const [name, sql] of Object.entries(SINGLE)) {
    const all = (count: number) =>
      Promise.all(Array.from({ length: CONNECTIONS }, () => write(pool, name, sql, count)));
    // Each session compiles the functions at its first call.
    await all(WARM_UP);
    const began = performance.now();
    await all(TRANSACTIONS);
    keep(name, ((performance.now() - began) * 1_000) / (CONNECTIONS * TRANSACTIONS));
  }
  for (const [name, sql] of Object.entries(BULK)) {
    const began = performance.now();
    await pool.query(sql);
    keep(name, performance.now() - began);
  }
}

/** What one client does: a transaction after another, each a statement that is prepared once. */
async function write(
  pool: Database['pool'],
  name: string,
  text: string,
  count: number,
): Promise<void> {
  for (let at = 0; at < count; at++) {
    await pool.query({ name, text, values: [1 + Math.floor(Math.random() * 10_000)] });
  }
}

function print(figures: Figures): void {
  console.log('microseconds per row'.padEnd(24), 'without', '   with', '  ratio');
  for (const [name, { without, with: withThem }] of figures) {
    const cells = [without.toFixed(1), withThem.toFixed(1), (withThem / without).toFixed(2)];
    console.log(name.padEnd(24), ...cells.map((cell) => cell.padStart(7)));
  }
}
