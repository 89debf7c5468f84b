import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import type { Logger } from '#platform/log.ts';
import type { MoveName } from '#platform/moves/moves.ts';
import type { MigrationConfig } from './config.ts';
import { destinationOf, DESTINATIONS } from './destinations.ts';
import type { MovePlaces } from './move-places.ts';

/** The most connections: every move has a relay in each direction, and each holds one of the monolith's. */
const LEGACY_POOL = 20;
const OTHER_POOL = 10;
/**
 * Milliseconds after which PostgreSQL ends a session that has left a transaction open: a process that is stopped would
 * hold up everybody who waits for its locks.
 */
const IDLE_IN_TRANSACTION = 10_000;
/** Milliseconds that a statement waits for a lock of somebody else: a flip must be given up in time. */
const LOCK_TIMEOUT = 1_000;

/** The databases of all moves. */
export interface OpenMoves {
  readonly config: MigrationConfig;
  readonly control: Database;
  readonly legacy: Database;
  /** In the order in which data is carried over. */
  readonly all: readonly MovePlaces[];
  placesOf(move: MoveName): MovePlaces;
  close(): Promise<void>;
}

/**
 * Opens the databases of all moves. No connection is made before the first statement. PostgreSQL shows the connections
 * by a name that no other process has, so that they can be ended when it gives no sign of life.
 */
export function openMoves(config: MigrationConfig, log: Logger): OpenMoves {
  const applicationName = `migration ${hostname().slice(0, 24)} ${process.pid}.${randomBytes(4).toString('hex')}`;
  const opened = new Map<string, Database>();
  const open = (url: string, poolSize: number) => {
    const known = opened.get(url);
    if (known) return known;
    const database = openDatabase({ url: impatient(url), poolSize, applicationName, log });
    opened.set(url, database);
    return database;
  };
  const control = open(config.CONTROL_DATABASE_URL, OTHER_POOL);
  const legacy = open(config.LEGACY_DATABASE_URL, LEGACY_POOL);
  const placesOf = (move: MoveName): MovePlaces => {
    const { mapping, url } = destinationOf(move);
    return { mapping, legacy, new: open(url(config), OTHER_POOL), control, config };
  };
  const all = DESTINATIONS.map(({ mapping }) => placesOf(mapping.name));
  return {
    config,
    control,
    legacy,
    all,
    placesOf,
    close: async () => {
      await Promise.all([...opened.values()].map((database) => database.close()));
    },
  };
}

/** pg takes what it sends when it connects from the URL, too. */
function impatient(text: string): string {
  const url = new URL(text);
  url.searchParams.set('idle_in_transaction_session_timeout', String(IDLE_IN_TRANSACTION));
  url.searchParams.set('lock_timeout', String(LOCK_TIMEOUT));
  return url.href;
}
