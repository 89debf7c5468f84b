import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { persistedQueryManifest } from '#schema/manifest.ts';
import { readSafelist } from '../../../gateway/limits/safelist.ts';
import { shop } from '../shop-graph.ts';
import { post, startTestGateway, type TestGateway } from '../test-gateway.ts';

const PRODUCT =
  'query Product($id: ID!) { product(id: $id) { ...Name price { amount } } } fragment Name on Product { name }';
const manifest = persistedQueryManifest([
  {
    name: 'Strict',
    kind: 'query',
    file: 'a.graphql',
    client: 'a',
    document: parse('query Strict { strict }'),
  },
  { name: 'Product', kind: 'query', file: 'a.graphql', client: 'a', document: parse(PRODUCT) },
  {
    name: 'Note',
    kind: 'mutation',
    file: 'a.graphql',
    client: 'a',
    document: parse('mutation Note($text: String!) { note(text: $text) }'),
  },
]);
const idOf = (name: string) =>
  manifest.operations.find((operation) => operation.name === name)?.id ?? '';
const byId = (id: unknown) => ({ persistedQuery: { version: 1, sha256Hash: id } });

let folder: string;
let gateway: TestGateway;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safelist-test-'));
  const file = join(folder, 'manifest.json');
  await writeFile(file, JSON.stringify(manifest));
  gateway = await startTestGateway(shop, { SAFELIST: file });
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true });
});

describe('with a safelist, an operation is answered', () => {
  test('by its id', async () => {
    const strict = await post(gateway.url, { extensions: byId(idOf('Strict')) });
    expect(strict.body).toEqual({ data: { strict: 'strict' } });
    const product = await post(gateway.url, {
      operationName: 'Product',
      variables: { id: 'p1' },
      extensions: byId(idOf('Product')),
    });
    expect(product.body.data.product).toMatchObject({ __typename: 'Product' });
  });

  test('by its id in a GET', async () => {
    const search = new URLSearchParams({ extensions: JSON.stringify(byId(idOf('Strict'))) });
    const response = await fetch(`${gateway.url}/graphql?${search}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(await response.json()).toEqual({ data: { strict: 'strict' } });
    const mutation = new URLSearchParams({ extensions: JSON.stringify(byId(idOf('Note'))) });
    const refused = await fetch(`${gateway.url}/graphql?${mutation}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(refused.status).toBe(405);
  });

  test.each([
    ['as it was written', PRODUCT],
    ['as its client sends it', manifest.operations.find(({ name }) => name === 'Product')?.body],
    [
      'with its definitions in another order and other white space',
      'fragment Name on Product { name }\n\n#x\nquery Product($id: ID!), { product(id: $id) { ...Name price { __typename, amount } } }',
    ],
  ])('by its text %s', async (_how, query) => {
    const { body } = await post(gateway.url, { query, variables: { id: 'p1' } });
    expect(body.errors).toBeUndefined();
    expect(body.data.product.price.amount).toBe(1000);
  });

  test('by its id though another text comes with it', async () => {
    const answer = await post(gateway.url, {
      query: '{ dice }',
      extensions: byId(idOf('Strict')),
    });
    expect(answer.body).toEqual({ data: { strict: 'strict' } });
  });
});

describe('with a safelist, everything else is refused', () => {
  test.each([
    ['another operation', { query: '{ dice }' }],
    ['an operation of the list with another field', { query: 'query Strict { strict dice }' }],
    ['an operation of the list under another name', { query: 'query Strict2 { strict }' }],
    ['an alias for __typename', { query: 'query Strict { strict a: __typename }' }],
    ['__typename alone', { query: '{ __typename }' }],
    ['the schema', { query: '{ __schema { types { name } } }' }],
    ['an operation that is not valid', { query: '{ nothing }' }],
    ['an id that is not on the list', { extensions: byId('0'.repeat(64)) }],
    ['an id with a text that is not on the list', { query: '{ dice }', extensions: byId('x') }],
    ['an id that is the name of an object property', { extensions: byId('constructor') }],
  ])('%s', async (_what, body) => {
    for (const attempt of [1, 2]) {
      const answer = await post(gateway.url, body);
      expect([attempt, answer.status]).toEqual([attempt, 400]);
      expect(answer.body.errors).toHaveLength(1);
      expect(answer.body.errors[0].extensions).toEqual({ code: 'OPERATION_NOT_SAFELISTED' });
      expect(answer.body.errors[0].message).toContain('manifest');
      expect(answer.body.data).toBeUndefined();
    }
  });

  test('also a text that registers itself, now and later', async () => {
    const query = '{ dice }';
    const id = 'd4b1d05b1b0d8ccbbe5e4a5e4e5d7cf4ee4b1e5b3d0b8b1f1b0e5a7c2d1e0f9a';
    const first = await post(gateway.url, { query, extensions: byId(id) });
    const later = await post(gateway.url, { extensions: byId(id) });
    for (const { body } of [first, later]) {
      expect(body.errors[0].extensions.code).toBe('OPERATION_NOT_SAFELISTED');
    }
  });

  test('a request without anything is a bad one', async () => {
    const answer = await post(gateway.url, { extensions: byId(7) });
    expect(answer.body.errors[0].extensions.code).toBe('BAD_REQUEST');
  });
});

describe('a safelist that cannot be read', () => {
  test.each([
    ['is not there', null, /there is no such file/],
    ['is no JSON', '{', /npm run schema -- manifest/],
    ['is no manifest', '{"operations":[]}', /npm run schema -- manifest/],
    [
      'has an operation that is not GraphQL',
      JSON.stringify({
        ...manifest,
        operations: [{ id: 'a', name: 'Broken', type: 'query', body: '{' }],
      }),
      /Syntax Error.*Broken/,
    ],
  ])('because it %s is told in one line', async (_why, text, message) => {
    const file = join(folder, 'bad.json');
    if (text !== null) await writeFile(file, text);
    const path = text === null ? join(folder, 'nothing.json') : file;
    await expect(readSafelist(path)).rejects.toThrow(message);
    await expect(readSafelist(path)).rejects.toThrow(/^[^\n]+$/);
  });
});
