import { expect, test } from 'vitest';
import { nestedLists } from '#platform/graph/loader.ts';

test('lists that are asked for with equal arguments come at once, others apart', async () => {
  const calls: [readonly string[], object][] = [];
  const list = nestedLists(async (owners, asked: { readonly limit: number }) => {
    calls.push([owners, asked]);
    return owners.map((owner) => `${owner}:${asked.limit}`);
  });
  const lists = [list('a', { limit: 1 }), list('b', { limit: 1 }), list('a', { limit: 2 })];
  expect(await Promise.all([...lists, list('a', { limit: 1 })])).toEqual([
    'a:1',
    'b:1',
    'a:2',
    'a:1',
  ]);
  expect(calls).toEqual([
    [['a', 'b'], { limit: 1 }],
    [['a'], { limit: 2 }],
  ]);
});

test('an owner whose list fails does not spoil those of others', async () => {
  const list = nestedLists(async (owners, _asked: object) =>
    owners.map((owner) => (owner === 'b' ? new Error('no list for b') : owner)),
  );
  const [one, other] = await Promise.allSettled([list('a', {}), list('b', {})]);
  expect(one).toEqual({ status: 'fulfilled', value: 'a' });
  expect(other).toMatchObject({ status: 'rejected', reason: new Error('no list for b') });
});
