import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SERVERS } from '#platform/start/processes.ts';
import { WELCOME_OPERATIONS } from '#platform/start/welcome.ts';
import type { Run } from '../setup/start-run.ts';
import { standIn, type StandIn } from './start-stand-in.ts';

let site: StandIn;
let run: Run | undefined;

beforeAll(async () => {
  site = await standIn();
});

afterEach(async () => {
  if (run?.child.exitCode === null && run.child.signalCode === null) {
    run.child.kill('SIGTERM');
    await run.ended();
  }
});

afterAll(() => site.remove());

async function isAnswering(port: string): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function environmentOf(port: string): Promise<Record<string, string>> {
  const answer = await fetch(`http://127.0.0.1:${port}/environment`);
  return (await answer.json()) as Record<string, string>;
}

async function nothingAnswers(): Promise<void> {
  const answers = await Promise.all(Object.values(site.ports).map(isAnswering));
  expect(answers).toEqual(answers.map(() => false));
}

describe('before anything starts', () => {
  test('every bad variable is named at once, without its value', async () => {
    run = site.start({
      GATEWAY_PORT: 'eighty',
      SEED_SCALE: '-1',
      API_MODE: 'half',
      USE_NEW_AUTH: 'yes',
      DATABASE_URL: 'mysql://me:hidden@host/db',
      SECRET_KEY: 'too-short',
    });
    expect(await run.ended()).toBe(1);
    expect(run.output()).toContain('npm start cannot start: 6 bad environment variable(s)');
    for (const expected of [
      /GATEWAY_PORT is not valid.*a whole number from 1 to 65535/,
      /SEED_SCALE is not valid.*a number above 0/,
      /API_MODE is not valid.*full, store or admin/,
      /USE_NEW_AUTH is not valid.*true or false/,
      /DATABASE_URL is not valid.*a PostgreSQL URL/,
      /SECRET_KEY is not valid.*at least 32 characters/,
    ]) {
      expect(run.output()).toMatch(expected);
    }
    expect(run.output()).not.toMatch(/hidden|too-short|at .*\.ts:\d+/);
    await expect(stat(join(site.root, '.data'))).rejects.toThrow('ENOENT');
  });

  test('ports that are in use are all named, with the variables that move them', async () => {
    const others = [createServer(), createServer()];
    const taken = ['GATEWAY_PORT', 'AUTH_PORT'];
    for (const [index, other] of others.entries()) {
      other.listen(Number(site.ports[taken[index] as string]), '127.0.0.1');
      await once(other, 'listening');
    }
    run = site.start();
    expect(await run.ended()).toBe(1);
    for (const other of others) other.close();
    for (const variable of taken) {
      const port = site.ports[variable] as string;
      expect(run.output()).toMatch(
        new RegExp(`port ${port} of 127\\.0\\.0\\.1, for \\w+, is in use.*${variable}`),
      );
    }
    expect(run.output()).toMatch(/move ours, for example: GATEWAY_PORT=\d+ npm start/);
    await expect(stat(join(site.root, '.data', 'postgres'))).rejects.toThrow('ENOENT');
  });

  test('the same port for two processes is refused', async () => {
    run = site.start({ AUTH_PORT: site.ports.PRODUCT_PORT as string });
    expect(await run.ended()).toBe(1);
    expect(run.output()).toMatch(/PRODUCT_PORT and AUTH_PORT are both \d+/);
  });

  test('a database server that cannot be reached is named, with what to do', async () => {
    run = site.start({ DATABASE_URL: 'postgres://me:hidden@127.0.0.1:9/postgres' });
    expect(await run.ended()).toBe(1);
    expect(run.output()).toMatch(/cannot connect to PostgreSQL at 127\.0\.0\.1:9\/postgres as me/);
    expect(run.output()).not.toMatch(/hidden|at .*\.ts:\d+/);
  });
});

describe('a run', () => {
  test('seeds, hands over, starts every server with its own settings, and ends them in order', async () => {
    run = site.start({ USE_NEW_PRODUCT: 'true', USE_NEW_AI: 'true', SEED_SCALE: '0.5' });
    await run.prints('Ctrl-C ends everything');
    const said = run.output();
    expect(said).toContain('REDIS_URL is not set: caches are kept in memory');
    expect(said.indexOf('seeds at scale 0.5')).toBeLessThan(said.indexOf('hands over handover'));
    expect(said).toMatch(/product +NEW +\(USE_NEW_PRODUCT=true\)/);
    expect(said).toMatch(/auth +legacy +\(USE_NEW_AUTH=false\)/);
    expect(said).toMatch(/ai +NEW +\(USE_NEW_AI=true\)/);

    const auth = await environmentOf(site.ports.AUTH_PORT as string);
    const gateway = await environmentOf(site.ports.GATEWAY_PORT as string);
    const legacy = await environmentOf(site.ports.LEGACY_PORT as string);
    expect(new URL(auth.DATABASE_URL as string)).toMatchObject({
      username: 'auth',
      pathname: '/auth',
    });
    expect(legacy.MONOLITH_URL).toBe(`http://127.0.0.1:${site.ports.MONOLITH_PORT}`);
    expect(gateway).toMatchObject({
      USE_NEW_PRODUCT: 'true',
      SUBGRAPH_AUTH_URL: `http://127.0.0.1:${site.ports.AUTH_PORT}/graphql`,
    });
    expect(auth.IDENTITY_SECRET).toBe(gateway.IDENTITY_SECRET);
    // Each is told only what is its own.
    expect(gateway).not.toHaveProperty('DATABASE_URL');
    expect(gateway).not.toHaveProperty('AUTH_PRIVATE_JWK');
    expect(legacy).not.toHaveProperty('SECRET_KEY');

    run.child.kill('SIGINT');
    expect(await run.ended()).toBe(0);
    const order = [...run.output().matchAll(/\[([\w-]+)\] warn: drains/g)].map(([, name]) => name);
    expect(order).toEqual(SERVERS.map(({ name }) => name).toReversed());
    await nothingAnswers();
  });

  test('the next run has the same secrets, and those of the environment win', async () => {
    const file = join(site.root, '.data', 'secrets.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const kept = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    const SECRET_KEY = 'a secret of the environment, long enough';
    run = site.start({ SECRET_KEY });
    await run.prints('Ctrl-C ends everything');
    const gateway = await environmentOf(site.ports.GATEWAY_PORT as string);
    expect(gateway).toMatchObject({ SECRET_KEY, IDENTITY_SECRET: kept.IDENTITY_SECRET });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(kept);
  });

  test('a second run beside it is refused, and told which process to end', async () => {
    run = site.start();
    await run.prints('Ctrl-C ends everything');
    const second = site.start();
    expect(await second.ended()).toBe(1);
    expect(second.output()).toContain(`npm start runs already, as process ${run.child.pid}`);
    expect(await isAnswering(site.ports.GATEWAY_PORT as string)).toBe(true);
  });

  test('a server that dies is said aloud and comes back', async () => {
    await site.program(
      'auth',
      `${await readFile(join(site.root, 'subgraphs/product/main.ts'), 'utf8')}
       if (process.env.AUTH_PRIVATE_JWK) setTimeout(() => { throw new Error('out of luck'); }, 2_000);`,
    );
    run = site.start();
    await run.prints('auth ended with code 1. It is started again in 0.5 s. Its last lines:');
    expect(run.output()).toContain('out of luck');
    await run.prints('auth is back');
    expect(await isAnswering(site.ports.AUTH_PORT as string)).toBe(true);
  });

  test('when npm start itself is killed its servers end by themselves, and the next run starts', async () => {
    await site.program(
      'auth',
      await readFile(join(site.root, 'subgraphs/product/main.ts'), 'utf8'),
    );
    run = site.start();
    await run.prints('Ctrl-C ends everything');
    run.child.kill('SIGKILL');
    await run.ended();
    run = site.start();
    await run.prints('Ending the PostgreSQL server');
    await run.prints('Ctrl-C ends everything');
    expect(await isAnswering(site.ports.GATEWAY_PORT as string)).toBe(true);
  });
});

test('when npm is ended by a SIGTERM, which it does not pass on, everything ends', async () => {
  run = site.start({ npm_lifecycle_event: 'start' }, [
    'sh',
    '-c',
    'node platform/start/main.ts; true',
  ]);
  await run.prints('Ctrl-C ends everything');
  run.child.kill('SIGTERM');
  // The output is closed by the last process that holds it.
  await run.ended();
  expect(run.output()).toContain('[monolith] warn: drains');
  expect(await isAnswering(site.ports.GATEWAY_PORT as string)).toBe(false);
});

test('when whoever read its output ends, everything ends', async () => {
  run = site.start({}, ['sh', '-c', 'node platform/start/main.ts | head -n 3']);
  // The output is closed by `head`; the shell ends with the last of the two.
  expect(await run.ended()).toBe(0);
  expect(run.output().trim().split('\n').length).toBeLessThanOrEqual(3);
  await nothingAnswers();
  const pidFile = join(site.root, '.data', 'postgres', 'data', 'postmaster.pid');
  await expect(stat(pidFile)).rejects.toThrow('ENOENT');
});

describe('a start that fails', () => {
  test('a server that cannot start ends everything, and is named with its last lines', async () => {
    await site.program('product', `throw new Error('no catalogue here');`);
    run = site.start();
    expect(await run.ended()).toBe(1);
    expect(run.output()).toMatch(
      /product ended with code 1, 3 times\. Its last lines:[^]*no catalogue/,
    );
    expect(run.output()).toContain('[gateway] warn: drains');
    await nothingAnswers();
  });

  test('a seed that fails ends everything, and has said why', async () => {
    await site.program('seed', `console.error('no more seeds'); process.exit(3);`);
    run = site.start();
    expect(await run.ended()).toBe(1);
    expect(run.output()).toMatch(
      /\[seed\] no more seeds[^]*seed \(.*\) ended with code 3: it says why above/,
    );
    await nothingAnswers();
  });

  test('Ctrl-C while it seeds ends the seed and the database', async () => {
    await site.program('seed', `console.log('seeds'); setInterval(() => {}, 1_000);`);
    run = site.start();
    await run.prints('[seed] seeds');
    run.child.kill('SIGINT');
    await sleep(50);
    // npm passes the same Ctrl-C on once more: it is not a second one.
    run.child.kill('SIGINT');
    expect(await run.ended()).toBe(0);
    expect(run.output()).not.toContain('at once');
    const pidFile = join(site.root, '.data', 'postgres', 'data', 'postmaster.pid');
    await expect(stat(pidFile)).rejects.toThrow('ENOENT');
  });
});

test('the operations of the welcome are valid operations of our graph', async () => {
  const schema = buildSchema(await readFile('schema/api.graphql', 'utf8'));
  const errors = WELCOME_OPERATIONS.flatMap(({ document }) => validate(schema, parse(document)));
  expect(errors).toEqual([]);
});
