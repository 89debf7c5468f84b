import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import {
  provisionDatabases,
  urlVariable,
  type ServiceDatabase,
} from '#platform/database/provision.ts';
import type { Side } from '#platform/moves/moves.ts';
import { drawPort } from '../../setup/ports.ts';

/** Two servers with data of their own: the monolith's, and that of the domains and of `control`. */
export interface Clusters {
  /** The URL of a service's database, at its own server or at a port that leads there. */
  readonly url: (name: ServiceDatabase, port?: number) => string;
  readonly port: (side: Side) => number;
  readonly adminUrl: (side: Side) => string;
  /** Ends a server as `pg_ctl stop -m immediate` does, and starts it again. */
  crash(side: Side): Promise<void>;
  stop(): Promise<void>;
}

const PASSWORD = 'torture';
const ROOT = join(import.meta.dirname, '../../..');
const FOLDERS = {
  legacy: 'subgraphs/legacy/monolith',
  auth: 'subgraphs/auth',
  product: 'subgraphs/product',
  inventory: 'subgraphs/inventory',
  orders: 'subgraphs/order',
  resume_review: 'subgraphs/resume-review',
  control: 'migration',
} as const satisfies Record<ServiceDatabase, string>;

/** Nothing waits for the disk, but all that is committed outlives the server: only a power cut would lose it. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'on',
  max_connections: '200',
  deadlock_timeout: '200ms',
  shared_buffers: '64MB',
  checkpoint_timeout: '60s',
  autovacuum_naptime: '5s',
};

const sideOf = (name: ServiceDatabase): Side => (name === 'legacy' ? 'legacy' : 'new');

/** Starts both, with all databases of services, which are empty. */
export async function startClusters(): Promise<Clusters> {
  const directory = await mkdtemp(join(tmpdir(), 'torture-'));
  // PostgreSQL's user must get in when we are root; mkdtemp keeps everybody else out.
  await chmod(directory, 0o755);
  const guard = endWithThisProcess(directory);
  const start = (side: Side, port: number) =>
    startEmbeddedPostgres({ directory: join(directory, side), settings: SETTINGS, port });
  const servers: Record<Side, EmbeddedPostgres> = {
    legacy: await start('legacy', await drawPort()),
    new: await start('new', await drawPort()),
  };
  const passwords = Object.fromEntries(
    Object.keys(FOLDERS).map((name) => [name, PASSWORD]),
  ) as Record<ServiceDatabase, string>;
  const urls = {
    legacy: await provisionDatabases(servers.legacy.adminUrl, passwords),
    new: await provisionDatabases(servers.new.adminUrl, passwords),
  };
  const url: Clusters['url'] = (name, port) => {
    const at = new URL(urls[sideOf(name)][name]);
    if (port !== undefined) at.port = String(port);
    return at.href;
  };
  for (const [name, folder] of Object.entries(FOLDERS) as [ServiceDatabase, string][]) {
    await migrateDatabase(url(name), join(ROOT, folder, 'migrations'));
  }
  return {
    url,
    port: (side) => servers[side].port,
    adminUrl: (side) => servers[side].adminUrl,
    async crash(side) {
      const { port } = servers[side];
      servers[side].kill();
      // Its folder may be used again.
      await servers[side].stop();
      servers[side] = await start(side, port);
    },
    async stop() {
      await Promise.all([servers.legacy.stop(), servers.new.stop()]);
      await rm(directory, { recursive: true, force: true });
      guard.kill('SIGKILL');
    },
  };
}

/**
 * A shell that holds one end of a pipe: when this process ends, however it ends, the pipe closes, and the shell ends the
 * servers and removes their data.
 */
function endWithThisProcess(directory: string): ChildProcess {
  const script =
    'read -r _; for file in "$1"/*/data/postmaster.pid; do kill -QUIT "$(head -n 1 "$file")"; done; sleep 1; rm -rf "$1"';
  const guard = spawn('sh', ['-c', script, 'guard', directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}

/** The databases of all services, as environment variables name them. @param ports to other ports of the servers */
export function databaseVariables(
  { url }: Clusters,
  ports: Partial<Readonly<Record<Side, number>>> = {},
): Record<string, string> {
  return Object.fromEntries(
    (Object.keys(FOLDERS) as ServiceDatabase[]).map((name) => [
      urlVariable(name),
      url(name, ports[sideOf(name)]),
    ]),
  );
}

/** What writers write about. */
export interface Things {
  readonly customers: readonly string[];
  readonly products: readonly string[];
  readonly warehouses: readonly string[];
}

/** Puts customers, products and empty levels of stock into the monolith's database. */
export async function addThings({ url }: Clusters): Promise<Things> {
  const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
  const things = { customers: ids(64), products: ids(12), warehouses: ids(2) };
  const client = new Client({ connectionString: url('legacy') });
  await client.connect();
  const insert = (statement: string, of: readonly string[]) => client.query(statement, [of]);
  await insert(
    `insert into app_users (user_id, email, pwd_hash, full_name, created_at, updated_at)
     select id, id || '@example.org', '', 'Casey Morgan', now(), now() from unnest($1::uuid[]) id`,
    things.customers,
  );
  await insert(
    `insert into products (product_id, sku, product_name, unit_price, created_at, updated_at)
     select id, left(id::text, 30), 'Lamp', 1, now(), now() from unnest($1::uuid[]) id`,
    things.products,
  );
  await insert(
    `insert into warehouses select id, left(id::text, 8), 'A warehouse' from unnest($1::uuid[]) id`,
    things.warehouses,
  );
  await client.query(
    `insert into stocks (product_id, warehouse_id, updated_at) select product_id, warehouse_id, now() from products, warehouses`,
  );
  await client.end();
  return things;
}
