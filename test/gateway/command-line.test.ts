import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HELP } from '../../gateway/arguments.ts';
import { standaloneConfig, VARIABLES } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/server.ts';
import { SupergraphError } from '../../gateway/supergraph/supergraph.ts';
import { shop } from './shop-graph.ts';
import { post, startStandaloneGateway, type TestGateway } from './test-gateway.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';
import { startServerProcess } from '../setup/server-process.ts';

const MAIN = join(import.meta.dirname, '../../gateway/main.ts');
let directory: string;
let other: TestGateway;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gateway-main-'));
  // Its subgraphs and its supergraph serve the processes below.
  other = await startStandaloneGateway(shop);
});
afterAll(async () => {
  await other.close();
  await rm(directory, { recursive: true });
});

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly error: string;
}

const run = (given: string[], environment: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...basicEnvironment(), LOG_LEVEL: 'silent', ...environment };
    execFile(process.execPath, [MAIN, ...given], { env }, (failure, output, error) =>
      resolve({ code: Number(failure?.code ?? 0), output, error }),
    );
  });

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

describe('a supergraph that cannot be used is told in one line', () => {
  const start = async (supergraph: string): Promise<unknown> =>
    startGateway(
      standaloneConfig(
        { supergraph, port: '0', trustOverrideHeader: false },
        { LOG_LEVEL: 'silent' },
      ),
    ).catch((error: unknown) => error);
  const changed = async (name: string, from: RegExp, to: string) =>
    file(name, (await readFile(other.supergraphFile, 'utf8')).replace(from, to));
  const unknownRules = '@link(url: "https://specs.example.com/secret/v0.1", for: SECURITY)';

  const cases: [string, () => Promise<string>, RegExp][] = [
    [
      'a missing file',
      async () => '/nowhere/at/all.graphql',
      /all\.graphql cannot be used: there is no such file/,
    ],
    ['a folder', async () => directory, /it cannot be read \(EISDIR\)/],
    [
      'no GraphQL',
      () => file('a', '{"a": 1}'),
      /not a valid supergraph for this gateway: Syntax Error/,
    ],
    ['an empty file', () => file('b', ''), /not a valid supergraph/],
    ['a plain schema', () => file('c', 'type Query { a: Int }'), /must be a core schema/],
    [
      'rules that it would not enforce',
      () => changed('d', /^schema/m, `schema ${unknownRules}`),
      /secret\/v0\.1 is for: SECURITY but is unsupported/,
    ],
    [
      'a subgraph without an address',
      () => changed('e', /url: "http:[^"]+"/, 'url: ""'),
      /the subgraph "auth" has no address: set SUBGRAPH_AUTH_URL/,
    ],
  ];
  test.each(cases)('%s', async (_what, make, message) => {
    const error = await start(await make());
    expect(error).toBeInstanceOf(SupergraphError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });
});

describe('what cannot start says why and ends with 1', () => {
  test.each([
    [
      ['--supergraph', '/nowhere.graphql'],
      'the supergraph /nowhere.graphql cannot be used: there is no such file',
    ],
    [['--supergraf', 'x'], "Unknown option '--supergraf': see --help."],
    [['--port', '1'], '--port and --trust-override-header need --supergraph FILE: see --help.'],
  ])('%s', async (given, message) => {
    const { code, output, error } = await run(given);
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(error).toContain(`gateway cannot start: ${message}`);
    expect(error.trim().split('\n')).toHaveLength(1);
  });

  test('settings, with every bad one', async () => {
    const { code, error } = await run(['--supergraph', other.supergraphFile], {
      PORT: 'many',
      SUBGRAPH_AUTH_URL: 'nowhere',
      SECRET_KEY: 'short',
      CORS_ORIGINS: 'https://a.example/path',
    });
    expect(code).toBe(1);
    for (const name of [
      'PORT',
      'SUBGRAPH_AUTH_URL',
      'SECRET_KEY',
      'IDENTITY_SECRET',
      'CORS_ORIGINS',
    ]) {
      expect(error).toContain(`- ${name} `);
    }
    expect(error).not.toMatch(/short|\n\s+at /);
  });

  test('our own graph without its secrets', async () => {
    const { code, error } = await run([]);
    expect(code).toBe(1);
    expect(error).toMatch(/IDENTITY_SECRET is not set/);
    // #region monolith
    expect(error).toMatch(/SECRET_KEY is not set[\s\S]*IDENTITY_SECRET is not set/);
    // #endregion monolith
  });
});

test('--help says how it is used', async () => {
  const { code, output } = await run(['--help']);
  expect(code).toBe(0);
  expect(output).toMatch(/--supergraph FILE[\s\S]*--port N[\s\S]*--trust-override-header/);
});

test('--help and the guide to operating name every variable that the gateway reads, and no other', () => {
  const named = new Set(
    HELP.match(
      /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b|\b(?:HOST|PORT|OPERATIONS|SUPERGRAPH|SAFELIST|POLICIES|INTROSPECTION)\b/g,
    ),
  );
  // Spoken of, and none of its own.
  for (const name of ['NAME_FILE', 'USE_NEW_']) named.delete(name);
  expect([...named].toSorted()).toEqual([...VARIABLES].toSorted());
  const guide = readFileSync(join(import.meta.dirname, '../../docs/operating.md'), 'utf8');
  const untold = VARIABLES.filter((name) => !guide.includes(name) && !name.startsWith('USE_NEW_'));
  expect(untold).toEqual([]);
});

test('serves a supergraph, says which implementations it uses, and drains when it is ended', async () => {
  const { url, lines, end } = await startServerProcess(
    [
      'gateway/main.ts',
      '--supergraph',
      other.supergraphFile,
      '--port',
      '0',
      '--trust-override-header',
    ],
    { USE_NEW_AUTH: 'true' },
  );
  const query = '{ me { name } product(id: "p1") { name } }';
  const byTarget = await post(url, { query });
  const byHeader = await post(url, { query }, { 'x-override-labels': 'product' });
  const code = await end();
  expect(byTarget.body.data).toEqual({
    me: { name: 'u1 from auth' },
    product: { name: 'p1 from legacy' },
  });
  expect(byHeader.body.data).toEqual({
    me: { name: 'u1 from legacy' },
    product: { name: 'p1 from catalogue' },
  });
  const said = lines.filter((line) => line.includes('"Using '));
  expect(said).toHaveLength(2);
  expect(said[0]).toContain('"Using NEW auth implementation"');
  expect(said[1]).toContain('"Using OLD product implementation"');
  expect(code).toBe(0);
});

test('another URL of a subgraph is taken from the environment', async () => {
  const url = other.subgraphs['catalogue']?.url as string;
  await other.subgraphs['auth']?.stop();
  const gateway = await startStandaloneGateway(shop, { SUBGRAPH_AUTH_URL: url });
  const { body } = await gateway.graphql('{ me { name } }', {}, { 'x-override-labels': 'auth' });
  await gateway.close();
  // The catalogue has no `me`: the request has gone there.
  expect(body.errors[0].message).toContain('Cannot query field "me"');
});
