import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ConfigError } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { standaloneConfig } from '../../../gateway/config.ts';
import type { Planner } from '../../../gateway/planning/planner.ts';
import type { LoadedSupergraph } from '../../../gateway/supergraph/supergraph.ts';
import { supergraphManager } from '../../../gateway/supergraph/supergraph-source.ts';
import {
  supergraphUpdates,
  type SupergraphUpdates,
} from '../../../gateway/supergraph/supergraph-updates.ts';
import { closePlannings, compose, testPlanning, type Compiled } from './planning-in-tests.ts';

const log = createLog('updates-test', 'silent');
const graphOf = (...fields: string[]) =>
  compose({ a: `type Query { ${fields.map((field) => `${field}: Int`).join(' ')} }` });

interface State {
  readonly supergraph: LoadedSupergraph;
  readonly planner: Planner<Compiled>;
}

let swapped: string[][];
let updates: SupergraphUpdates;

beforeEach(() => {
  const planning = testPlanning();
  swapped = [];
  updates = supergraphUpdates<State>({
    build: (sdl, current) => planning.open(sdl, current?.planner ?? null),
    swap: ({ supergraph }, previous) => {
      swapped.push(Object.keys(supergraph.clientSchema.getQueryType()?.getFields() ?? {}));
      previous?.planner.retire();
    },
    origin: 'these tests',
    log,
  });
});
afterEach(() => {
  updates.stop();
  closePlannings();
});

const soon = (assertion: () => void) => vi.waitFor(assertion, { timeout: 15_000, interval: 20 });

describe('supergraphs that come one after the other', () => {
  test('are taken up in order; of those that wait only the newest', async () => {
    await updates.begin(async () => graphOf('one'));
    for (const name of ['two', 'three', 'four', 'five']) updates.offer(graphOf(name));
    await soon(() => expect(swapped.at(-1)).toEqual(['five']));
    expect(swapped).toEqual([['one'], ['two'], ['five']]);
  });

  test('are refused where they are bad, which the status shows until a good one comes', async () => {
    expect(updates.status()).toEqual({ digest: null, loadedAt: null, lastError: null });
    await updates.begin(async () => graphOf('one'));
    const { digest, loadedAt } = updates.status();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    updates.offer('type Query { a: Int }');
    await soon(() => expect(updates.status().lastError).not.toBeNull());
    expect(updates.status()).toMatchObject({
      digest,
      loadedAt,
      lastError: { message: expect.stringContaining('it is not a valid supergraph') },
    });
    updates.offer(graphOf('one'));
    await soon(() => expect(updates.status().lastError).toBeNull());
    expect(swapped).toEqual([['one']]);
    updates.offer(graphOf('two'));
    await soon(() => expect(swapped.length).toBe(2));
    expect(updates.status().digest).not.toBe(digest);
  });

  test('the first has to be good', async () => {
    await expect(updates.begin(async () => 'nothing')).rejects.toMatchObject({
      code: 'SUPERGRAPH_INVALID',
      message: expect.stringMatching(
        /^the supergraph these tests cannot be used: it is not a valid/,
      ),
    });
  });
});

describe('Uplink', () => {
  let server: Server;
  let answer: () => object;
  let asked: { ref: string; apiKey: string; ifAfterId: string | null }[];

  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        asked.push(JSON.parse(Buffer.concat(parts).toString()).variables);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ data: { routerConfig: answer() } }));
      });
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });
  afterEach(() => server.close());

  const launch = (id: string, supergraphSdl: string) => () => ({
    __typename: 'RouterConfigResult',
    id,
    supergraphSdl,
    minDelaySeconds: 0.05,
  });

  test('gives the first supergraph and those launched later; what it refuses is shown', async () => {
    const { supergraph } = standaloneConfig(
      { supergraph: '', port: '0', trustOverrideHeader: false },
      {
        APOLLO_KEY: 'service:shop:secret',
        APOLLO_GRAPH_REF: 'shop@current',
        APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      },
    );
    expect(supergraph.kind).toBe('uplink');
    const manager = supergraphManager(supergraph, log, (error) => updates.failed(error));
    answer = launch('1', graphOf('one'));
    let cleanup: (() => Promise<void>) | undefined;
    await updates.begin(async () => {
      const started = await manager.initialize({
        update: (sdl) => updates.offer(sdl),
        healthCheck: async () => {},
        getDataSource: () => ({ process: async () => ({}) }),
      });
      cleanup = started.cleanup;
      return started.supergraphSdl;
    });
    expect(asked[0]).toEqual({
      ref: 'shop@current',
      apiKey: 'service:shop:secret',
      ifAfterId: null,
    });
    answer = launch('2', graphOf('one', 'two'));
    await soon(() => expect(swapped.at(-1)).toEqual(['one', 'two']));
    await soon(() => expect(asked.at(-1)?.ifAfterId).toBe('2'));
    answer = () => ({ __typename: 'FetchError', code: 'ACCESS_DENIED', message: 'no' });
    await soon(() =>
      expect(updates.status().lastError?.message).toMatch(
        /^it could not be fetched: ACCESS_DENIED: no Check APOLLO_KEY/,
      ),
    );
    expect(swapped.length).toBe(2);
    answer = () => ({ __typename: 'Unchanged' });
    await cleanup?.();
  }, 60_000);

  test('is asked only where no file is named, and needs a graph', () => {
    const source = (environment: Record<string, string>, supergraph = '') =>
      standaloneConfig({ supergraph, port: '0', trustOverrideHeader: false }, environment)
        .supergraph;
    expect(source({}).kind).toBe('file');
    expect(source({ APOLLO_KEY: 'k', APOLLO_GRAPH_REF: 'g@v' }).kind).toBe('uplink');
    expect(source({ APOLLO_KEY: 'k' }, 'x.graphql')).toEqual({ kind: 'file', path: 'x.graphql' });
    expect(() => source({ APOLLO_KEY: 'k' })).toThrow(ConfigError);
    expect(() => source({ APOLLO_KEY: 'k' })).toThrow(/APOLLO_GRAPH_REF is not set/);
  });
});

test('a file that can no longer be read is shown, and taken up when it is back', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'updates-test-'));
  const path = join(directory, 'supergraph.graphql');
  await writeFile(path, graphOf('one'));
  const manager = supergraphManager({ kind: 'file', path }, log, (error) => updates.failed(error));
  let cleanup: (() => Promise<void>) | undefined;
  await updates.begin(async () => {
    const started = await manager.initialize({
      update: (sdl) => updates.offer(sdl),
      healthCheck: async () => {},
      getDataSource: () => ({ process: async () => ({}) }),
    });
    cleanup = started.cleanup;
    return started.supergraphSdl;
  });
  await rm(path);
  await soon(() => expect(updates.status().lastError?.message).toContain('there is no such file'));
  await writeFile(path, graphOf('two'));
  await soon(() => expect(swapped.at(-1)).toEqual(['two']));
  expect(updates.status().lastError).toBeNull();
  await cleanup?.();
  await rm(directory, { recursive: true });
});
