import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STAFF, startTestMonolith, type Reply, type TestMonolith } from './test-monolith.ts';

interface Product {
  product_id: string;
  sku: string;
  product_name: string;
  unit_price: string;
}

let monolith: TestMonolith;
beforeAll(async () => {
  monolith = await startTestMonolith();
});
afterAll(() => monolith.close());

let counter = 0;
const newSku = () => `SKU-${++counter}`;

const post = (path: string, body: unknown, options: object = { identity: STAFF }) =>
  monolith.call('POST', `/api/${path}`, { body, ...options });
const patch = (path: string, body: unknown) =>
  monolith.call('PATCH', `/api/${path}`, { body, identity: STAFF });
const get = (path: string, options: object = {}) => monolith.call('GET', `/api/${path}`, options);
const listed = async (query: Record<string, string>, options: object = {}) =>
  (await get(`products?${new URLSearchParams(query)}`, options)).body;

async function product(members: object = {}): Promise<Product> {
  const body = { sku: newSku(), product_name: 'Thing', unit_price: '10.00', ...members };
  const reply = await post('products', body);
  expect(reply.status).toBe(201);
  return reply.body;
}

async function category(members: object = {}): Promise<string> {
  const slug = `category-${++counter}`;
  const reply = await post('categories', { cat_name: slug, slug, ...members });
  expect(reply.status).toBe(201);
  return reply.body.category_id;
}

const ids = (items: Product[]) => items.map(({ product_id: id }) => id);
const fields = (reply: Reply) => {
  expect(reply.status).toBe(422);
  return reply.body.error.fields;
};

describe('products', () => {
  test('are created whole, and read by id, by sku and in bulk', async () => {
    const categoryId = await category();
    const created = await post('products', {
      sku: ' ab-12 ',
      product_name: ' Blue Kettle ',
      descr: 'Boils water.',
      brand: 'Acme',
      unit_price: '19.9',
      currency: 'USD',
      category_id: categoryId,
      attrs: [
        ['Colour', 'Blue'],
        ['Volume', '1 l'],
      ],
    });
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({
      sku: 'AB-12',
      product_name: 'Blue Kettle',
      descr: 'Boils water.',
      brand: 'Acme',
      unit_price: '19.90',
      currency: 'USD',
      category_id: categoryId,
      attrs: [
        ['Colour', 'Blue'],
        ['Volume', '1 l'],
      ],
      discontinued: false,
    });
    const { product_id: id } = created.body;
    expect((await get(`products/${id}`)).body).toEqual(created.body);
    expect((await get('products/by-sku/ab-12')).body).toEqual(created.body);
    const lookup = await post('products/lookup', { ids: [id.toUpperCase(), randomUUID()] }, {});
    expect(lookup.body).toEqual({ items: [created.body] });
    await post(`products/${id}/archive`, undefined);
    const { items, has_more } = await listed({ ids: `${randomUUID()},${id}` });
    expect({ ids: ids(items), has_more }).toEqual({ ids: [id], has_more: false });
    expect(await listed({ ids: '' })).toMatchObject({ items: [], total: 0, has_more: false });
    expect(fields(await get('products?ids=1,2'))).toEqual([
      { field: 'ids', message: 'must be at most 1000 UUIDs, separated by commas' },
    ]);
  });

  test('name every field that broke a rule', async () => {
    const reply = await post('products', {
      sku: 'a!',
      product_name: ' ',
      descr: 'x'.repeat(5001),
      brand: 'x'.repeat(101),
      unit_price: '-0.01',
      currency: 'EUR',
      category_id: randomUUID(),
      attrs: [['', 'x'.repeat(201)], ...Array.from({ length: 20 }, () => ['a', 'b'])],
    });
    expect(fields(reply)).toEqual([
      { field: 'sku', message: 'must be 3 to 32 of A-Z, 0-9 and -' },
      { field: 'product_name', message: 'must be 1 to 200 characters long' },
      { field: 'descr', message: 'must be at most 5,000 characters long' },
      { field: 'brand', message: 'must be at most 100 characters long' },
      { field: 'unit_price', message: 'must be from 0 to 100,000,000' },
      { field: 'currency', message: 'must be USD' },
      { field: 'attrs', message: 'must be at most 20' },
      { field: 'attrs.0.0', message: 'must be 1 to 50 characters long' },
      { field: 'attrs.0.1', message: 'must be 1 to 200 characters long' },
      { field: 'category_id', message: 'is not a category' },
    ]);
  });

  test.each([
    ['0', 201],
    ['1000000.00', 201],
    ['1000000.01', 422],
    ['1e3', 422],
    ['1.999', 422],
    ['', 422],
  ])('cost %s: %i', async (price, status) => {
    const reply = await post('products', {
      sku: newSku(),
      product_name: 'Thing',
      unit_price: price,
    });
    expect(reply.status).toBe(status);
  });

  test('give a sku to one of ten who ask at once', async () => {
    const body = { sku: newSku(), product_name: 'Thing', unit_price: '1.00' };
    const replies = await Promise.all(Array.from({ length: 10 }, () => post('products', body)));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = replies.find(({ status }) => status === 409);
    expect(refused?.body.error).toEqual({
      code: 'SKU_TAKEN',
      message: `The stock-keeping unit ${body.sku} belongs to another product.`,
      sku: body.sku,
    });
  });

  test('change in what is sent, and in nothing else', async () => {
    const { product_id: id, ...rest } = await product({
      brand: 'Acme',
      category_id: await category(),
    });
    const changed = await patch(`products/${id}`, { brand: null, unit_price: '2.50' });
    expect(changed.body).toEqual({
      product_id: id,
      ...rest,
      brand: null,
      unit_price: '2.50',
      updated_at: changed.body.updated_at,
    });
    expect((await patch(`products/${id}`, {})).body).toEqual(changed.body);
    expect((await patch(`products/${id}`, { category_id: null })).body.category_id).toBeNull();
    const { sku } = await product();
    expect((await patch(`products/${id}`, { sku })).body.error.code).toBe('SKU_TAKEN');
    expect((await patch(`products/${randomUUID()}`, {})).body.error.message).toBe(
      'There is no product with this id.',
    );
  });

  test('leave the list, but not the shelf, when they are archived', async () => {
    const name = `Archived ${++counter}`;
    const { product_id: id } = await product({ product_name: name });
    const archived = await post(`products/${id}/archive`, undefined);
    expect(archived.body.discontinued).toBe(true);
    expect((await post(`products/${id}/archive`, undefined)).body).toEqual(archived.body);
    expect((await get(`products/${id}`)).body).toEqual(archived.body);
    const found = async (status: string, options: object) =>
      ids((await listed({ q: name, status }, options)).items).includes(id);
    expect(await found('all', {})).toBe(false);
    expect(await found('archived', {})).toBe(false);
    expect(await found('archived', { identity: STAFF })).toBe(true);
    expect(await found('all', { identity: STAFF })).toBe(true);
    expect(await found('active', { identity: STAFF })).toBe(false);
  });

  test('are written by staff only', async () => {
    const id = randomUUID();
    const customer = { identity: { userId: randomUUID(), role: 'customer' } };
    const body = { sku: newSku(), product_name: 'Thing', unit_price: '1.00' };
    expect((await post('products', body, {})).status).toBe(401);
    expect((await post('products', body, customer)).status).toBe(403);
    expect((await post(`products/${id}/archive`, undefined, customer)).status).toBe(403);
    expect((await post('categories', { cat_name: 'x', slug: 'x' }, customer)).status).toBe(403);
  });
});

describe('search', () => {
  test('finds words in name, brand and description, best match first', async () => {
    const inName = await product({ product_name: 'Zeppelin model' });
    const inBrand = await product({ product_name: 'Airship', brand: 'Zeppelin' });
    const inText = await product({ product_name: 'Balloon', descr: 'Smaller than a zeppelin.' });
    const { items, total } = await listed({ q: 'zeppelins' });
    expect(ids(items)).toEqual(ids([inName, inBrand, inText]));
    expect(total).toBe(3);
  });

  test('forgives spelling mistakes in names', async () => {
    const { product_id: id } = await product({ product_name: 'Stainless Thermometer' });
    expect(ids((await listed({ q: 'termometer' })).items)).toEqual([id]);
    expect((await listed({ q: 'xylophone' })).items).toEqual([]);
  });

  test('gives the rows, ranks and order that are defined, whatever is searched for', async () => {
    for (const word of ['Red', 'Green', 'Reed', 'Greene', 'Grey'])
      for (const noun of ['Lamp', 'Lamps', 'Camp', 'Table lamp'])
        await product({ product_name: `${word} ${noun}`, descr: noun, brand: word });
    for (const text of [
      'lamp',
      'gren lmp',
      '"table lamp" -red',
      'red or grey',
      'LAMP',
      "o'neil",
      '%',
      ':*',
      'a',
    ]) {
      const expected = await monolith.sql(
        `select product_id, round((ts_rank(search_doc, q) + word_similarity(lower($1), lower(product_name)))::numeric * 1000000)::int as rank
         from products, websearch_to_tsquery('english', $1) q
         where not discontinued and (search_doc @@ q or word_similarity(lower($1), lower(product_name)) >= 0.4)
         order by rank desc, product_id`,
        [text],
      );
      const page = await listed({ q: text, limit: '100' });
      expect(page.keys).toEqual(expected.map(({ rank, product_id: id }) => [rank, id]));
      expect(page.total).toBe(expected.length);
    }
  });

  test('for blanks is no search, and for more than 200 characters is refused', async () => {
    expect(await listed({ q: '   ' })).toEqual(await listed({ sort: 'name' }));
    expect(await listed({})).toEqual(await listed({ sort: 'name' }));
    expect(fields(await get(`products?q=${'x'.repeat(201)}`))).toEqual([
      { field: 'q', message: 'must be at most 200 characters long' },
    ]);
  });
});

describe('lists of products', () => {
  test('filter by category subtree and price, limits included', async () => {
    const top = await category();
    const middle = await category({ parent_id: top });
    const bottom = await category({ parent_id: middle });
    const cheap = await product({ category_id: top, unit_price: '1.00' });
    const fair = await product({ category_id: middle, unit_price: '2.00' });
    const dear = await product({ category_id: bottom, unit_price: '3.00' });
    const by = async (query: object) => ids((await listed({ sort: 'price', ...query })).items);
    expect(await by({ category_id: top })).toEqual(ids([cheap, fair, dear]));
    expect(await by({ category_id: middle })).toEqual(ids([fair, dear]));
    expect(await by({ category_id: top, min_price: '2.00' })).toEqual(ids([fair, dear]));
    expect(await by({ category_id: top, min_price: '1.01', max_price: '2' })).toEqual(ids([fair]));
    expect(await by({ category_id: randomUUID() })).toEqual([]);
    expect(fields(await get('products?min_price=cheap'))).toEqual([
      { field: 'min_price', message: 'must be decimal dollars such as 19.99' },
    ]);
  });

  describe.each(['name', 'price', '-price', 'newest', 'relevance'])('sorted by %s', (sort) => {
    test('give each row once, page by page, also while rows are inserted', async () => {
      const root = await category();
      const member = (index: number) =>
        product({
          category_id: root,
          // Names that differ in case only, equal prices and equal times must not trip a page.
          product_name: ['Marble', 'marble', 'MARBLE arch', 'Ägäis marble', 'zebra marble'][
            index % 5
          ],
          unit_price: `${index % 3}.50`,
        });
      for (let index = 0; index < 23; index++) await member(index);
      await monolith.sql(
        `update products set created_at = date_trunc('minute', created_at) where category_id = $1`,
        [root],
      );
      const query = { q: 'marble', category_id: root, sort };
      const whole = await listed({ ...query, limit: '100' });
      expect(whole).toMatchObject({ total: 23, has_more: false });
      const seen: string[] = [];
      let after: string | undefined;
      for (;;) {
        const page = await listed({ ...query, limit: '4', ...(after && { after_key: after }) });
        seen.push(...ids(page.items));
        if (!page.has_more) break;
        after = JSON.stringify(page.keys.at(-1));
        await member(seen.length);
      }
      expect(new Set(seen).size).toBe(seen.length);
      const old = new Set(ids(whole.items));
      expect(seen.filter((id) => old.has(id))).toEqual(ids(whole.items));
    });

    test('refuse the key of another order', async () => {
      for (const key of ['["x"]', '{}', '[1,2]', '[null,null]', '["a","b"]', '[1.5,"x"]']) {
        const query = new URLSearchParams({ sort, q: 'marble', after_key: key });
        expect(fields(await get(`products?${query}`))[0].field).toBe('after_key');
      }
    });
  });

  test('have pages by number for those who count', async () => {
    const first = await listed({ limit: '4', sort: 'name' });
    const second = await listed({ limit: '2', page: '2', sort: 'name' });
    expect(second.items).toEqual(first.items.slice(2));
    const both = new URLSearchParams({ page: '2', after_key: JSON.stringify(first.keys[0]) });
    expect(fields(await get(`products?sort=name&${both}`))).toEqual([
      { field: 'page', message: 'cannot be combined with after_key' },
    ]);
  });
});

describe('batched lists', () => {
  test('give each category the page it would have alone, in the order asked', async () => {
    const roots = [await category(), await category(), await category()] as const;
    const below = await category({ parent_id: roots[0] });
    for (const [index, root] of [roots[0], roots[0], below, below, roots[1]].entries()) {
      await product({
        category_id: root,
        product_name: `Item ${index}`,
        unit_price: `${9 - index}.00`,
      });
    }
    const { product_id: gone } = await product({ category_id: below });
    await post(`products/${gone}/archive`, undefined);
    for (const sort of ['name', 'price', '-price', 'newest', 'relevance']) {
      const category_ids = [roots[1], roots[0], roots[2], randomUUID()];
      const { body } = await post('products/by-categories', { category_ids, sort, limit: 3 }, {});
      const alone = await Promise.all(
        category_ids.map(async (id) => ({
          owner_id: id,
          ...(await listed({ category_id: id, sort, limit: '3' })),
        })),
      );
      expect(body.groups).toEqual(alone);
      const after_key = body.groups[1].keys[2];
      const rest = await post('products/by-categories', { category_ids, sort, after_key }, {});
      expect(rest.body.groups[1]).toEqual({
        owner_id: roots[0],
        ...(await listed({ category_id: roots[0], sort, after_key: JSON.stringify(after_key) })),
      });
    }
  });

  test('take as many statements for fifty owners as for one', async () => {
    const owners = await Promise.all(Array.from({ length: 50 }, () => category()));
    await Promise.all(owners.map((id) => product({ category_id: id })));
    const { items } = await listed({ limit: '50' });
    const cost = (path: string, body: object) =>
      monolith.statementsOf(async () => expect((await post(path, body, {})).status).toBe(200));
    for (const count of [1, 50]) {
      const few = owners.slice(0, count);
      expect(await cost('products/by-categories', { category_ids: few })).toBe(2);
      expect(await cost('categories/children', { parent_ids: few })).toBe(1);
      expect(await cost('categories/lookup', { ids: few })).toBe(1);
      expect(await cost('products/lookup', { ids: ids(items).slice(0, count) })).toBe(1);
    }
    expect(await cost('products/by-categories', { category_ids: [] })).toBeLessThanOrEqual(2);
  });

  test('take at most a thousand owners', async () => {
    const many = Array.from({ length: 1001 }, () => randomUUID());
    expect(fields(await post('products/lookup', { ids: many }, {}))[0].field).toBe('ids');
    expect((await post('products/lookup', { ids: many.slice(1) }, {})).body).toEqual({ items: [] });
  });
});

describe('categories', () => {
  test('form a tree whose siblings stand by position and name', async () => {
    const top = await category();
    const last = await category({ parent_id: top, sort_no: 2 });
    const second = await category({ parent_id: top, sort_no: 1, cat_name: 'b' });
    const first = await category({ parent_id: top, sort_no: 1, cat_name: 'A' });
    const other = await category();
    const { body } = await post('categories/children', { parent_ids: [other, top] }, {});
    expect(body.groups.map((group: { owner_id: string }) => group.owner_id)).toEqual([other, top]);
    expect(body.groups[0].items).toEqual([]);
    expect(body.groups[1].items.map((item: { category_id: string }) => item.category_id)).toEqual([
      first,
      second,
      last,
    ]);
    const roots = (await get('categories?root=true')).body.items;
    expect(roots.map((item: { category_id: string }) => item.category_id)).toContain(top);
    expect(roots.every((item: { parent_id: string | null }) => item.parent_id === null)).toBe(true);
    expect((await get('categories')).body.items.length).toBeGreaterThan(roots.length);
  });

  test('are found by slug', async () => {
    const reply = await post('categories', { cat_name: 'Tea', slug: 'tea-time' });
    expect((await get('categories/by-slug/tea-time')).body).toEqual(reply.body);
    expect((await get('categories/by-slug/coffee')).status).toBe(404);
  });

  test('name every field that broke a rule', async () => {
    const reply = await post('categories', {
      cat_name: '',
      slug: 'Not A Slug',
      parent_id: randomUUID(),
    });
    expect(fields(reply)).toEqual([
      { field: 'cat_name', message: 'must be 1 to 100 characters long' },
      { field: 'slug', message: 'must be 1 to 100 of a-z, 0-9 and -' },
      { field: 'parent_id', message: 'is not a category' },
    ]);
    await post('categories', { cat_name: 'Taken', slug: 'taken' });
    const taken = [{ field: 'slug', message: 'belongs to another category' }];
    expect(fields(await post('categories', { cat_name: 'Taken', slug: 'taken' }))).toEqual(taken);
    expect(fields(await patch(`categories/${await category()}`, { slug: 'taken' }))).toEqual(taken);
  });

  test('move in the tree, but not below themselves', async () => {
    const top = await category();
    const below = await category({ parent_id: top });
    for (const parent of [top, below]) {
      expect(fields(await patch(`categories/${top}`, { parent_id: parent }))).toEqual([
        { field: 'parent_id', message: 'must not be the category itself or one below it' },
      ]);
    }
    const moved = await patch(`categories/${below}`, { parent_id: null, cat_name: ' New ' });
    expect(moved.body).toMatchObject({ parent_id: null, cat_name: 'New' });
    expect((await patch(`categories/${top}`, { parent_id: below })).status).toBe(200);
    expect((await patch(`categories/${randomUUID()}`, {})).status).toBe(404);
  });

  test('do not become a circle by two moves at once', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [await category(), await category()];
      const replies = await Promise.all([
        patch(`categories/${a}`, { parent_id: b }),
        patch(`categories/${b}`, { parent_id: a }),
      ]);
      expect(replies.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 422]);
    }
  });
});

describe('requests that are not even wrong', () => {
  test('get a typed error without a stack trace', async () => {
    const raw = (body: string, type = 'application/json') =>
      fetch(`${monolith.url}/api/products/lookup`, {
        method: 'POST',
        headers: { 'content-type': type },
        body,
      });
    const replies = {
      400: await raw('{"ids": ['),
      413: await raw(JSON.stringify({ ids: ['x'.repeat(2_000_000)] })),
      415: await raw('<ids/>', 'application/xml'),
      404: await fetch(`${monolith.url}/api/nothing`),
    };
    for (const [status, response] of Object.entries(replies)) {
      expect(response.status).toBe(Number(status));
      const text = await response.text();
      expect(JSON.parse(text).error).toEqual({
        code: expect.any(String),
        message: expect.any(String),
      });
      expect(text).not.toContain('node_modules');
    }
    expect((await get('products?q=%00')).status).toBe(422);
  });
});
