import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeCursor } from '#platform/graph/connection.ts';
import {
  ARCHIVE,
  CREATE_CATEGORY,
  PAGE,
  UPDATE_CATEGORY,
  invalid,
  namesOf,
  newSlug,
  type Catalogue,
} from './catalogue.ts';

/** How the tree of categories behaves. */
export function categoryBehaviour(catalogue: () => Catalogue): void {
  const bySlug = (fields: string) =>
    `query ($slug: String!) { category(slug: $slug) { ${fields} } }`;
  const update = (input: Record<string, unknown>) => catalogue().write(UPDATE_CATEGORY, input);

  test('the tree of the shop can be walked down and up again', async () => {
    const { categories } = await catalogue().data(
      '{ categories { id slug parent { id } children { id slug parent { id } products(first: 3) { totalCount nodes { id status } } } } }',
    );
    expect(categories.length).toBeGreaterThan(2);
    for (const { id, slug, parent, children } of categories) {
      expect(parent).toBe(null);
      for (const child of children) expect(child.parent).toEqual({ id });
      const { category } = await catalogue().data(bySlug('id children { id }'), { slug });
      expect(category).toEqual({
        id,
        children: children.map((child: { id: string }) => ({ id: child.id })),
      });
    }
  });

  test('siblings stand by position, then by name without regard to case', async () => {
    const { category, data } = catalogue();
    const { id: parentId, slug } = await category();
    for (const [name, position] of [
      ['last', 2],
      ['Beta', 1],
      ['alpha', 1],
      ['first', -1],
      ['none', null],
    ] as const) {
      await category({ parentId, name, position });
    }
    const { category: read } = await data(bySlug('children { name }'), { slug });
    expect(namesOf({ nodes: read.children })).toEqual(['first', 'none', 'alpha', 'Beta', 'last']);
  });

  test('products are those on sale in the category and below it, each list paged by itself', async () => {
    const { category, create, write, data } = catalogue();
    const above = await category();
    const below = await category({ parentId: above.id });
    await create({ name: 'a', categoryId: below.id, price: { amount: 3 } });
    await create({ name: 'B', categoryId: above.id, price: { amount: 2 } });
    await create({ name: 'c', categoryId: below.id, price: { amount: 1 } });
    const { product: gone } = await create({ name: 'gone', categoryId: below.id });
    await write(ARCHIVE, { id: gone.id });
    const read = async (args: string) => {
      const { category: found } = await data(
        bySlug(`products${args} { ${PAGE} } children { products${args} { ${PAGE} } }`),
        { slug: above.slug },
        catalogue().staff,
      );
      return [found.products, found.children[0].products];
    };
    expect((await read('')).map(namesOf)).toEqual([
      ['a', 'B', 'c'],
      ['a', 'c'],
    ]);
    expect((await read('(sort: PRICE_LOW_TO_HIGH)')).map(namesOf)).toEqual([
      ['c', 'B', 'a'],
      ['c', 'a'],
    ]);
    const [first, firstBelow] = await read('(first: 1, sort: RELEVANCE)');
    expect([first.totalCount, firstBelow.totalCount]).toEqual([3, 2]);
    expect([first.pageInfo.hasNextPage, firstBelow.pageInfo.hasNextPage]).toEqual([true, true]);
    expect(first.pageInfo.endCursor).toBe(encodeCursor('name', ['a', first.nodes[0].id]));
    const next = await read(`(first: 1, after: "${first.pageInfo.endCursor}")`);
    expect(next.map(namesOf)).toEqual([['B'], ['c']]);
    expect(
      await catalogue().errors(bySlug('products(first: 0) { totalCount }'), { slug: above.slug }),
    ).toEqual(['BAD_USER_INPUT first: must be from 1 to 100, got 0']);
  });

  test('a category that does not exist is null', async () => {
    for (const slug of [newSlug(), '', '💡']) {
      expect(await catalogue().data(bySlug('id'), { slug })).toEqual({ category: null });
    }
  });

  test('creating names every broken rule', async () => {
    const { write, category } = catalogue();
    const { slug } = await category();
    const create = (input: object) =>
      write(CREATE_CATEGORY, { name: 'X', slug: newSlug(), ...input });
    expect(await create({ name: ' ', slug: 'No Slug', parentId: randomUUID() })).toEqual(
      invalid(
        { path: 'name', message: 'must be 1 to 100 characters long' },
        { path: 'slug', message: 'must be 1 to 100 of a-z, 0-9 and -' },
        { path: 'parentId', message: 'is not a category' },
      ),
    );
    expect(await create({ slug })).toEqual(
      invalid({ path: 'slug', message: 'belongs to another category' }),
    );
  });

  test('what is absent or null stays as it is, and a null parent moves to the top', async () => {
    const { category } = catalogue();
    const { id: parentId } = await category();
    const made = await category({ name: ' Lamps ', parentId });
    expect(made).toMatchObject({ name: 'Lamps', parent: { id: parentId }, children: [] });
    const { id } = made;
    expect((await update({ id, name: null, slug: null, position: null })).category).toEqual(made);
    expect((await update({ id, name: 'New' })).category).toEqual({ ...made, name: 'New' });
    expect((await update({ id, parentId: null })).category).toEqual({
      ...made,
      name: 'New',
      parent: null,
    });
  });

  test('a category cannot stand below itself, also when two are moved at once', async () => {
    const { category, data } = catalogue();
    const [one, two] = [await category(), await category()];
    const below = await category({ parentId: one.id });
    const refused = invalid({
      path: 'parentId',
      message: 'must not be the category itself or one below it',
    });
    expect(await update({ id: one.id, parentId: one.id })).toEqual(refused);
    expect(await update({ id: one.id, parentId: below.id })).toEqual(refused);
    const moved = await Promise.all([
      update({ id: one.id, parentId: two.id }),
      update({ id: two.id, parentId: one.id }),
    ]);
    expect(moved.map(({ __typename }) => String(__typename)).toSorted()).toEqual([
      'CategoryPayload',
      'InvalidInput',
    ]);
    const parents = [];
    for (const { slug } of [one, two]) {
      parents.push((await data(bySlug('parent { id }'), { slug })).category.parent);
    }
    expect(parents.filter((parent) => parent === null)).toHaveLength(1);
  });

  test('unknown categories, unknown parents and slugs of others are refused', async () => {
    const { category } = catalogue();
    const [one, other] = [await category(), await category()];
    const id = randomUUID();
    expect(await update({ id, name: '' })).toEqual({
      __typename: 'NotFound',
      message: 'There is no category with this id.',
      id,
    });
    expect(await update({ id: one.id, parentId: id })).toEqual(
      invalid({ path: 'parentId', message: 'is not a category' }),
    );
    expect(await update({ id: one.id, slug: other.slug })).toEqual(
      invalid({ path: 'slug', message: 'belongs to another category' }),
    );
  });
}
