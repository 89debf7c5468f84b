import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { inject } from 'vitest';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { cloneDatabases } from '../../setup/databases.ts';

/** The database of a service for one test file. */
export interface Place extends Database {
  readonly url: string;
  /** The same database, as superuser. */
  readonly adminUrl: string;
}

export async function openPlaces<Name extends 'legacy' | 'orders' | 'resume_review'>(
  ...names: readonly Name[]
): Promise<Record<Name, Place>> {
  const urls = await cloneDatabases(names);
  const places = names.map((name): [Name, Place] => {
    const url = urls[name];
    const { pathname } = new URL(url);
    const adminUrl = Object.assign(new URL(inject('adminUrl')), { pathname }).href;
    const database = openDatabase({
      url,
      poolSize: 12,
      applicationName: 'capture test',
      log: createLog('test', 'silent'),
    });
    return [name, { ...database, url, adminUrl }];
  });
  for (const [, { pool }] of places) await pool.query(WITHOUT_CAPTURE);
  return Object.fromEntries(places) as Record<Name, Place>;
}

/** The templates have gone through a handover, which installs capture: these tests begin without. */
const WITHOUT_CAPTURE = `
  drop schema if exists move cascade;
  do $$ declare one regclass; begin
    for one in select seqrelid from pg_sequence where seqincrement = 2 loop
      execute format('alter sequence %s increment by 1', one);
    end loop;
  end $$`;

type Queryable = Pick<ClientBase, 'query'>;

/** Writes an order of a customer of the monolith by plain SQL. @returns its id */
export async function insertOrder(on: Queryable, customer: string): Promise<string> {
  const id = randomUUID();
  await on.query(
    `insert into sales_orders (order_id, customer_id, total_amount, idem_key, req_hash, ship_name, ship_addr1, ship_city, ship_zip, ship_country, ordered_at, updated_at)
     values ($1, $2, 10, $3, 'h', 'n', 'a', 'c', 'z', 'US', now(), now())`,
    [id, customer, id],
  );
  return id;
}

export async function insertItem(on: Queryable, order: string, line = 1): Promise<string> {
  const id = randomUUID();
  await on.query(
    `insert into sales_items (sales_item_id, order_id, line_no, product_id, sku, product_name, qty, unit_price, amount)
     values ($1, $2, $3, gen_random_uuid(), 'S', 'P', 1, 5, 5)`,
    [id, order, line],
  );
  return id;
}

/** Customers of the monolith's seed, whose writes have different buckets. */
export async function someCustomers({ pool }: Database, count: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'select user_id as id from app_users order by user_id limit $1',
    [count],
  );
  return rows.map(({ id }) => id);
}

/** The aggregates that markers name, each as often as it is marked, in their order; then no marker is left. */
export async function takeMarkers({ pool }: Database, move = 'order'): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with gone as (delete from move.dirty where move = $1 returning id, aggregate_id)
     select aggregate_id as id from gone order by gone.id`,
    [move],
  );
  return rows.map(({ id }) => id);
}

/** Runs statements in one transaction on a connection of its own. */
export async function inTransaction<Result>(
  { pool }: Database,
  run: (client: ClientBase) => Promise<Result>,
  begin = 'begin',
): Promise<Result> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    const result = await run(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
