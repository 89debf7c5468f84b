import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, TEST_SETTINGS } from '#platform/database/embedded.ts';
import { migrateControl } from '../../platform/moves/control-database.ts';
import { drawPort } from '../../setup/ports.ts';
import type { Outage } from './outages.ts';

/** A control database on a server of its own, which can be killed, or stopped, and come back. */
export interface ControlServer extends Outage {
  readonly url: string;
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function startControlServer(): Promise<ControlServer> {
  const directory = await mkdtemp(join(tmpdir(), 'control-'));
  // PostgreSQL's user must get in when we are root.
  await chmod(directory, 0o755);
  const port = await drawPort();
  const start = () =>
    startEmbeddedPostgres({
      directory: join(directory, 'postgres'),
      port,
      settings: TEST_SETTINGS,
    });
  let server = await start();
  await migrateControl(server.adminUrl);
  return {
    name: 'the control database',
    url: server.adminUrl,
    kill: async () => server.kill(),
    stop: () => server.stop(),
    restart: async () => {
      server = await start();
    },
    async close() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
