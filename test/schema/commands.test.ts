import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildSchema, graphqlSync } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../../schema/main.ts');
const run = promisify(execFile);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schema-commands-'));
  await write('schema/supergraph.yaml', CONFIG);
  await write(
    'schema/contracts.yaml',
    'contracts: { store: { exclude: [admin], clients: [store] } }',
  );
  await write(
    'schema/policy.yaml',
    'usage: { operations: schema/operations }\nrules: { description-missing: off }',
  );
  await write('subgraphs/product.graphql', PRODUCT);
  await write('subgraphs/auth.graphql', AUTH);
  await write(
    'schema/operations/store/page.graphql',
    'query Page {\n  product(id: 1) { id name }\n}',
  );
  await schema('compose');
  await run('git', ['init', '-q', '-b', 'main'], { cwd: folder });
  await git('add', '-A');
  await git('commit', '-q', '-m', 'first');
});
afterAll(() => rm(folder, { recursive: true }));

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag"])\n';
const PRODUCT = `${LINK}type Query { product(id: ID!): Product }\ntype Product @key(fields: "id") {\n  id: ID!\n  name: String\n  sku: String\n}\n`;
const AUTH = `${LINK}type Query { me: User }\ntype User @key(fields: "id") { id: ID! mail: String @tag(name: "admin") }\n`;
const CONFIG = `subgraphs:
  product: { routing_url: "http://127.0.0.1:1/graphql", schema: { file: ../subgraphs/product.graphql } }
  auth: { routing_url: "http://127.0.0.1:2/graphql", schema: { file: ../subgraphs/auth.graphql } }
`;

async function write(file: string, text: string): Promise<void> {
  const path = join(folder, file);
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, text);
}

function git(...args: string[]) {
  return run('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: folder,
  });
}

/** Runs a command in the folder. */
async function schema(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [MAIN, ...args], { cwd: folder });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

/** Writes a file, does something, and puts the file back. */
async function having<T>(file: string, text: string, work: () => Promise<T>): Promise<T> {
  const before = await readFile(join(folder, file), 'utf8');
  await write(file, text);
  try {
    return await work();
  } finally {
    await write(file, before);
  }
}

test.each([
  ['diff', 'text, json', ['main']],
  ['moves', 'text, json', []],
  ['check', 'text, json, markdown, github, junit', []],
] as const)('%s has no formats but %s', async (command, formats, words) => {
  const { code, out, err } = await schema(command, ...words, '--format', 'xml');
  expect([code, out, err.trim()]).toEqual([2, '', `There is no format "xml": use ${formats}.`]);
});

describe('compose', () => {
  test('writes the supergraph, the API schema and each contract, and knows when they are stale', async () => {
    expect((await readdir(join(folder, 'schema'))).sort()).toEqual([
      'api.graphql',
      'contracts',
      'contracts.yaml',
      'operations',
      'policy.yaml',
      'supergraph.graphql',
      'supergraph.yaml',
    ]);
    const store = await readFile(join(folder, 'schema/contracts/store/api.graphql'), 'utf8');
    expect(store).toContain('type User');
    expect(store).not.toContain('mail');
    expect(await schema('compose', '--check')).toMatchObject({ code: 0 });
    await having('schema/contracts/store/api.graphql', '', async () => {
      const { code, err } = await schema('compose', '--check');
      expect(code).toBe(1);
      expect(err).toContain('Stale: schema/contracts/store/api.graphql.');
    });
  });

  test('takes away a contract that is no more, and nothing else', async () => {
    const contracts = join(folder, 'schema/contracts');
    await cp(join(contracts, 'store'), join(contracts, 'partner'), { recursive: true });
    await cp(join(contracts, 'store'), join(contracts, 'old'), { recursive: true });
    await write('schema/contracts/old/README.md', 'Ours.');
    const { code, err } = await schema('compose', '--check');
    expect(code).toBe(1);
    expect(err).toContain('Stale: schema/contracts/old/api.graphql');
    expect(err).toContain('schema/contracts/partner/supergraph.graphql');
    expect((await schema('compose')).out).toContain('No contract any more, deleted: ');
    expect((await readdir(contracts, { recursive: true })).sort()).toEqual([
      'old',
      'old/README.md',
      'store',
      'store/api.graphql',
      'store/supergraph.graphql',
    ]);
    expect(await schema('compose', '--check')).toMatchObject({ code: 0 });
    await rm(join(contracts, 'old'), { recursive: true });
  });

  test('writes nothing when subgraphs do not fit, and says where and what to do', async () => {
    const before = await readFile(join(folder, 'schema/supergraph.graphql'), 'utf8');
    const bad =
      PRODUCT.replace('product(id: ID!): Product', 'product(id: ID!): Product me: User') +
      'type User @key(fields: "id") { id: ID! }\n';
    await having('subgraphs/product.graphql', bad, async () => {
      const { code, err } = await schema('compose');
      expect(code).toBe(1);
      expect(err).toContain('[INVALID_FIELD_SHARING]');
      expect(err).toMatch(/subgraphs\/(auth|product)\.graphql:2:\d+/);
      expect(err).toContain('→ Mark the field @shareable');
      expect(err).toContain('nothing is written');
    });
    expect(await readFile(join(folder, 'schema/supergraph.graphql'), 'utf8')).toBe(before);
    expect((await readdir(join(folder, 'schema'))).filter((file) => file.endsWith('.new'))).toEqual(
      [],
    );
  });

  test.each([
    [
      'a schema that is no GraphQL',
      'subgraphs/product.graphql',
      `${LINK}type Query {`,
      'subgraphs/product.graphql:2: Syntax Error',
    ],
    [
      'a configuration that is no YAML',
      'schema/supergraph.yaml',
      'subgraphs: [',
      'schema/supergraph.yaml: not YAML',
    ],
    [
      'a configuration of another shape',
      'schema/supergraph.yaml',
      'subgraphs: { a: { schema: { file: x } } }',
      'schema/supergraph.yaml: subgraphs.a.routing_url',
    ],
    [
      'a schema file that is missing',
      'schema/supergraph.yaml',
      CONFIG.replace('auth.graphql', 'gone.graphql'),
      'subgraphs/gone.graphql: cannot be read (ENOENT)',
    ],
    [
      'contracts of another shape',
      'schema/contracts.yaml',
      'contracts: { Store: {} }',
      'schema/contracts.yaml: contracts.Store',
    ],
  ])('ends with 2 and one line at %s', async (_what, file, text, message) => {
    await having(file, text, async () => {
      const { code, err } = await schema('compose');
      expect(code).toBe(2);
      expect(err).toContain(message);
      expect(err).not.toContain('    at ');
    });
  });
});

const WITHOUT_NAME = PRODUCT.replace('  name: String\n', '');
const WITHOUT_SKU = PRODUCT.replace('  sku: String\n', '');

describe('check against a reference of git', () => {
  test('passes when nothing has changed', async () => {
    const { code, out } = await schema('check', '--base', 'main');
    expect(out).toContain('Clients see the same schema as before.');
    expect(code).toBe(0);
  });

  test('is one, although a folder has its name', async () => {
    await git('branch', 'schema');
    const { code, out } = await schema('check', '--base', 'schema');
    expect(out).toContain('Clients see the same schema as before.');
    expect(code).toBe(0);
    await git('branch', '-D', 'schema');
    const { err } = await schema('check', '--base', 'schema');
    expect(err).toContain('schema is no URL, no file and no reference of git');
  });

  test('a field that nobody uses may go, one that is used may not: the operation and its client are named', async () => {
    await having('subgraphs/product.graphql', WITHOUT_SKU, async () => {
      const { code, out } = await schema('check', '--base', 'main');
      expect(out).toContain(
        'The field `Product.sku` is removed. No operation that is known uses it.',
      );
      expect(code).toBe(0);
    });
    await having('subgraphs/product.graphql', WITHOUT_NAME, async () => {
      const { code, out } = await schema('check', '--base', 'main');
      expect(out).toContain('The field `Product.name` is removed.');
      expect(out).toContain('breaks Page (store)');
      expect(out).toContain('subgraphs/product.graphql:3:6');
      expect(code).toBe(1);
    });
  });

  test('the operations of the base count although their files have changed', async () => {
    await having('subgraphs/product.graphql', WITHOUT_NAME, () =>
      having(
        'schema/operations/store/page.graphql',
        'query Page { product(id: 1) { id } }',
        async () => {
          const { code, out } = await schema('check', '--base', 'main');
          expect(out).toContain('breaks Page (store)');
          expect(code).toBe(1);
        },
      ),
    );
  });

  test('recorded traffic and manifests of other clients count', async () => {
    const traffic = {
      format: 'strangler-graph-traffic',
      version: 1,
      from: '2026-11-01T00:00:00Z',
      to: new Date().toISOString(),
      operations: [
        {
          name: 'Feed',
          client: 'partner',
          clientVersion: '3',
          count: 1200,
          fields: ['Query.product', 'Product.sku'],
        },
      ],
    };
    const manifest = {
      format: 'apollo-persisted-query-manifest',
      version: 1,
      operations: [
        { id: 'x', name: 'Skus', type: 'query', body: 'query Skus { product(id: 1) { sku } }' },
      ],
    };
    await write('traffic.json', JSON.stringify(traffic));
    await write('app.json', JSON.stringify(manifest));
    await having('subgraphs/product.graphql', WITHOUT_SKU, async () => {
      const { code, out } = await schema(
        'check',
        '--base',
        'main',
        '--traffic',
        'traffic.json',
        '--manifest',
        'app=app.json',
      );
      expect(out).toMatch(/breaks Feed \(partner 3, 1,200 times, last on [\d-]+\), Skus \(app\)/);
      expect(code).toBe(1);
    });
    await write('traffic.json', '{"format":"other"}');
    expect(await schema('check', '--traffic', 'traffic.json')).toMatchObject({
      code: 2,
      err: expect.stringContaining('traffic.json: format') as string,
    });
  });

  test('writes every format in one run, whole or not at all', async () => {
    const { code } = await schema(
      'check',
      '--base',
      'main',
      '--format',
      'github',
      '--write',
      'json=out/report.json',
      '--write',
      'markdown=out/report.md',
      '--write',
      'junit=out/report.xml',
    );
    expect(code).toBe(0);
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([
      'report.json',
      'report.md',
      'report.xml',
    ]);
    expect(JSON.parse(await readFile(join(folder, 'out/report.json'), 'utf8'))).toMatchObject({
      version: 1,
      base: 'main',
      passed: true,
    });
    const failed = await schema(
      'check',
      '--write',
      'json=other/a.json',
      '--write',
      'json=app.json/b.json',
    );
    expect(failed.code).toBe(2);
    await expect(readdir(join(folder, 'other'))).resolves.toEqual([]);
  });
});

describe('a base', () => {
  let server: Server;
  let url: string;
  beforeAll(async () => {
    await cp(join(folder, 'schema/supergraph.graphql'), join(folder, 'old.graphql'));
    const api = await readFile(join(folder, 'schema/api.graphql'), 'utf8');
    const executable = buildSchema(api);
    server = createServer((request, response) => {
      if (request.url === '/schema.graphql' && request.method === 'GET') {
        response.end(api);
        return;
      }
      if (request.url !== '/graphql') {
        response.writeHead(404).end('nothing here');
        return;
      }
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const { query: source } = JSON.parse(body) as { query: string };
        response.end(JSON.stringify(graphqlSync({ schema: executable, source })));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  const SCHEMA_ONLY = 'only the schema of clients is known';
  test.each([
    ['a supergraph', () => 'old.graphql', true],
    ['a configuration of subgraphs', () => 'schema/supergraph.yaml', false],
    ['a reference of git', () => 'main', false],
    ['a schema', () => 'schema/api.graphql', true],
    ['a URL of a schema', () => `${url}/schema.graphql`, true],
    ['a URL of a server', () => `${url}/graphql`, true],
  ])('can be %s, and what that leaves out is said', async (_what, base, isSchemaOnly) => {
    const { code, out } = await schema('check', '--base', base());
    expect(out).toContain('Clients see the same schema as before.');
    expect(out.includes(`${SCHEMA_ONLY}, not its subgraphs`)).toBe(isSchemaOnly);
    expect(out.includes('Changes of the contract store are not looked for')).toBe(isSchemaOnly);
    expect(code).toBe(0);
  });

  test.each([
    [
      'an unknown reference',
      () => 'no-such-branch',
      'no-such-branch is no URL, no file and no reference of git',
    ],
    ['a file that is no schema', () => 'schema/policy.yaml', 'schema/policy.yaml'],
    [
      'a URL that answers nothing',
      () => 'http://127.0.0.1:9/graphql',
      'http://127.0.0.1:9/graphql cannot be reached',
    ],
    ['a URL of something else', () => `${url}/other`, `answers 404`],
  ])('that is %s is told in one line, with exit code 2', async (_what, base, message) => {
    const { code, err } = await schema('check', '--base', base());
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect(code).toBe(2);
  });
});

describe('the other commands', () => {
  test('diff prints the changes between two schemas', async () => {
    await having('subgraphs/product.graphql', WITHOUT_SKU, async () => {
      const { code, out } = await schema('diff', 'main');
      expect(out).toContain('breaking  The field `Product.sku` is removed.  [field-removed]');
      expect(code).toBe(1);
    });
    expect(await schema('diff', 'main', 'schema/api.graphql')).toMatchObject({
      code: 0,
      out: 'Clients see the same schema.\n',
    });
    expect(await schema('diff')).toMatchObject({ code: 2 });
  });

  test('explain says what a rule is about, and finds one by a part of its name', async () => {
    expect((await schema('explain', 'field-removed')).out).toContain(
      'Operations that select the field are refused.',
    );
    expect((await schema('explain', 'invalid_field_sharing')).out).toContain('@shareable');
    const { code, err } = await schema('explain', 'sharing');
    expect(err).toContain('INVALID_FIELD_SHARING');
    expect(code).toBe(2);
    expect((await schema('explain')).out.split('\n').length).toBeGreaterThan(120);
  });

  test('usage says who uses a field, and which fields nobody uses', async () => {
    expect((await schema('usage', 'Product.name')).out).toBe(
      'Product.name is used by Page (store)\n',
    );
    expect((await schema('usage', 'Product.sku')).out).toContain('No operation that is known uses');
    for (const [coordinate, missing] of [
      ['Nothing.x', 'type "Nothing"'],
      ['Product.nmae', 'field or value "Product.nmae"'],
      ['Product.nmae(id:)', 'field or value "Product.nmae"'],
      ['Query.product(sku:)', 'argument "Query.product(sku:)"'],
      ['@deprected', 'directive "@deprected"'],
    ] as const) {
      const { code, err } = await schema('usage', coordinate);
      expect([code, err]).toEqual([2, `There is no ${missing} in the schema.\n`]);
    }
    expect(await schema('usage', '@deprecated(reason:)')).toMatchObject({ code: 0 });
    expect((await schema('usage', '--unused')).out.split('\n')).toEqual(
      expect.arrayContaining(['Product.sku', 'Query.me']),
    );
  });

  test('operations are validated against the contract of their client, with file and line', async () => {
    expect(await schema('operations')).toMatchObject({
      code: 0,
      out: '1 client operations are valid\n',
    });
    await having(
      'schema/operations/store/page.graphql',
      'query Page {\n  me {\n    mail\n  }\n}',
      async () => {
        const { code, err } = await schema('operations');
        expect(err).toContain('schema/operations/store/page.graphql:3:5');
        expect(err).toContain('in the contract store');
        expect(code).toBe(1);
      },
    );
  });

  test.each([
    ['a folder', 'json=schema', 'schema cannot be written: it is a folder'],
    ['below a file', 'json=old.txt/report.json', 'a part of its path is a file'],
    ['where no folder can be made', 'json=/proc/nowhere/report.json', 'its folder cannot be made'],
    ['nowhere', 'json', 'write FORMAT=FILE'],
  ])('a report that shall be written to %s is told in one line', async (_what, file, message) => {
    await write('old.txt', '');
    const { code, err } = await schema('check', '--write', file);
    expect(err).toContain(message);
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(code).toBe(2);
    const left = await readdir(folder);
    expect(left.filter((name) => name.endsWith('.new'))).toEqual([]);
  });

  test('a report is written into folders that are not there yet', async () => {
    const { code } = await schema('check', '--write', 'json=reports/today/report.json');
    expect(code).toBe(0);
    const report = await readFile(join(folder, 'reports/today/report.json'), 'utf8');
    expect(JSON.parse(report)).toMatchObject({ passed: true });
  });

  test('a command, an option, a format or a move that does not exist is told with exit code 2', async () => {
    expect(await schema('checks')).toMatchObject({
      code: 2,
      err: expect.stringContaining('Unknown command') as string,
    });
    expect(await schema('check', '--bsae', 'main')).toMatchObject({
      code: 2,
      err: expect.stringContaining('--bsae') as string,
    });
    expect(await schema('check', '--format', 'xml')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is no format') as string,
    });
    expect(await schema('check', '--sealed', 'auht')).toMatchObject({
      code: 2,
      err: expect.stringContaining('no such move') as string,
    });
    expect(await schema('check', '--help')).toMatchObject({
      code: 0,
      out: expect.stringContaining('--base') as string,
    });
  });
});
