import { expect, test } from 'vitest';
import { inChunks } from '../../subgraphs/legacy/loaders/chunks.ts';
import { groupedLists } from '../../subgraphs/legacy/loaders/grouped-lists.ts';

test('more ids than the monolith takes at once are asked for in as few requests as it allows', async () => {
  const ids = Array.from({ length: 2_001 }, (_, index) => String(index));
  const sizes: number[] = [];
  const rows = await inChunks(ids, async (chunk) => {
    sizes.push(chunk.length);
    return chunk;
  });
  expect(sizes).toEqual([1_000, 1_000, 1]);
  expect(rows).toEqual(ids);
  expect(await inChunks([], async (chunk) => chunk)).toEqual([]);
});

test('lists with equal arguments come together, in whatever order they are answered', async () => {
  const asked: [string[], object][] = [];
  const load = groupedLists(async (owners, list: { limit: number }) => {
    asked.push([owners, list]);
    return owners.toReversed().map((owner) => ({ owner_id: owner, limit: list.limit }));
  });
  const lists = await Promise.all([
    load('a', { limit: 1 }),
    load('b', { limit: 1 }),
    load('a', { limit: 2 }),
  ]);
  expect(lists.map(({ owner_id, limit }) => [owner_id, limit])).toEqual([
    ['a', 1],
    ['b', 1],
    ['a', 2],
  ]);
  expect(asked).toEqual([
    [['a', 'b'], { limit: 1 }],
    [['a'], { limit: 2 }],
  ]);
});

test('a list that the monolith leaves out is a fault of that list alone', async () => {
  const load = groupedLists(async (owners) =>
    owners.filter((owner) => owner !== 'b').map((owner) => ({ owner_id: owner })),
  );
  const [a, b] = await Promise.allSettled([load('a', {}), load('b', {})]);
  expect([a.status, b.status]).toEqual(['fulfilled', 'rejected']);
});
