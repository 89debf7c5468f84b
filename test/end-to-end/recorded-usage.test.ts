import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { supergraphOf } from '../gateway/test-gateway.ts';
import { startSubgraph, type TestSubgraph } from '../gateway/test-subgraph.ts';
import { basicEnvironment } from '../setup/basic-environment.ts';
import { startServerProcess, type ServerProcess } from '../setup/server-process.ts';
import {
  KEY,
  startTestCollector,
  type TestCollector,
} from '../schema/usage-collector/collector-server.ts';

const ROOT = join(import.meta.dirname, '../..');

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
const SCHEMA = `
"Everything that can be asked for."
type Query {
  "Products by what they are." products(filter: Filter, kind: Kind): [Product!]
}
"Something to buy."
type Product @key(fields: "id") {
  "Who it is." id: ID!
  "What people call it." name: String!
  "What the warehouse calls it." sku: String
  "What nobody asks for." colour: String
}
"What products must be."
input Filter {
  "Part of the name." text: String
  "The most that it may cost." price: Int
}
"What there is."
enum Kind {
  "To read." BOOK
  "To play." GAME
}
`;
const products = [{ id: '1', name: 'Chair', sku: 'c-1', colour: 'red' }];

let folder: string;
let collector: TestCollector;
let subgraph: TestSubgraph;
let gateway: ServerProcess;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recorded-usage-'));
  collector = await startTestCollector();
  subgraph = await startSubgraph({
    name: 'product',
    typeDefs: LINK + SCHEMA,
    resolvers: { Query: { products: () => products } },
  });
  await write('supergraph.graphql', supergraphOf([subgraph]));
  await write('base.graphql', SCHEMA.replace(' @key(fields: "id")', ''));
  await write('schema/contracts.yaml', 'contracts: {}');
  await write(
    'schema/supergraph.yaml',
    'subgraphs: { product: { routing_url: "http://127.0.0.1:1", schema: { file: ../product.graphql } } }',
  );
  await writeSchema(SCHEMA);
  await writePolicy('');
  gateway = await startGateway();
});
afterAll(async () => {
  await gateway.end('SIGKILL');
  await Promise.all([subgraph.stop(), collector.close()]);
  await rm(folder, { recursive: true });
});

async function write(file: string, text: string): Promise<void> {
  await mkdir(join(folder, file, '..'), { recursive: true });
  await writeFile(join(folder, file), text);
}

const writeSchema = (text: string) => write('product.graphql', LINK + text);
const writePolicy = (lines: string) =>
  write(
    'schema/policy.yaml',
    `usage:\n  operations: null\n${lines}\nrules: { description-missing: off }\n`,
  );

/** The gateway as a process of its own, which reports to the collector. */
function startGateway(): Promise<ServerProcess> {
  const words = ['gateway/main.ts', '--supergraph', join(folder, 'supergraph.graphql')];
  return startServerProcess([...words, '--port', '0'], {
    LOG_LEVEL: 'warn',
    USAGE_COLLECTOR_URL: collector.url,
    USAGE_COLLECTOR_KEY: KEY,
    APOLLO_GRAPH_REF: 'shop@current',
    USAGE_INTERVAL_MS: '100',
  });
}

/** A real client, that says who it is. */
function apolloClient(name: string, version: string): ApolloClient {
  return new ApolloClient({
    clientAwareness: { name, version },
    link: new HttpLink({ uri: `${gateway.url}/graphql` }),
    cache: new InMemoryCache(),
    defaultOptions: { query: { fetchPolicy: 'no-cache' } },
  });
}

const NAMES = gql`
  query Names($filter: Filter) {
    products(filter: $filter) {
      name
    }
  }
`;
const SKUS = gql`
  query Skus {
    products(filter: { text: "hunter2" }, kind: BOOK) {
      sku
    }
  }
`;

const requests = async (): Promise<number> => {
  const [row] = await collector.rows(
    `select coalesce(sum(requests), 0)::int as requests from usage_request`,
  );
  return Number(row?.['requests']);
};
const recorded = (count: number) =>
  vi.waitFor(async () => expect(await requests()).toBe(count), { timeout: 20_000, interval: 100 });

/** Runs a command of `npm run schema` in the folder. */
async function schema(args: readonly string[], env: Record<string, string> = {}) {
  const given = { ...basicEnvironment(), CONTROL_DATABASE_URL: collector.databaseUrl, ...env };
  try {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [join(ROOT, 'schema/main.ts'), ...args],
      { cwd: folder, env: given },
    );
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}
const check = (...args: string[]) =>
  schema(['check', '--base', 'base.graphql', '--one-composer', '--usage', 'control', ...args]);

/** Takes a line out of the schema, checks it, and puts it back. */
async function without(what: string, ...args: string[]) {
  const lines = SCHEMA.split('\n');
  const left = lines.filter((line) => !line.endsWith(` ${what}`));
  expect(left).toHaveLength(lines.length - 1);
  await writeSchema(left.join('\n'));
  try {
    return await check(...args);
  } finally {
    await writeSchema(SCHEMA);
  }
}

// Each check is a process of its own.
describe('what clients send through the gateway', { timeout: 120_000 }, () => {
  test('is recorded with their names and versions', async () => {
    const [store, next, admin] = [
      apolloClient('store', '1.0'),
      apolloClient('store', '1.1'),
      apolloClient('admin', '9'),
    ];
    for (let index = 0; index < 3; index += 1) await store.query({ query: NAMES });
    await next.query({ query: NAMES });
    const { data } = await admin.query({ query: SKUS });
    expect(data).toEqual({ products: [{ __typename: 'Product', sku: 'c-1' }] });
    await recorded(5);
    expect(
      await collector.rows(
        `select name, body, client_name, client_version, requests::int
         from usage_request join usage_operation using (graph_ref, signature) order by 1, 3, 4`,
      ),
    ).toEqual([
      {
        name: 'Names',
        body: 'query Names($filter:Filter){products(filter:$filter){__typename name}}',
        client_name: 'store',
        client_version: '1.0',
        requests: 3,
      },
      expect.objectContaining({ name: 'Names', client_version: '1.1', requests: 1 }),
      {
        name: 'Skus',
        body: 'query Skus{products(filter:{},kind:BOOK){__typename sku}}',
        client_name: 'admin',
        client_version: '9',
        requests: 1,
      },
    ]);
  });

  test('fails the check of a change that breaks it, by name, client and version', async () => {
    const { code, out } = await without('name: String!');
    expect(code).toBe(1);
    const today = new Date().toISOString().slice(0, 10);
    expect(out).toContain(`breaks Names (store 1.0 and 1.1, 4 times, last on ${today})`);
    expect(out).not.toContain('Skus');
    const { out: text } = await without('name: String!', '--format', 'json');
    const { findings } = JSON.parse(text) as {
      findings: { rule: string; operations?: object[] }[];
    };
    expect(findings.find(({ rule }) => rule === 'field-removed')?.operations).toEqual([
      {
        name: 'Names',
        client: 'store',
        versions: ['1.0', '1.1'],
        count: 4,
        lastSeen: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        source: 'traffic of shop@current',
      },
    ]);
  });

  test('lets a change pass that nobody notices', async () => {
    const { code, out } = await without('colour: String');
    expect([code, out]).toEqual([0, expect.stringContaining('No operation that is known uses it')]);
  });

  test('is judged by what stood in literals, though these are not recorded', async () => {
    expect((await without('BOOK')).out).toContain('breaks Skus (admin 9');
    // An input that was written out may have held any field; so may a variable.
    const { out } = await without('price: Int');
    expect(out).toContain('Skus (admin 9');
    expect(out).toContain('Names (store 1.0 and 1.1');
    // Neither has given the value: a variable of its type was never sent.
    expect((await without('GAME')).code).toBe(0);
  });

  test('counts as far as the policy says', async () => {
    const sku = () => without('sku: String');
    expect((await sku()).code).toBe(1);
    for (const lines of [
      '  minimumCount: 2',
      '  minimumPercentage: 25',
      '  ignoredClients: [admin]',
    ]) {
      await writePolicy(lines);
      const { code, out } = await sku();
      expect([lines, code, out]).toEqual([lines, 0, expect.not.stringContaining('Skus')]);
    }
    await writePolicy('');
    // Beyond the days that are looked at it is as if it had never been sent.
    await collector.rows(
      `update usage_request set day = day - 20, last_seen = last_seen - interval '20 days' where client_name = 'admin'`,
    );
    expect((await without('sku: String', '--since', '1w')).code).toBe(0);
    expect((await without('sku: String', '--since', '30d')).code).toBe(1);
  });

  test('is listed by field, by client, and where nothing uses a field', async () => {
    const usage = async (...args: string[]) =>
      (await schema(['usage', '--usage', 'control', ...args])).out.trimEnd();
    expect(await usage('Product.name')).toMatch(
      /^Product\.name is used by Names \(store 1\.0 and 1\.1, 4 times, last on [\d-]+\)$/,
    );
    expect(await usage('Product.colour')).toBe('No operation that is known uses Product.colour.');
    expect((await usage('--unused')).split('\n')).toEqual(['Product.colour', 'Product.id']);
    expect(await usage()).toMatch(/^ +1 +4 {2}Product\.name {2}store$/m);
    expect((await usage('--clients')).split('\n').map((line) => line.trim())).toEqual([
      expect.stringMatching(/^1 +1 +[\d-]+ +admin 9 +Skus$/),
      expect.stringMatching(/^1 +3 +[\d-]+ +store 1\.0 +Names$/),
      expect.stringMatching(/^1 +1 +[\d-]+ +store 1\.1 +Names$/),
    ]);
  });

  test('is a clear message where it cannot be had', async () => {
    const of = async (args: string[], env = {}) => {
      const { code, err } = await schema(['usage', '--usage', ...args], env);
      return `${code} ${err.trim()}`;
    };
    const away = { CONTROL_DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/control' };
    const empty = { CONTROL_DATABASE_URL: '', DATA_DIRECTORY: join(folder, 'nothing') };
    const messages = await Promise.all([
      of(['files']),
      of(['control', '--since', 'now']),
      of(['control', '--graph', 'bank@current']),
      of(['control'], away),
      of(['control'], empty),
    ]);
    expect(messages).toEqual([
      expect.stringMatching(/^2 --usage files: it is read from control, or from files/),
      expect.stringMatching(/^2 --since now: write days or weeks/),
      expect.stringMatching(
        /^2 --usage control: no usage is recorded of bank@current: name one with --graph \(shop@current\)/,
      ),
      expect.stringMatching(
        /^2 the control database at 127\.0\.0\.1:1\/control does not answer.*CONTROL_DATABASE_URL/,
      ),
      expect.stringMatching(/^2 npm start has never run.*DATA_DIRECTORY.*CONTROL_DATABASE_URL/),
    ]);
    expect(messages.join()).not.toContain('secret');
  });
});

describe('a collector that is away', () => {
  test('costs no client anything, and what was sent meanwhile is counted when it is back', async () => {
    const before = await requests();
    await collector.stop();
    const client = apolloClient('patient', '1');
    for (let index = 0; index < 30; index += 1) {
      const { data, error } = await client.query({ query: NAMES });
      expect([data !== undefined, error]).toEqual([true, undefined]);
      // Some reports come to nothing meanwhile.
      if (index % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await collector.start();
    await recorded(before + 30);
  });

  test('gets what was not sent yet when the gateway ends', async () => {
    const before = await requests();
    await apolloClient('last', '1').query({ query: NAMES });
    expect(await gateway.end()).toBe(0);
    expect(await requests()).toBe(before + 1);
  });
});
