import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { startEmbeddedPostgres, TEST_SETTINGS } from '#platform/database/embedded.ts';
import { provisionDatabases } from '#platform/database/provision.ts';
import { readStartSettings } from '#platform/start/config.ts';
import { loadSecrets } from '#platform/start/secrets.ts';
import { runMoveCommand } from '../../../migration/commands/run.ts';
import { migrateControl, query } from '../../platform/moves/control-database.ts';
import { createEmptyDatabase } from '../../setup/databases.ts';
import { drawPort } from '../../setup/ports.ts';
import { basicEnvironment } from '../../setup/basic-environment.ts';

const MAIN = fileURLToPath(new URL('../../../migration/main.ts', import.meta.url));

/** Runs the command as a process of its own, as `npm run move -- …` does. */
async function runProcess(words: string[], variables: Record<string, string>) {
  const env = { ...basicEnvironment(), ...variables };
  return promisify(execFile)(process.execPath, [MAIN, 'move', ...words], { env }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      stdout,
      stderr,
    }),
  );
}

/** Runs the command within this process. @returns what it said */
async function move(words: string[], variables: Record<string, string>): Promise<string> {
  const said: string[] = [];
  await runMoveCommand(words, (text) => said.push(text), variables);
  return said.join('\n');
}

describe('the database', () => {
  test('is found where npm start runs on this machine, also on a port of its own', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'move-command-'));
    await chmod(directory, 0o755);
    const server = await startEmbeddedPostgres({
      directory: join(directory, 'postgres'),
      settings: TEST_SETTINGS,
    });
    const variables = { DATA_DIRECTORY: directory };
    const secrets = await loadSecrets(
      join(directory, 'secrets.json'),
      readStartSettings(variables),
    );
    const { control } = await provisionDatabases(server.adminUrl, secrets.databasePasswords);
    await expect(move(['status'], variables)).rejects.toThrow(
      'the control database has no states of moves yet: npm start',
    );
    await migrateControl(control);
    const words = ['set', 'order', '--read-percent', '10'];
    await expect(move(words, variables)).rejects.toThrow('nobody has recorded order yet');
    await query(
      control,
      `insert into move_state values ('order', 'canary', 5, 0, 0, now(), 'a test')`,
    );
    const { code, stdout } = await runProcess(words, variables);
    expect([code, stdout]).toEqual([0, expect.stringContaining('order: reads 5% new -> 10% new')]);
    const elsewhere = { DATABASE_URL: server.adminUrl, ...variables };
    expect(await move(['status'], elsewhere)).toContain('10% new');
    await server.stop();
    const port = String(await drawPort());
    await expect(move(['status'], { ...variables, POSTGRES_PORT: port })).rejects.toThrow(
      /the control database at 127.0.0.1:\d+\/control does not answer \(.*ECONNREFUSED.*Start it with npm start/,
    );
    await rm(directory, { recursive: true, force: true });
  });

  test('that is nowhere is said to be so, and what to do, without a stack trace', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'move-command-'));
    const { code, stderr } = await runProcess(['status'], { DATA_DIRECTORY: directory });
    await rm(directory, { recursive: true });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `move failed: npm start has never run with its data in ${directory}. Run it; or name its folder with DATA_DIRECTORY; or set CONTROL_DATABASE_URL to the database of another installation\n`,
    );
  });

  test('of CONTROL_DATABASE_URL that does not answer, or is another, is said to be so', async () => {
    const statusOf = (control: string) => move(['status'], { CONTROL_DATABASE_URL: control });
    const away = `127.0.0.1:${await drawPort()}/control`;
    const problem = await statusOf(`postgres://me:hidden@${away}`).catch(String);
    expect(problem).toContain(`the control database at ${away} does not answer`);
    expect(problem).toContain('Check CONTROL_DATABASE_URL, and whether the server runs');
    expect(problem).not.toContain('hidden');
    await expect(statusOf(await createEmptyDatabase())).rejects.toThrow(
      'the control database has no states of moves yet',
    );
    await expect(statusOf('mysql://host/db')).rejects.toThrow('CONTROL_DATABASE_URL is not valid');
  });
});

test('move alone prints how it is called, and ends with 2', async () => {
  const { code, stderr } = await runProcess([], {});
  expect(code).toBe(2);
  expect(stderr).toContain('set <move> --read-percent');
});
