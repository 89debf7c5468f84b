import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
// #region monolith
import { sql } from 'drizzle-orm';
// #endregion monolith
import { startEmbeddedPostgres } from '#platform/database/embedded.ts';
// #region monolith
import { openDatabase } from '#platform/database/pool.ts';
// #endregion monolith
import { provisionDatabases } from '#platform/database/provision.ts';
// #region monolith
import { createLog } from '#platform/log.ts';
import { readMoveSnapshot, type MoveSnapshot } from '#platform/moves/move-state.ts';
// #endregion monolith
import type { StartSettings } from './config.ts';
import { followOutput } from './output.ts';
import { serversOf } from './processes.ts';
// #region monolith
import { tasksBefore } from './processes.ts';
import { runTask } from './run-task.ts';
// #endregion monolith
import { loadSecrets } from './secrets.ts';
import { StartError, supervise, type Supervised } from './supervise.ts';

/** The machine on which everything is brought up. */
export interface Site {
  /** The repository. */
  readonly root: string;
  /** The folder where data is kept, absolute. */
  readonly dataDirectory: string;
  readonly settings: StartSettings;
  readonly say: (line: string) => void;
  /** Aborts when somebody wants everything to end. */
  readonly stop: AbortSignal;
  /** Whatever is started is put here; disposing it ends all, the last started first. */
  readonly running: AsyncDisposableStack;
  /** What ends a thing at once, for somebody who does not want to wait. */
  readonly killers: (() => void)[];
}

/** Everything, once it is up. */
export interface BroughtUp {
  /** Rejects when something ends that cannot be started again. */
  readonly broken: Promise<never>;
  // #region monolith
  /** How far each move is; none where nothing has recorded it. */
  readonly moves: MoveSnapshot['moves'];
  // #endregion monolith
}

/**
 * Brings everything up, and returns when all servers are ready.
 *
 * @throws whatever failed first: its message says which part, why, and what to do
 */
export async function bringUp(site: Site): Promise<BroughtUp> {
  const { settings, dataDirectory, stop, say } = site;
  const secrets = await loadSecrets(join(dataDirectory, 'secrets.json'), settings);
  const { adminUrl, broken } = await openServer(site);
  stop.throwIfAborted();
  const databases = await provisionDatabases(adminUrl, secrets.databasePasswords);
  const surroundings = { settings, secrets, databases, dataDirectory };
  const logs = join(dataDirectory, 'logs');
  await mkdir(logs, { recursive: true });
  const outputOf = (name: string, showPlain: boolean) => {
    const file = createWriteStream(join(logs, `${name}.log`));
    file.on('error', (error) => say(`The log of ${name} cannot be written: ${error.message}`));
    return followOutput(name, file, say, showPlain);
  };
  // #region monolith
  for (const task of tasksBefore(surroundings)) {
    stop.throwIfAborted();
    await runTask(site.root, task, outputOf(task.name, true), stop);
  }
  // #endregion monolith
  // All at once: the gateway does not need its subgraphs in order to start, and the machine has few cores.
  const servers = serversOf(surroundings).map((server) =>
    keep(site, supervise(site.root, server, outputOf(server.name, false), say)),
  );
  await Promise.race([Promise.all(servers.map(({ ready }) => ready)), broken, aborted(stop)]);
  return {
    broken,
    // #region monolith
    moves: await recordedMoves(databases.control),
    // #endregion monolith
  };
}

// #region monolith
async function recordedMoves(url: string): Promise<MoveSnapshot['moves']> {
  const log = createLog('start', 'silent');
  const control = openDatabase({ url, poolSize: 1, applicationName: 'start', log });
  try {
    const { rows } = await control.db.execute(
      sql`select to_regclass('move_state') is not null as recorded`,
    );
    return rows[0]?.['recorded'] ? (await readMoveSnapshot(control.db)).moves : new Map();
  } finally {
    await control.close();
  }
}
// #endregion monolith

function keep(site: Site, server: Supervised): Supervised {
  site.running.defer(() => server.stop());
  site.killers.push(() => server.kill());
  return server;
}

/** The PostgreSQL server of DATABASE_URL, else an embedded one. */
async function openServer(site: Site): Promise<{ adminUrl: string; broken: Promise<never> }> {
  const { settings, dataDirectory, say } = site;
  if (settings.DATABASE_URL) {
    return { adminUrl: settings.DATABASE_URL, broken: new Promise<never>(() => {}) };
  }
  const server = await startEmbeddedPostgres({
    directory: join(dataDirectory, 'postgres'),
    port: settings.POSTGRES_PORT,
    settings: { max_connections: '250' },
    say,
  });
  site.running.defer(() => server.stop());
  site.killers.push(() => server.kill());
  const broken = server.broken.then((why) => {
    throw new StartError(`PostgreSQL ${why}: see ${join(server.directory, 'server.log')}`);
  });
  broken.catch(() => {});
  return { adminUrl: server.adminUrl, broken };
}

/** Rejects when somebody wants everything to end. */
export function aborted(stop: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const refuse = () => reject(stop.reason as Error);
    if (stop.aborted) refuse();
    else stop.addEventListener('abort', refuse, { once: true });
  });
}
