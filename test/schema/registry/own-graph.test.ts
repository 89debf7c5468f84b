import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningServer } from '#platform/http-server.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registryConfig } from '../../../schema/registry/config.ts';
import { startRegistry } from '../../../schema/registry/server.ts';
import { createEmptyDatabase } from '../../setup/databases.ts';
import { describeWithRover, runRover } from './rover.ts';

// Processes that are started, and schemas that are judged, wait for their turn on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const ROOT = join(import.meta.dirname, '../../..');
const KEY = 'service:strangler-graph:local';
const PRODUCT = 'subgraphs/product/schema.graphql';

let registry: RunningServer;
beforeAll(async () => {
  registry = await startRegistry(
    registryConfig({
      PORT: '0',
      LOG_LEVEL: 'silent',
      CONTROL_DATABASE_URL: await createEmptyDatabase(),
      REGISTRY_LOCAL_KEY: KEY,
    }),
  );
});
afterAll(() => registry.close());

const rover = (words: readonly string[], input?: string) =>
  runRover(words, { url: registry.url, key: KEY, folder: ROOT }, input);

describeWithRover('our own graph in the registry', () => {
  test('begins with the supergraph that is committed, to the byte', async () => {
    const { output } = await rover(['supergraph', 'fetch', 'strangler-graph@current']);
    const committed = await readFile(join(ROOT, 'schema/supergraph.graphql'), 'utf8');
    expect(output.trim()).toBe(committed.trim());
  });

  test('passes its check as it is, and fails with a field of another type', async () => {
    const words = ['subgraph', 'check', 'strangler-graph@current', '--name', 'product'];
    const same = await rover([...words, '--schema', PRODUCT]);
    expect(same.output).toContain('There were no changes detected');
    expect(same.code).toBe(0);
    // What the graph had before is told by the check of the repository, not here.
    expect(same.output).not.toContain('Custom Check');
    const text = await readFile(join(ROOT, PRODUCT), 'utf8');
    const changed = await rover(
      [...words, '--schema', '-'],
      text.replace(/\n {2}sku: String!/, '\n  sku: Int!'),
    );
    expect(`${changed.output}${changed.error}`).toMatch(/Product\.sku/);
    expect(changed.code).toBe(1);
  });
});
