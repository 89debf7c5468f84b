import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { drawAccounts } from './accounts.ts';
import { drawCatalogue } from './catalogue.ts';
import { drawCategories } from './categories.ts';
import type { SeedConfig } from './config.ts';
import { copyRows, type TableLoad } from './copy.ts';
import { sumDemand } from './demand.ts';
import { orderLoads } from './order-rows.ts';
import { drawOrders } from './orders.ts';
import { reservationLoads } from './reservations.ts';
import { drawResumes, writeResumeFiles, type Resumes } from './resumes.ts';
import { reviewLoads } from './reviews.ts';
import { setIndexesAside } from './set-aside.ts';
import { sizesAt, type Sizes } from './sizes.ts';
import { drawStock } from './stock.ts';
import { drawWarehouses } from './warehouses.ts';

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any fixed number: seeds that start together take turns by it. */
const SEED_LOCK = 7_243_002;

/** What a seed found and did. */
export interface SeedOutcome {
  /** False where the database already held data. */
  readonly filled: boolean;
  readonly rows: number;
}

/**
 * Fills the database of the monolith with demo data, unless it holds data, and writes the files of the resumes.
 * All in one transaction: a seed that is interrupted, however, leaves the database empty.
 *
 * @param say is told how far it is
 */
export async function seedMonolith(
  config: SeedConfig,
  say: (line: string) => void,
): Promise<SeedOutcome> {
  await migrateDatabase(config.DATABASE_URL, MIGRATIONS);
  const client = new pg.Client({
    connectionString: config.DATABASE_URL,
    application_name: 'seed',
  });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [SEED_LOCK]);
    const filled = !(await holdsData(client));
    const rows = filled ? await fill(client, config, say) : 0;
    await client.query('commit');
    return { filled, rows };
  } finally {
    await client.end();
  }
}

async function holdsData(client: pg.Client): Promise<boolean> {
  const found = await client.query<{ holds: boolean }>(
    `select exists (select from app_users) or exists (select from categories)
       or exists (select from products) or exists (select from warehouses) as holds`,
  );
  return found.rows[0]?.holds ?? false;
}

async function fill(
  client: pg.Client,
  config: SeedConfig,
  say: (line: string) => void,
): Promise<number> {
  const { loads, resumes } = drawAll(sizesAt(config.SEED_SCALE));
  const makeIndexes = await setIndexesAside(client, [...new Set(loads.map(({ table }) => table))]);
  let rows = 0;
  for (const load of loads) {
    const watch = startWatch();
    const count = await copyRows(client, load);
    rows += count;
    say(`  ${load.table}: ${count.toLocaleString('en-US')} rows in ${watch()} s`);
  }
  const watch = startWatch();
  await makeIndexes();
  say(`  indexes and keys made in ${watch()} s`);
  await writeResumeFiles(config.UPLOAD_DIRECTORY, resumes);
  await client.query(
    `select setval(pg_get_serial_sequence('sales_orders', 'order_no'), max(order_no)) from sales_orders`,
  );
  await client.query('analyze');
  return rows;
}

/** @returns how many seconds have passed, as a text */
function startWatch(): () => string {
  const start = performance.now();
  return () => ((performance.now() - start) / 1_000).toFixed(1);
}

/** Everything that is loaded, in an order that foreign keys allow. */
function drawAll(sizes: Sizes): { loads: readonly TableLoad[]; resumes: Resumes } {
  const accounts = drawAccounts(sizes.users);
  const categories = drawCategories();
  const catalogue = drawCatalogue(sizes.products, categories);
  const warehouses = drawWarehouses();
  const orders = drawOrders(sizes.orders, accounts, catalogue);
  const demand = sumDemand(sizes.products, orders);
  const resumes = drawResumes(sizes.resumes, accounts);
  const loads = [
    ...accounts.loads,
    ...categories.loads,
    ...catalogue.loads,
    ...warehouses.loads,
    ...drawStock(catalogue, warehouses, demand),
    ...orderLoads(orders, accounts, catalogue),
    ...reservationLoads(orders, catalogue, warehouses),
    ...resumes.loads,
    ...reviewLoads(resumes),
  ];
  return { loads, resumes };
}
