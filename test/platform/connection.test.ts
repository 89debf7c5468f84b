import fc from 'fast-check';
import { expect, test } from 'vitest';
import { connectionOf, encodeCursor, pageFrom, pageResults } from '#platform/graph/connection.ts';

const key = fc.tuple(fc.string({ unit: 'grapheme' }), fc.integer());

test('a cursor gives its sort key back, whatever the texts and numbers', () => {
  fc.assert(
    fc.property(key, ([text, number]) => {
      const cursor = encodeCursor('name', [text, number]);
      expect(pageFrom({ after: cursor }, 'name', ['string', 'number']).after).toEqual([
        text,
        number,
      ]);
      expect(cursor).toMatch(/^[\w-]+$/);
    }),
  );
});

test('any text that is no cursor is refused with BAD_USER_INPUT, never with a crash', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      let thrown: unknown;
      try {
        pageFrom({ after: text }, 'name', ['string', 'number']);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } });
    }),
  );
});

test('a cursor of a list in another order is refused, and so are values of another type', () => {
  expect(() =>
    pageFrom({ after: encodeCursor('price', [1, 'a']) }, 'name', ['number', 'string']),
  ).toThrow('another order');
  expect(() =>
    pageFrom({ after: encodeCursor('name', ['1', 'a']) }, 'name', ['number', 'string']),
  ).toThrow('not a cursor');
});

test('page sizes are 1 to 100, and 20 by default', () => {
  expect(pageFrom({}, 'name', ['string'])).toEqual({ limit: 20, after: null });
  for (const first of [0, -1, 101, 2_147_483_647]) {
    expect(() => pageFrom({ first }, 'name', ['string'])).toThrow('must be from 1 to 100');
  }
});

test('a connection says where its page stands', () => {
  const page = pageFrom({ first: 2, after: encodeCursor('name', ['a']) }, 'name', ['string']);
  const connection = connectionOf(
    page,
    { nodes: ['b', 'c'], hasNextPage: true, totalCount: 9 },
    'name',
    (node) => [node],
  );
  expect(connection.pageInfo).toEqual({
    hasNextPage: true,
    hasPreviousPage: true,
    startCursor: encodeCursor('name', ['b']),
    endCursor: encodeCursor('name', ['c']),
  });
  expect(connection.totalCount).toBe(9);
  const empty = connectionOf(
    page,
    { nodes: [] as string[], hasNextPage: false, totalCount: 0 },
    'name',
    (node) => [node],
  );
  expect(empty.pageInfo).toMatchObject({ startCursor: null, endCursor: null });
});

test('each owner gets its page, and who has nothing an empty one, in the order in which they are asked for', () => {
  const page = { limit: 2, after: null };
  const rows = ['b1', 'a1', 'a2', 'b2', 'a3'];
  const totals = new Map([
    ['a', 7],
    ['b', 2],
  ]);
  expect(pageResults(['c', 'b', 'a'], page, [rows, totals], ([owner = '']) => owner)).toEqual([
    { nodes: [], hasNextPage: false, totalCount: 0 },
    { nodes: ['b1', 'b2'], hasNextPage: false, totalCount: 2 },
    { nodes: ['a1', 'a2'], hasNextPage: true, totalCount: 7 },
  ]);
});
