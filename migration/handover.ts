import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { targetsFrom } from '#platform/moves/config.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { MigrationConfig } from './config.ts';
import { copyMove, type CopyCount } from './copy-move.ts';
import { aiMove } from './moves/ai.ts';
import { authMove } from './moves/auth.ts';
import { inventoryMove } from './moves/inventory.ts';
import type { Move } from './moves/move.ts';
import { orderMove } from './moves/order.ts';
import { productMove } from './moves/product.ts';
import { copyUploadFiles, removeGoneFiles, type FileCount } from './moves/upload-files.ts';
import { uploadMove } from './moves/upload.ts';
import { readSide, recordSide } from './sides.ts';

/** Any fixed number: two handovers take turns by it. */
const HANDOVER_LOCK = 7_243_010;

/** A move with data to copy, and where its new side is. */
interface Destination {
  readonly move: Move;
  readonly url: (config: MigrationConfig) => string;
  /** The folder of the migrations, from the root of the repository. */
  readonly migrations: string;
}

/** In the order of the monolith's foreign keys: whatever refers to another comes after it. */
const DESTINATIONS: readonly Destination[] = [
  {
    move: authMove,
    url: (config) => config.AUTH_DATABASE_URL,
    migrations: 'subgraphs/auth/migrations',
  },
  {
    move: productMove,
    url: (config) => config.PRODUCT_DATABASE_URL,
    migrations: 'subgraphs/product/migrations',
  },
  {
    move: inventoryMove,
    url: (config) => config.INVENTORY_DATABASE_URL,
    migrations: 'subgraphs/inventory/migrations',
  },
  {
    move: orderMove,
    url: (config) => config.ORDERS_DATABASE_URL,
    migrations: 'subgraphs/order/migrations',
  },
  {
    move: uploadMove,
    url: (config) => config.RESUME_REVIEW_DATABASE_URL,
    migrations: 'subgraphs/resume-review/migrations',
  },
  {
    move: aiMove,
    url: (config) => config.RESUME_REVIEW_DATABASE_URL,
    migrations: 'subgraphs/resume-review/migrations',
  },
];

/** The monolith's database is not ready to be copied from. */
export class LegacyNotReady extends Error {
  readonly code = 'LEGACY_NOT_READY';

  constructor() {
    super(
      'the database of LEGACY_DATABASE_URL has no tables of the monolith: start the monolith once, which creates them, then run this again',
    );
    this.name = 'LegacyNotReady';
  }
}

/**
 * Brings the data of each move to the side that its flag asks for. Nothing may be served meanwhile: what is
 * written on the side that is copied from would be missing on the other.
 *
 * The side that has the data is copied to the other also where nothing changes: the other domains of the
 * monolith then know the accounts and products that were made on the new side.
 *
 * A copy is complete before the new side is recorded; ended in between, the same copy is made again.
 *
 * @param say is told one line per move
 */
export async function handover(
  config: MigrationConfig,
  say: (line: string) => void,
): Promise<void> {
  await migrateDatabase(config.CONTROL_DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const control = open(config.CONTROL_DATABASE_URL);
  const legacy = open(config.LEGACY_DATABASE_URL);
  const lock = await control.pool.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [HANDOVER_LOCK]);
    await requireTables(legacy);
    const targets = targetsFrom(config);
    for (const destination of DESTINATIONS) {
      say(await handOver(destination, targets[destination.move.name], { config, control, legacy }));
    }
  } finally {
    // The lock ends with its connection.
    lock.release(true);
    await Promise.all([control.close(), legacy.close()]);
  }
}

interface Places {
  readonly config: MigrationConfig;
  readonly control: Database;
  readonly legacy: Database;
}

/** @returns what was done, in one line */
async function handOver(
  { move, url, migrations }: Destination,
  target: Side,
  { config, control, legacy }: Places,
): Promise<string> {
  const began = performance.now();
  await migrateDatabase(url(config), join(import.meta.dirname, '..', migrations));
  const side = await readSide(control.db, move.name);
  const to = side === 'new' ? 'legacy' : 'new';
  const directories = {
    legacy: config.LEGACY_UPLOAD_DIRECTORY,
    new: config.RESUME_REVIEW_UPLOAD_DIRECTORY,
  };
  const fresh = open(url(config));
  try {
    const [source, destination] = side === 'new' ? [fresh, legacy] : [legacy, fresh];
    // Files go first: a row never speaks of a file that is not there yet.
    const files = move === uploadMove ? await copyUploadFiles(source.db, directories, to) : null;
    const counts = await copyMove(move, source, destination, to);
    if (files) await removeGoneFiles(destination.db, directories, to);
    await recordSide(control.db, move.name, target);
    return `${move.name}: ${target} has the data; copied from ${side} to ${to}: ${summary(counts)}${filesSummary(files)}; ${secondsSince(began)} s`;
  } finally {
    await fresh.close();
  }
}

function secondsSince(began: number): string {
  return ((performance.now() - began) / 1_000).toFixed(1);
}

function filesSummary(files: FileCount | null): string {
  if (!files) return '';
  const missing = files.missing > 0 ? `, ${files.missing} missing` : '';
  return `, ${files.files} files (${files.copied} copied${missing})`;
}

function summary(counts: readonly CopyCount[]): string {
  return counts
    .map(({ aggregate, rows, written, removed }) => {
      const gone = removed > 0 ? `, ${removed} removed` : '';
      return `${rows} ${aggregate} (${written} written${gone})`;
    })
    .join(', ');
}

async function requireTables(legacy: Database): Promise<void> {
  const { rows } = await legacy.db.execute(
    sql`select to_regclass('app_users') is not null as ready`,
  );
  if (!rows[0]?.ready) throw new LegacyNotReady();
}

function open(url: string): Database {
  return openDatabase({
    url,
    poolSize: 2,
    applicationName: 'migration',
    log: createLog('migration', 'warn'),
  });
}
