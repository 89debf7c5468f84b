import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase } from '#platform/database/pool.ts';
import { SERVICE_DATABASES, urlVariable } from '#platform/database/provision.ts';
import { createLog } from '#platform/log.ts';
import { removeCapture } from '../../migration/capture/remove-capture.ts';
import { migrationConfig } from '../../migration/config.ts';
import type { MovePlaces } from '../../migration/move-places.ts';
import { openMoves } from '../../migration/open-moves.ts';
import { backfillNow } from '../../migration/stages/backfill-now.ts';
import { install } from '../../migration/stages/install.ts';
import { verifyNow } from '../../migration/stages/verify-once.ts';

const ROOT = join(import.meta.dirname, '../..');
const SIGNATURE = { by: 'bench', reason: 'a million orders' };
/** How often something is said of how far it is: of every hundred thousand. */
const STEP = 100_000;

/**
 * Copies and compares the orders of the demo data, on a server with the settings of `npm start`, and looks for one cent
 * that was changed. Says how fast, and how much memory this process took.
 *
 * @param scale `SEED_SCALE`: 200 is a million orders
 * @param kept a folder for the database; where it is there already, the demo data in it is used. Absent: it is removed
 *   afterwards
 */
export async function millionOrders(scale: number, kept: string | undefined): Promise<void> {
  const directory = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'bench-million-'));
  await mkdir(directory, { recursive: true });
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres({ directory, settings: { max_connections: '250' } });
  try {
    const urls = await fill(server.adminUrl, scale, directory);
    const moves = openMoves(migrationConfig(urls), createLog('bench', 'warn'));
    try {
      await measure(moves.placesOf('order'));
    } finally {
      await moves.close();
    }
  } finally {
    await server.stop();
    if (!kept) await rm(directory, { recursive: true, force: true });
  }
}

async function fill(
  adminUrl: string,
  scale: number,
  directory: string,
): Promise<Record<string, string>> {
  const at = (name: string) => Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  await inDatabase(adminUrl, async (query) => {
    for (const name of SERVICE_DATABASES) {
      const there = await query(`select from pg_database where datname = '${name}'`);
      if (there === 0) await query(`create database ${name}`);
    }
  });
  await inDatabase(at('legacy'), (query) => query('create extension if not exists pg_trgm'));
  const seed = spawn(process.execPath, [join(ROOT, 'subgraphs/legacy/monolith/seed/main.ts')], {
    stdio: 'inherit',
    env: {
      DATABASE_URL: at('legacy'),
      SEED_SCALE: String(scale),
      UPLOAD_DIRECTORY: join(directory, 'uploads'),
    },
  });
  const [code] = (await once(seed, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The demo data could not be made: see above.');
  const urls = SERVICE_DATABASES.map((name) => [urlVariable(name), at(name)]);
  await migrateDatabase(at('control'), join(ROOT, 'migration/migrations'));
  await migrateDatabase(at('orders'), join(ROOT, 'subgraphs/order/migrations'));
  return Object.fromEntries(urls) as Record<string, string>;
}

/** @param act is given what runs a statement, and says how many rows it gave or changed */
async function inDatabase(
  url: string,
  act: (query: (text: string) => Promise<number>) => Promise<unknown>,
): Promise<void> {
  const log = createLog('bench', 'warn');
  const database = openDatabase({ url, poolSize: 1, applicationName: 'bench', log });
  try {
    await act(async (text) => (await database.pool.query(text)).rowCount ?? 0);
  } finally {
    await database.close();
  }
}

async function measure(places: MovePlaces): Promise<void> {
  for (const side of ['legacy', 'new'] as const) {
    await removeCapture(places[side], places.mapping, side);
  }
  await places.new.pool.query('truncate "order" cascade');
  await install(places, 'legacy', SIGNATURE);
  await timed('backfill', (progress) =>
    backfillNow(places, 'legacy', { signature: SIGNATURE, progress }),
  );
  await changeOneCent(places, 1);
  const { differing } = await timed('verification', (progress) =>
    verifyNow(places, { signature: SIGNATURE, progress }),
  );
  await changeOneCent(places, -1);
  console.log(`one cent was changed; found: ${JSON.stringify(differing)}`);
  if (differing.length !== 1) throw new Error('That is not what was changed.');
}

/** As somebody would who goes round the guard. */
async function changeOneCent({ new: fresh }: MovePlaces, cents: number): Promise<void> {
  await fresh.pool.query(
    `begin; set local moves.relay = 'order';
     update order_item set unit_price_amount = unit_price_amount + ${cents}
     where id = (select id from order_item where id > '80000000-0000-0000-0000-000000000000' order by id limit 1);
     commit`,
  );
}

async function timed<Result>(
  what: string,
  act: (progress: (step: string, done: number, total: number) => void) => Promise<Result>,
): Promise<Result> {
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1_000;
  const memory: number[] = [];
  const sampler = setInterval(() => memory.push(process.memoryUsage.rss() / 1e6), 250);
  let said = 0;
  let total = 0;
  const result = await act((step, done, all) => {
    total = Math.max(total, all);
    if (done < said + STEP || step === 'carried') return;
    said = done;
    console.log(
      `  ${done.toLocaleString('en')} of ${all.toLocaleString('en')} ${step} after ${seconds().toFixed(0)} s, ${memory.at(-1)?.toFixed(0)} MB`,
    );
  });
  clearInterval(sampler);
  const half = Math.ceil(memory.length / 2);
  const most = (some: readonly number[]) => Math.max(0, ...some).toFixed(0);
  console.log(
    `${what}: ${total.toLocaleString('en')} orders in ${seconds().toFixed(1)} s, ${(total / seconds()).toFixed(0)} a second; memory at most ${most(memory.slice(0, half))} MB in the first half, ${most(memory.slice(half))} MB in the second`,
  );
  return result;
}
