import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { commandOf } from '#platform/process-lock.ts';
import { EmbeddedPostgresError } from './error.ts';
import type { SystemUser } from './system-user.ts';

/** Milliseconds until a server must answer: it may have to replay a long log after a crash. */
const START_LIMIT = 60_000;
/** What a stop tries in turn: roll back and end, end at once, end by force; each with the milliseconds it may take. */
const STOP_STEPS = [
  ['SIGINT', 15_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const;

/** The id of the server that works on a data directory; undefined where none lives. */
export async function findServer(data: string): Promise<number | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number(text.split('\n')[0]);
  return (await isServer(pid, data)) ? pid : undefined;
}

async function isServer(pid: number, data: string): Promise<boolean> {
  const command = await commandOf(pid);
  return command.includes('postgres') && command.includes(`-D ${data} `);
}

/**
 * Ends a server: gracefully, else by force.
 * @throws EmbeddedPostgresError when it may not be ended (it belongs to another user)
 */
export async function endServer(pid: number, data: string): Promise<void> {
  for (const [signal, limit] of STOP_STEPS) {
    const deadline = Date.now() + limit;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw new EmbeddedPostgresError(
        `the PostgreSQL server with process id ${pid} works on ${data} and cannot be ended (${(error as Error).message}): end it yourself`,
      );
    }
    while (Date.now() < deadline) {
      if (!(await isServer(pid, data))) return;
      await sleep(20);
    }
  }
}

/**
 * Forgets a postmaster.pid whose process id now belongs to some other program (ids start again after a reboot
 * or in a new container): PostgreSQL would take that program for a server and refuse to start.
 * The file of a dead server stays, because PostgreSQL checks by it that no orphan still uses the data.
 */
export async function forgetForeignPidFile(data: string): Promise<void> {
  const file = join(data, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return;
  const pid = Number(text.split('\n')[0]);
  let exists = true;
  try {
    process.kill(pid, 0);
  } catch (error) {
    exists = (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
  if (exists && !(await isServer(pid, data))) await rm(file);
}

/** A port of 127.0.0.1 that is free now. @throws EmbeddedPostgresError when `wanted` is taken */
export async function freePort(wanted: number | undefined): Promise<number> {
  const probe = createServer();
  try {
    probe.listen(wanted ?? 0, '127.0.0.1');
    await once(probe, 'listening');
    return (probe.address() as { port: number }).port;
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL cannot listen on port ${wanted} of 127.0.0.1 (${(error as NodeJS.ErrnoException).code}): ` +
        'another program uses it. End that program, or choose another port (POSTGRES_PORT for `npm start`).',
    );
  } finally {
    probe.close();
  }
}

export interface ServerStart {
  readonly program: string;
  readonly data: string;
  readonly logFile: string;
  readonly port: number;
  readonly settings: Readonly<Record<string, string>>;
  readonly user: SystemUser;
  readonly adminUrl: string;
}

/** A server that answers. */
export interface StartedServer {
  readonly pid: number;
  /** Resolves when it ends, whoever ended it, with how. */
  readonly ended: Promise<string>;
}

/**
 * Starts a server and waits until it answers.
 *
 * @throws EmbeddedPostgresError with the last lines of its log when it ends instead
 */
export async function startServer(start: ServerStart): Promise<StartedServer> {
  const flags = Object.entries({
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    ...start.settings,
  }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(start.logFile, 'w', 0o600);
  const server = spawn(start.program, ['-D', start.data, '-p', String(start.port), ...flags], {
    ...start.user,
    cwd: '/',
    // Its own session: a Ctrl-C in the terminal must reach us only, since the database ends last.
    detached: true,
    // A file and not a pipe: the server outlives a run that was killed.
    stdio: ['ignore', log.fd, log.fd],
  });
  const ended = new Promise<string>((resolve) => {
    server.once('error', (error) => resolve(`cannot be run (${error.message})`));
    server.once('exit', (code, signal) => resolve(`ended with ${signal ?? `code ${code}`}`));
  });
  server.unref();
  await log.close();
  const failure = await Promise.race([ended, answers(start.adminUrl)]);
  if (failure === undefined) return { pid: server.pid as number, ended };
  server.kill('SIGQUIT');
  const tail = (await readFile(start.logFile, 'utf8')).trim().split('\n').slice(-12).join('\n  ');
  throw new EmbeddedPostgresError(
    `PostgreSQL did not start: it ${failure}. The end of ${start.logFile}:\n  ${tail}`,
  );
}

async function answers(adminUrl: string): Promise<string | undefined> {
  const deadline = Date.now() + START_LIMIT;
  let last = '';
  while (Date.now() < deadline) {
    const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return undefined;
    } catch (error) {
      last = (error as Error).message;
      // 28xxx: a wrong password will not become right.
      if (String((error as { code?: string }).code).startsWith('28')) return `refuses us (${last})`;
      await sleep(25);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return `did not answer within ${START_LIMIT / 1000} s (${last})`;
}
