import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import type { Side } from '#platform/moves/moves.ts';
import { installCapture } from '../../migration/capture/install-capture.ts';
import type { MigrationConfig } from '../../migration/config.ts';
import type { MovePlaces } from '../../migration/move-places.ts';
import { orderMove } from '../../migration/moves/order.ts';

const ROOT = join(import.meta.dirname, '../..');
export const ORDERS = 20_000;

/** Orders of 500 customers, with two items each. */
const FILL = `
  insert into app_users (user_id, email, pwd_hash, full_name, created_at, updated_at)
  select gen_random_uuid(), i || '@example.com', 'x', 'y', now(), now() from generate_series(1, 500) i;
  insert into sales_orders (order_id, customer_id, total_amount, idem_key, req_hash, ship_name, ship_addr1, ship_city, ship_zip, ship_country, ordered_at, updated_at)
  select gen_random_uuid(), user_id, 10, n, repeat('0', 64), 'Ada Lovelace', '12 St James''s Square', 'London', 'SW1Y', 'GB', now(), now()
  from app_users, generate_series(1, ${ORDERS / 500}) n;
  insert into sales_items select gen_random_uuid(), order_id, n, gen_random_uuid(), 'sku', 'name', 1, 5, 5 from sales_orders, generate_series(1, 2) n;
  analyze`;

/** The move of orders between two databases. */
export interface OrderSite {
  readonly places: MovePlaces;
  /** Connections of their own to both databases, as services have them. */
  readonly writers: Readonly<Record<Side, Database>>;
  close(): Promise<void>;
}

/** Starts a server of its own with the settings of `npm start`, and fills the monolith's database. */
export async function orderSite(): Promise<OrderSite> {
  const directory = await mkdtemp(join(tmpdir(), 'bench-orders-'));
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres({
    directory: join(directory, 'postgres'),
    settings: { shared_buffers: '256MB' },
  });
  const databases: Database[] = [];
  const close = async () => {
    await Promise.all(databases.map((database) => database.close()));
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  const open = (name: string) => {
    const url = Object.assign(new URL(server.adminUrl), { pathname: `/${name}` }).href;
    const log = createLog('bench', 'error');
    const database = openDatabase({ url, poolSize: 12, applicationName: 'bench', log });
    databases.push(database);
    return { url, database };
  };
  try {
    const admin = open('postgres').database;
    for (const name of ['legacy', 'orders', 'control']) {
      await admin.pool.query(`create database ${name}`);
    }
    const [legacy, fresh, control] = [open('legacy'), open('orders'), open('control')];
    await legacy.database.pool.query('create extension pg_trgm');
    await migrateDatabase(legacy.url, join(ROOT, 'subgraphs/legacy/monolith/migrations'));
    await migrateDatabase(fresh.url, join(ROOT, 'subgraphs/order/migrations'));
    await migrateDatabase(control.url, join(ROOT, 'migration/migrations'));
    await legacy.database.pool.query(FILL);
    const initial = { owner: 'legacy', epoch: 1 } as const;
    await installCapture(legacy.database, orderMove, 'legacy', initial);
    await installCapture(fresh.database, orderMove, 'new', initial);
    const places = {
      mapping: orderMove,
      legacy: legacy.database,
      new: fresh.database,
      control: control.database,
      config: {} as MigrationConfig,
    };
    return {
      places,
      writers: { legacy: open('legacy').database, new: open('orders').database },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
