import { once } from 'node:events';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
// #region monolith
import { setTimeout as sleep } from 'node:timers/promises';
// #endregion monolith
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
    const bad: readonly [name: string, value: string, rule: string][] = [
      ['GATEWAY_PORT', 'eighty', 'a whole number from 1 to 65535'],
      ['API_MODE', 'half', 'full, store or admin'],
      ['DATABASE_URL', 'mysql://me:hidden@host/db', 'a PostgreSQL URL'],
      ['IDENTITY_SECRET', 'too-short', 'at least 32 characters'],
      // #region monolith
      ['SEED_SCALE', '-1', 'a number above 0'],
      ['USE_NEW_AUTH', 'yes', 'true or false'],
      ['SECRET_KEY', 'too-short', 'at least 32 characters'],
      // #endregion monolith
    ];
    run = site.start(Object.fromEntries(bad.map(([name, value]) => [name, value])));
    expect(await run.ended()).toBe(1);
    const count = `npm start cannot start: ${bad.length} bad environment variable(s)`;
    expect(run.output()).toContain(count);
    for (const [name, , rule] of bad) {
      expect(run.output()).toMatch(new RegExp(`${name} is not valid.*${rule}`));
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
  test('begins in order, gives every server its own settings, and ends in order', async () => {
    run = site.start({ USE_NEW_PRODUCT: 'true', USE_NEW_AI: 'true', SEED_SCALE: '0.5' });
    await run.prints('Ctrl-C ends everything');
    const said = run.output();
    expect(said).toContain('REDIS_URL is not set: caches are kept in memory');
    // #region monolith
    expect(said.indexOf('seeds at scale 0.5')).toBeLessThan(said.indexOf('hands over handover'));
    expect(said).toMatch(/product +NEW +\(USE_NEW_PRODUCT=true\)/);
    expect(said).toMatch(/auth +legacy +\(USE_NEW_AUTH=false\)/);
    expect(said).toMatch(/ai +NEW +\(USE_NEW_AI=true\)/);
    // #endregion monolith

    const auth = await environmentOf(site.ports.AUTH_PORT as string);
    const gateway = await environmentOf(site.ports.GATEWAY_PORT as string);
    expect(new URL(auth.DATABASE_URL as string)).toMatchObject({
      username: 'auth',
      pathname: '/auth',
    });
    expect(gateway.SUBGRAPH_AUTH_URL).toBe(`http://127.0.0.1:${site.ports.AUTH_PORT}/graphql`);
    expect(auth.IDENTITY_SECRET).toBe(gateway.IDENTITY_SECRET);
    // Each is told only what is its own.
    expect(gateway).not.toHaveProperty('DATABASE_URL');
    expect(gateway).not.toHaveProperty('AUTH_PRIVATE_JWK');
    // #region monolith
    const legacy = await environmentOf(site.ports.LEGACY_PORT as string);
    expect(legacy.MONOLITH_URL).toBe(`http://127.0.0.1:${site.ports.MONOLITH_PORT}`);
    expect(legacy).not.toHaveProperty('SECRET_KEY');
    expect(gateway.USE_NEW_PRODUCT).toBe('true');
    // #endregion monolith

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
    const UPLOAD_SECRET = 'a secret of the environment, long enough';
    run = site.start({ UPLOAD_SECRET, AI_API_KEY: 'of the model' });
    await run.prints('Ctrl-C ends everything');
    const reviewer = await environmentOf(site.ports.RESUME_REVIEW_PORT as string);
    expect(reviewer).toMatchObject({ UPLOAD_SECRET, IDENTITY_SECRET: kept.IDENTITY_SECRET });
    expect(reviewer).toMatchObject({ AI_API_KEY: 'of the model' });
    expect(await environmentOf(site.ports.GATEWAY_PORT as string)).not.toHaveProperty('AI_API_KEY');
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
  for (const { name } of SERVERS) expect(run.output()).toContain(`[${name}] warn: drains`);
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

  // #region monolith
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
  // #endregion monolith
});

test('the operations of the welcome are valid operations of our graph', async () => {
  const schema = buildSchema(await readFile('schema/api.graphql', 'utf8'));
  const errors = WELCOME_OPERATIONS.flatMap(({ document }) => validate(schema, parse(document)));
  expect(errors).toEqual([]);
});
