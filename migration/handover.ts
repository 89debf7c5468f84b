import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import { targetsFrom } from '#platform/moves/config.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { MigrationConfig } from './config.ts';
import { copyMove, type CopyCount } from './copy-move.ts';
import { DESTINATIONS, type Destination } from './destinations.ts';
import type { Move } from './moves/move.ts';
import { copyUploadFiles, removeGoneFiles, type FileCount } from './moves/upload-files.ts';
import { uploadMove } from './moves/upload.ts';
import { readSide, recordSide } from './sides.ts';

/** Any fixed number: two handovers take turns by it. */
const HANDOVER_LOCK = 7_243_010;

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

/** Work that a new side has begun would be lost. Nothing was copied. */
export class MoveUnfinished extends Error {
  readonly code = 'MOVE_UNFINISHED';

  /** @param reasons a paragraph per move: what is unfinished, and what to do */
  constructor(reasons: readonly string[]) {
    super(`nothing was copied, and every move stays where it is. ${reasons.join('\n')}`);
    this.name = 'MoveUnfinished';
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
 * @throws MoveUnfinished before anything is copied, LegacyNotReady, UnmappableRow, CopyRefused, FileRefused
 */
export async function handover(
  config: MigrationConfig,
  say: (line: string) => void,
): Promise<void> {
  await migrateDatabase(config.CONTROL_DATABASE_URL, join(import.meta.dirname, 'migrations'));
  const control = open(config.CONTROL_DATABASE_URL);
  const legacy = open(config.LEGACY_DATABASE_URL);
  const lock = await control.pool.connect();
  const moves: MoveData[] = [];
  try {
    await lock.query('select pg_advisory_lock($1)', [HANDOVER_LOCK]);
    await requireTables(legacy);
    for (const destination of DESTINATIONS) moves.push(await prepare(destination, config, control));
    await requireFinished(moves);
    for (const data of moves) say(await handOver(data, { config, control, legacy }));
  } finally {
    // The lock ends with its connection.
    lock.release(true);
    await Promise.all(
      [control, legacy, ...moves.map(({ fresh }) => fresh)].map((one) => one.close()),
    );
  }
}

/** A move, and where its data is. */
interface MoveData {
  readonly move: Move;
  /** The database of its new side, up to date. */
  readonly fresh: Database;
  /** The side that has the data. */
  readonly side: Side;
  /** The side that shall have it. */
  readonly target: Side;
}

interface Places {
  readonly config: MigrationConfig;
  readonly control: Database;
  readonly legacy: Database;
}

async function prepare(
  { move, url, migrations }: Destination,
  config: MigrationConfig,
  control: Database,
): Promise<MoveData> {
  await migrateDatabase(url(config), join(import.meta.dirname, '..', migrations));
  const side = await readSide(control.db, move.name);
  return { move, fresh: open(url(config)), side, target: targetsFrom(config)[move.name] };
}

/** Asks every move that leaves its new side whether it may. @throws MoveUnfinished */
async function requireFinished(moves: readonly MoveData[]): Promise<void> {
  const leaving = moves.filter(({ side, target }) => side === 'new' && target === 'legacy');
  const reasons: string[] = [];
  for (const { move, fresh } of leaving) {
    const reason = await move.unfinished?.(fresh.db);
    if (reason) reasons.push(reason);
  }
  if (reasons.length > 0) throw new MoveUnfinished(reasons);
}

/** @returns what was done, in one line */
async function handOver(
  { move, fresh, side, target }: MoveData,
  { config, control, legacy }: Places,
): Promise<string> {
  const began = performance.now();
  const to = side === 'new' ? 'legacy' : 'new';
  const directories = {
    legacy: config.LEGACY_UPLOAD_DIRECTORY,
    new: config.RESUME_REVIEW_UPLOAD_DIRECTORY,
  };
  const [source, destination] = side === 'new' ? [fresh, legacy] : [legacy, fresh];
  // Files go first: a row never speaks of a file that is not there yet.
  const files = move === uploadMove ? await copyUploadFiles(source.db, directories, to) : null;
  const counts = await copyMove(move, source, destination, to);
  if (files) await removeGoneFiles(destination.db, directories, to);
  await recordSide(control.db, move.name, target);
  return `${move.name}: ${target} has the data; copied from ${side} to ${to}: ${summary(counts)}${filesSummary(files)}; ${secondsSince(began)} s`;
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
