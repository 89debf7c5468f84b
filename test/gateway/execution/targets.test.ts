import { describe, expect, test } from 'vitest';
import {
  objectsAt,
  pathBeforeLists,
  pathsOf,
  targetPath,
} from '../../../gateway/execution/targets.ts';
import { plannedGraph } from './planned-graph.ts';
import { reviewGraph } from './review-graph.ts';

describe('the objects at a path', () => {
  const one = { id: 1 };
  const two = { id: 2 };

  test('are found through lists in lists, in the order of the answer, without what is no object', () => {
    const root = { a: [[{ b: one }, null], null, [], [{ b: null }, 'text', { b: two }, {}]] };
    const path = targetPath(['a', '@', '@', 'b']);
    expect(objectsAt(root, path)).toEqual([one, two]);
    expect(objectsAt(root, path)[0]).toBe(one);
    expect(pathsOf(root, path)).toEqual([
      ['a', 0, 0, 'b'],
      ['a', 3, 2, 'b'],
    ]);
    expect(pathBeforeLists(path)).toEqual(['a']);
  });

  test('are each there as often as the path leads to them', () => {
    const root = { a: [{ b: one }, { b: one }] };
    expect(objectsAt(root, targetPath(['a', '@', 'b']))).toEqual([one, one]);
  });

  test('are not those that every object inherits, and no list where the path has none', () => {
    expect(objectsAt({}, targetPath(['constructor']))).toEqual([]);
    expect(objectsAt({ a: [one] }, targetPath(['a']))).toEqual([]);
    expect(objectsAt({ a: one }, targetPath(['a', '@']))).toEqual([]);
    expect(objectsAt(one, targetPath([]))).toEqual([one]);
  });
});

describe('an entity that was fetched once for several places', () => {
  const graph = plannedGraph(reviewGraph);
  /** Each with places that ask for the same entities, and for more of them afterwards, each for something else. */
  const queries: [string, string][] = [
    [
      'in lists and alone, with objects of one name and other arguments below',
      `{
        users { reviews { product { upc box(size: 1) { size } } } }
        me { reviews { product { upc box(size: 2) { size material } } } }
        topProducts { reviews { product { upc box(size: 3) { material } } } }
      }`,
    ],
    [
      'under two names of one object',
      `{ users {
        mine: reviews { product { upc it: box(size: 1) { size } it: box(size: 1) { material } } }
        same: reviews { product { upc it: box(size: 2) { size } name } }
      } }`,
    ],
    [
      'with entities below that lead back to it',
      `{
        topProducts { reviews { author { id reviews { body product { name } } } } }
        users { reviews { author { id reviews { id product { price } } } product { reviews { author { name } } } } }
      }`,
    ],
    [
      'with fields that need others in one place only',
      `{
        users { reviews { product { shippingEstimate } } }
        me { reviews { product { weight inStock } } }
        topProducts { reviews { product { upc } } }
      }`,
    ],
    [
      'with names that swap places',
      `{
        users { reviews { a: body b: id product { a: name b: upc } } }
        me { reviews { b: body a: id product { b: name a: upc } } }
      }`,
    ],
  ];
  test.each(queries)('is at each what is asked for there: %s', async (_what, query) => {
    const { json, errors } = await graph.run(query);
    const reference = await graph.reference(query);
    expect(errors).toEqual([]);
    expect(reference.errors).toBeUndefined();
    expect(JSON.parse(json ?? '')).toEqual(JSON.parse(JSON.stringify(reference.data)));
  });

  test('keeps to its place what comes later for one place only, also where that fails', async () => {
    const query = `{
      users { reviews { product { upc box(size: 1) { size } } } }
      me { reviews { product { upc box(size: 2) { size } } } }
    }`;
    const { data, errors } = await graph.run(query, {
      interfere: ({ query: text }, answer) =>
        // The boxes of one place only.
        text.includes('e0:')
          ? answer().then((given) => ({
              ...given,
              data: { ...given.data, e1: [given.data?.['e1']].flat().map(() => null) },
            }))
          : undefined,
    });
    expect(errors).toEqual([]);
    const boxes = (reviews: { product: { box: unknown } }[]) =>
      reviews.map(({ product }) => product.box);
    const places = [boxes(data.users[0].reviews), boxes(data.me.reviews)];
    const empty = places.filter((place) => place.every((box) => box === null));
    expect(empty).toHaveLength(1);
  });

  /** Whether each part of the selections from a subgraph is copied for each of its targets. */
  const copies = (query: string, subgraph: string): boolean[] =>
    graph
      .compile(query)
      .steps.filter((step) => step.subgraph === subgraph)
      .flatMap(({ selections }) => selections)
      .flatMap(({ parts }) => parts.map(({ needsCopies }) => needsCopies));

  test('is copied where more is written into it at one place than at another', () => {
    const query = '{ users { reviews { product { name } } } me { reviews { product { price } } } }';
    expect(copies(query, 'reviews')).toEqual([true, true]);
  });

  test('is not copied where all places are one path, or nothing has parts', () => {
    expect(copies('{ users { reviews { product { name } } } }', 'reviews')).toEqual([false]);
    expect(copies('{ users { reviews { product { name } } } }', 'products')).toEqual([false]);
  });
});
