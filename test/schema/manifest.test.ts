import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApolloClient, ApolloLink, InMemoryCache } from '@apollo/client';
import { Kind, OperationTypeNode, parse, print, type DocumentNode } from 'graphql';
import { of } from 'rxjs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { persistedQueryManifest, type PersistedQueryManifest } from '#schema/manifest.ts';
import { readOperations } from '#schema/operations.ts';
import { run } from '#schema/commands/manifest.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifest-test-'));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

/** What a client of Apollo puts on the wire for a document. */
async function sentBy(document: DocumentNode): Promise<DocumentNode> {
  const sent: DocumentNode[] = [];
  const link = new ApolloLink((operation) => {
    sent.push(operation.query);
    return of({ data: {} });
  });
  const client = new ApolloClient({ cache: new InMemoryCache(), link });
  const isMutation = document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === OperationTypeNode.MUTATION,
  );
  await (isMutation
    ? client.mutate({ mutation: document, fetchPolicy: 'no-cache' })
    : client.query({ query: document, fetchPolicy: 'no-cache' }));
  client.stop();
  return sent[0] as DocumentNode;
}

/** The hash that `generatePersistedQueryIdsAtRuntime` of `@apollo/persisted-query-lists` makes of what is sent. */
function runtimeId(document: DocumentNode): string {
  const key = (definition: DocumentNode['definitions'][number]) =>
    definition.kind === Kind.OPERATION_DEFINITION
      ? ''
      : 'name' in definition
        ? (definition.name?.value ?? '')
        : '';
  const definitions = document.definitions.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return createHash('sha256')
    .update(print({ ...document, definitions }))
    .digest('hex');
}

test('the ids are those that Apollo Client sends, for every operation of ours', async () => {
  const operations = await readOperations('schema/operations');
  const manifest = persistedQueryManifest(operations);
  const ids = new Map(manifest.operations.map(({ name, id }) => [name, id]));
  expect(ids.size).toBe(operations.length);
  for (const { name, document } of operations) {
    expect([name, ids.get(name)]).toEqual([name, runtimeId(await sentBy(document))]);
  }
});

test('what is asked of the schema and what has __typename already stays as it is', () => {
  const document = parse(
    '{ __schema { types { name } } a { __typename id } b { c { d } } ...F } fragment F on Query { e { f } }',
  );
  const { operations } = persistedQueryManifest([
    { name: 'A', kind: 'query', file: 'a.graphql', client: 'a', document },
  ]);
  expect(operations[0]?.body).toContain('types {\n      name\n      __typename\n    }');
  expect(operations[0]?.body).toContain('a {\n    __typename\n    id\n  }');
  expect(operations[0]?.body.startsWith('{\n  __schema {')).toBe(true);
});

test('the manifest in the repository is that of the operations', async () => {
  expect(await run(['--check'])).toBe(0);
});

test('it is written whole, sorted by name, and a stale one is told', async () => {
  const out = join(folder, 'manifest.json');
  const error = vi.spyOn(console, 'error').mockImplementation(() => {});
  expect(await run(['--out', out])).toBe(0);
  const { operations } = JSON.parse(await readFile(out, 'utf8')) as PersistedQueryManifest;
  const names = operations.map(({ name }) => name);
  expect(names).toEqual(names.toSorted());
  expect(await run(['--out', out, '--check'])).toBe(0);
  await writeFile(out, '{}');
  expect(await run(['--out', out, '--check'])).toBe(1);
  expect(error.mock.calls[0]?.[0]).toContain('npm run schema -- manifest');
});
