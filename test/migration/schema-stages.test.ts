import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { createControlDatabase, writeState } from '../platform/moves/control-database.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

let control: string;
beforeAll(async () => {
  control = await createControlDatabase();
  await writeState(control, 'auth', { stage: 'sealed', readPercent: 100, writePercent: 100 });
  await writeState(control, 'product', { stage: 'canary', readPercent: 10 });
});

/** Runs `npm run schema -- moves` on our own graph. */
async function moves(options: readonly string[], variables: Record<string, string> = {}) {
  const args = ['schema/main.ts', 'moves', ...options];
  const env = { ...basicEnvironment(), ...variables };
  return promisify(execFile)(process.execPath, args, { env }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      err: error.stderr,
    }),
  );
}

test('the stages of the moves are read from control', async () => {
  const { code, out } = await moves(['--stages', 'control'], { CONTROL_DATABASE_URL: control });
  expect(out).toMatch(/^ {2}auth +sealed, \d+ fields to auth.*@override can be removed$/m);
  expect(out).toMatch(/^ {2}product +canary, \d+ fields to product, \d+ operations depend on it$/m);
  expect(out).toMatch(/^ {2}order +legacy, /m);
  expect(out).not.toContain('stages are not known');
  expect(out).toContain('The move auth is sealed');
  expect(code).toBe(0);
});

test('where nobody has looked, that is said', async () => {
  const { out } = await moves(['--sealed', 'auth']);
  expect(out).toMatch(/^ {2}auth +sealed, /m);
  expect(out).toContain('stages are not known');
});

const on = async (url: string | Promise<string>) => ({ CONTROL_DATABASE_URL: await url });

test.each([
  [
    'npm start has never run, and no database is named',
    () => ({ DATA_DIRECTORY: '/never/ran/here' }),
    'npm start has never run with its data in /never/ran/here',
  ],
  [
    'the database is away',
    () => on('postgres://127.0.0.1:1/control'),
    'does not answer (ECONNREFUSED)',
  ],
  ['it is another one', () => on(createEmptyDatabase()), 'has no stages of moves'],
])('where %s, one line says so', async (_what, variables, message) => {
  const { code, err } = await moves(['--stages', 'control'], await variables());
  expect(err).toContain(message);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(2);
});
