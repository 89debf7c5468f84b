import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres, TEST_SETTINGS } from '#platform/database/embedded.ts';
import { provisionDatabases, SERVICE_DATABASES } from '#platform/database/provision.ts';
import type { ServiceUrls } from './templates.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The test run's server, as superuser. */
    adminUrl: string;
    /** The template databases, each as the role that owns it. */
    templateUrls: ServiceUrls;
    /** Whether the lines that run are counted. */
    isCounted: boolean;
  }
}

/** The password of every role of a test run; its server is only reachable from this machine. */
const PASSWORD = 'test-password';
/** Beside the packages, as all that one run leaves for the next. */
const COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/compile');
const QUICK_IMPORTS = new URL('../../platform/start/quick-imports.js', import.meta.url).href;

/** Starts one PostgreSQL for the whole run; returns what ends it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  process.env.NODE_COMPILE_CACHE ??= COMPILE_CACHE;
  process.env.NODE_OPTIONS ??= `--import ${QUICK_IMPORTS}`;
  const directory = await mkdtemp(join(tmpdir(), 'strangler-graph-test-'));
  // PostgreSQL's user must get in when we are root; mkdtemp keeps everybody else out.
  await chmod(directory, 0o755);
  const server = await startEmbeddedPostgres({
    directory: join(directory, 'postgres'),
    settings: { ...TEST_SETTINGS, shared_buffers: '256MB', autovacuum: 'off' },
  });
  const guard = endWithThisProcess(server.pid, directory);
  const passwords = Object.fromEntries(SERVICE_DATABASES.map((name) => [name, PASSWORD]));
  await query(server.adminUrl, 'create table built_template (name text primary key)');
  project.provide('isCounted', project.vitest.config.coverage.enabled);
  project.provide('adminUrl', server.adminUrl);
  project.provide(
    'templateUrls',
    await provisionDatabases(server.adminUrl, passwords as Record<keyof ServiceUrls, string>),
  );
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
    guard.kill('SIGKILL');
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/**
 * A shell that holds one end of a pipe: when this process ends, however it ends, the pipe closes, and the
 * shell ends the server and removes its data. So an interrupted run leaves nothing behind.
 */
function endWithThisProcess(pid: number, directory: string) {
  const script = 'read -r _; kill -QUIT "$1"; while kill -0 "$1"; do sleep 0.1; done; rm -rf "$2"';
  const guard = spawn('sh', ['-c', script, 'guard', String(pid), directory], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  guard.unref();
  (guard.stdin as unknown as { unref(): void }).unref();
  return guard;
}
