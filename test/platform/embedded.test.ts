import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startEmbeddedPostgres,
  TEST_SETTINGS,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '#platform/database/embedded.ts';
import { commandOf } from '#platform/process-lock.ts';

const SCRIPT = fileURLToPath(new URL('embedded-process.ts', import.meta.url));
const REPOSITORY = dirname(dirname(dirname(SCRIPT)));
const asRoot = process.getuid?.() === 0;
/** An ordinary user that every Unix has. */
const NOBODY = { uid: 65_534, gid: 65_534 };

let folder: string;
const servers: EmbeddedPostgres[] = [];
const processes: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  for (const started of processes.splice(0)) {
    if (started.exitCode !== null || started.signalCode !== null) continue;
    started.kill('SIGTERM');
    await once(started, 'exit');
  }
  for (const server of servers.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    directory: join(folder, 'postgres'),
    settings: TEST_SETTINGS,
    ...options,
  });
  servers.push(server);
  return server;
}

type Report = EmbeddedPostgres & { lines: string[] };

async function startInProcess(
  script: string,
  directory: string,
  options: SpawnOptions = {},
): Promise<{ child: ChildProcess; report: Report }> {
  const child = spawn(process.execPath, [script, directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  processes.push(child);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  if (!child.stdout) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, report: JSON.parse(line) as Report };
  }
  throw new Error(errors);
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a first start gives PostgreSQL 18 on 127.0.0.1 only, and a second start keeps the data', async () => {
  const first = await start();
  await query(first.adminUrl, 'create table kept (id int); insert into kept values (42)');
  const [row] = await query(
    first.adminUrl,
    `select current_setting('server_version_num')::int / 10000 as major,
       current_setting('listen_addresses') as listens,
       current_setting('unix_socket_directories') as sockets`,
  );
  expect(row).toEqual({ major: 18, listens: '127.0.0.1', sockets: '' });
  await first.stop();
  expect(await commandOf(first.pid)).toBe('');

  const second = await start();
  expect(second.replaced).toBe(false);
  expect(await query(second.adminUrl, 'select id from kept')).toEqual([{ id: 42 }]);
});

test('the password is for its owner only, and nobody connects without it', async () => {
  const { adminUrl, directory } = await start();
  const file = join(directory, 'password');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(new URL(adminUrl).password).toBe(await readFile(file, 'utf8'));
  const wrong = Object.assign(new URL(adminUrl), { password: 'wrong' }).href;
  await expect(query(wrong, 'select 1')).rejects.toThrow('password authentication failed');
});

test('the server of a run that was killed is replaced, and what it had committed is there', async () => {
  const directory = join(folder, 'postgres');
  const { child, report } = await startInProcess(SCRIPT, directory);
  await query(report.adminUrl, 'create table kept (id int); insert into kept values (1)');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await commandOf(report.pid)).toContain('postgres');

  const lines: string[] = [];
  const next = await start({ port: report.port, say: (line) => lines.push(line) });
  expect(next.replaced).toBe(true);
  expect(lines).toEqual([expect.stringContaining(`process ${report.pid}`)]);
  expect(await commandOf(report.pid)).toBe('');
  expect(await query(next.adminUrl, 'select id from kept')).toEqual([{ id: 1 }]);
});

test('a server that was killed itself comes back with what it had committed', async () => {
  // Durable, as for `npm start`: the settings for tests would lose the last 200 ms.
  const killed = await start({ settings: {} });
  await query(killed.adminUrl, 'create table kept (id int); insert into kept values (1)');
  process.kill(killed.pid, 'SIGKILL');
  await killed.stop();
  const next = await start();
  expect(await query(next.adminUrl, 'select id from kept')).toEqual([{ id: 1 }]);
});

test('a process id file that now names some other program does not stop a start', async () => {
  const first = await start();
  await first.stop();
  // This test process stands for a program that was given the id of the dead server.
  await writeFile(
    join(first.directory, 'data', 'postmaster.pid'),
    `${process.pid}\n${join(first.directory, 'data')}\n`,
  );
  await expect(start()).resolves.toMatchObject({ replaced: false });
});

test('a directory that another live run uses is refused, and that run is named', async () => {
  await start();
  await expect(start()).rejects.toThrow(
    new RegExp(`in use by process ${process.pid}.*use another directory`),
  );
});

test('a port that is taken is refused before anything starts, and the error says what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  try {
    await expect(start({ port })).rejects.toThrow(
      new RegExp(`port ${port} of 127\\.0\\.0\\.1 \\(EADDRINUSE\\).*POSTGRES_PORT`),
    );
  } finally {
    other.close();
  }
  // The failed try has let go of the directory.
  await start();
});

test('data of another major version is refused, and left alone', async () => {
  const first = await start();
  await first.stop();
  await writeFile(join(first.directory, 'data', 'PG_VERSION'), '15\n');
  await expect(start()).rejects.toThrow(/written by PostgreSQL 15, and this is PostgreSQL 18/);
  expect(await readFile(join(first.directory, 'data', 'PG_VERSION'), 'utf8')).toBe('15\n');
});

test('a first start that was interrupted leaves nothing that the next one trips over', async () => {
  await mkdir(join(folder, 'postgres', 'data.incoming', 'data'), { recursive: true });
  await writeFile(join(folder, 'postgres', 'data.incoming', 'data', 'PG_VERSION'), '18\n');
  const { adminUrl } = await start();
  expect(await query(adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('a server that cannot start says so with the last lines of its log', async () => {
  await expect(
    startEmbeddedPostgres({
      directory: join(folder, 'postgres'),
      settings: { ...TEST_SETTINGS, max_connections: 'many' },
    }),
  ).rejects.toThrow(/did not start: it ended with code 1[^]*invalid value.*max_connections/);
});

describe.runIf(asRoot)('as root', () => {
  test('the server runs as an ordinary user', async () => {
    const { pid } = await start();
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    expect(status).not.toMatch(/^Uid:\s+0\s/m);
  });

  test('an ordinary user starts a server as itself', async () => {
    const directory = join(folder, 'postgres');
    await mkdir(directory);
    await chown(directory, NOBODY.uid, NOBODY.gid);
    // A copy that anybody can reach: the repository may lie below /root.
    const script = await copyProgram(folder);
    const { report } = await startInProcess(script, directory, { ...NOBODY, cwd: folder });
    expect(report.directory).toBe(directory);
    expect((await stat(join(directory, 'data'))).uid).toBe(NOBODY.uid);
    expect(await query(report.adminUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  test('in a home that others cannot enter, data and programs go elsewhere, aloud, and the home stays closed', async () => {
    const home = join(folder, 'home');
    await mkdir(home, { mode: 0o700 });
    const script = await copyProgram(home);
    const asked = join(home, 'data', 'postgres');
    const { child, report } = await startInProcess(script, asked);
    try {
      expect(report.directory).toMatch(/^\/var\/lib\/embedded-postgres\/.*embedded-/);
      expect(report.lines.join('\n')).toContain(`data is kept in ${report.directory}`);
      expect(await commandOf(report.pid)).toMatch(/^\/var\/lib\/embedded-postgres\/programs-/);
      expect((await stat(home)).mode & 0o777).toBe(0o700);
      child.kill('SIGTERM');
      await once(child, 'exit');
      const again = await startInProcess(script, asked);
      expect(again.report.directory).toBe(report.directory);
      again.child.kill('SIGTERM');
      await once(again.child, 'exit');
    } finally {
      await rm(report.directory, { recursive: true, force: true });
    }
  });
});

/** Copies what embedded-process.ts needs, as a repository of its own. @returns the script in the copy */
async function copyProgram(to: string): Promise<string> {
  const copy = join(to, 'repository');
  const packages =
    'embedded-postgres @embedded-postgres async-exit-hook pg pg-connection-string pg-int8 pg-pool pg-protocol ' +
    'pg-types pgpass postgres-array postgres-bytea postgres-date postgres-interval split2 xtend';
  const needed = [
    'package.json',
    'platform',
    'test/platform/embedded-process.ts',
    ...packages.split(' ').map((name) => `node_modules/${name}`),
  ];
  for (const path of needed) {
    await cp(join(REPOSITORY, path), join(copy, path), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  return join(copy, 'test', 'platform', 'embedded-process.ts');
}
