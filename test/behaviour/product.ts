import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { BehaviourStack } from './behaviour-stack.ts';
import {
  ARCHIVE,
  CREATE,
  CREATE_CATEGORY,
  PRODUCT,
  READ,
  UPDATE,
  UPDATE_CATEGORY,
  idsOf,
  invalid,
  letters,
  newSku,
  noProduct,
  openCatalogue,
  type Catalogue,
} from './catalogue.ts';
import { categoryBehaviour } from './product-categories.ts';
import { listBehaviour, searchBehaviour } from './product-lists.ts';

/** How the catalogue behaves, whichever side answers. */
export function productBehaviour(stack: () => BehaviourStack): void {
  let catalogue: Catalogue;
  beforeAll(async () => {
    catalogue = await openCatalogue(stack());
  });
  describe('one product', () => {
    readingBehaviour(() => catalogue);
  });
  describe('creating a product', () => {
    creatingBehaviour(() => catalogue);
  });
  describe('changing a product', () => {
    changingBehaviour(() => catalogue);
  });
  describe('lists of products', () => {
    listBehaviour(() => catalogue);
  });
  describe('searching', () => {
    searchBehaviour(() => catalogue);
  });
  describe('categories', () => {
    categoryBehaviour(() => catalogue);
  });
  describe('who may write', () => {
    permissionBehaviour(() => catalogue);
  });
}

function readingBehaviour(catalogue: () => Catalogue): void {
  test('a product of the shop is the same by id, by unit and in the list', async () => {
    const { data } = catalogue();
    const { products } = await data(`{ products(first: 5) { nodes { ${PRODUCT} } } }`);
    expect(products.nodes).toHaveLength(5);
    for (const product of products.nodes) {
      const variables = { id: product.id.toUpperCase(), sku: product.sku.toLowerCase() };
      expect(await data(READ, variables)).toEqual({ product, productBySku: product });
      expect(product.price).toEqual({ amount: expect.any(Number), currency: 'USD' });
      expect(product.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
  });

  test('what does not exist is null', async () => {
    for (const sku of [newSku(), '', 'no such unit', '💡']) {
      expect(await catalogue().data(READ, { id: randomUUID(), sku })).toEqual({
        product: null,
        productBySku: null,
      });
    }
  });

  test('an id that is no UUID is refused', async () => {
    expect(
      await catalogue().errors('query ($id: ID!) { product(id: $id) { id } }', { id: '1' }),
    ).toEqual(['BAD_USER_INPUT id: must be a UUID']);
  });
}

function creatingBehaviour(catalogue: () => Catalogue): void {
  test('the answer and every later read show what was asked for', async () => {
    const { create, category, data } = catalogue();
    const { id: categoryId, slug } = await category();
    const sku = newSku();
    const { product, __typename } = await create({
      sku: sku.toLowerCase(),
      name: ' Desk lamp 💡 ',
      description: ' Bright.\nQuiet. ',
      brand: ' Lux ',
      price: { amount: 4_950, currency: 'USD' },
      categoryId: categoryId.toUpperCase(),
      attributes: [
        { name: 'Colour ', value: ' Blue' },
        { name: 'Colour', value: 'Green' },
      ],
    });
    expect(__typename).toBe('ProductPayload');
    expect(product).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
      sku,
      name: 'Desk lamp 💡',
      description: 'Bright.\nQuiet.',
      brand: 'Lux',
      price: { amount: 4_950, currency: 'USD' },
      category: { id: categoryId, slug },
      attributes: [
        { name: 'Colour', value: 'Blue' },
        { name: 'Colour', value: 'Green' },
      ],
      status: 'ACTIVE',
      createdAt: expect.any(String),
      updatedAt: product.createdAt,
    });
    expect(await data(READ, { id: product.id, sku })).toEqual({ product, productBySku: product });
  });

  test('what is left out, or null, has its default', async () => {
    const { create } = catalogue();
    const defaults = { description: '', brand: null, category: null, attributes: [] };
    const nulls = { description: null, brand: null, categoryId: null, attributes: null };
    expect((await create()).product).toMatchObject(defaults);
    expect((await create({ ...nulls, brand: ' ' })).product).toMatchObject(defaults);
    expect((await create({ price: { amount: 0, currency: null } })).product.price).toEqual({
      amount: 0,
      currency: 'USD',
    });
  });

  test('the limits themselves are allowed', async () => {
    const { product } = await catalogue().create({
      sku: `${newSku()}-${'0'.repeat(13)}`,
      name: '💡'.repeat(200),
      description: 'x'.repeat(5_000),
      brand: 'b'.repeat(100),
      price: { amount: 100_000_000 },
      attributes: Array.from({ length: 20 }, () => ({
        name: 'n'.repeat(50),
        value: '値'.repeat(200),
      })),
    });
    expect(product.price.amount).toBe(100_000_000);
    expect(product.attributes).toHaveLength(20);
    expect(product.name).toBe('💡'.repeat(200));
  });

  test('every broken rule is named, in the order of the fields', async () => {
    const attribute = { name: 'n', value: 'v' };
    expect(
      await catalogue().create({
        sku: 'a_b',
        name: '  ',
        description: 'x'.repeat(5_001),
        brand: 'b'.repeat(101),
        price: { amount: -1, currency: 'EUR' },
        categoryId: randomUUID(),
        attributes: [
          { name: ' ', value: 'v'.repeat(201) },
          ...Array.from({ length: 20 }, () => attribute),
        ],
      }),
    ).toEqual(
      invalid(
        { path: 'sku', message: 'must be 3 to 32 of A-Z, 0-9 and -' },
        { path: 'name', message: 'must be 1 to 200 characters long' },
        { path: 'description', message: 'must be at most 5,000 characters long' },
        { path: 'brand', message: 'must be at most 100 characters long' },
        { path: 'price.amount', message: 'must be from 0 to 100,000,000' },
        { path: 'price.currency', message: 'must be USD' },
        { path: 'attributes', message: 'must be at most 20' },
        { path: 'attributes.0.name', message: 'must be 1 to 50 characters long' },
        { path: 'attributes.0.value', message: 'must be 1 to 200 characters long' },
        { path: 'categoryId', message: 'is not a category' },
      ),
    );
  });

  test('a unit that is taken is refused, whatever its case, also of ten at once', async () => {
    const { create } = catalogue();
    const sku = newSku();
    const results = await Promise.all(
      Array.from({ length: 10 }, () => create({ sku: sku.toLowerCase() })),
    );
    const refused = results.filter(({ __typename }) => __typename !== 'ProductPayload');
    expect(refused).toEqual(
      Array.from({ length: 9 }, () => ({
        __typename: 'SkuTaken',
        message: `The stock-keeping unit ${sku} belongs to another product.`,
        sku,
      })),
    );
  });
}

function changingBehaviour(catalogue: () => Catalogue): void {
  const update = (input: Record<string, unknown>) => catalogue().write(UPDATE, input);

  test('what is absent or null stays as it is, and a change of nothing changes nothing', async () => {
    const { create, category, data } = catalogue();
    const { id: categoryId } = await category();
    const { product } = await create({ brand: 'Lux', categoryId, description: 'Old' });
    const { id } = product;
    const nulls = { sku: null, name: null, description: null, price: null, attributes: null };
    expect((await update({ id, ...nulls })).product).toEqual(product);
    const renamed = (await update({ id, name: ' New ' })).product;
    expect(renamed).toEqual({ ...product, name: 'New', updatedAt: renamed.updatedAt });
    expect(Date.parse(renamed.updatedAt)).toBeGreaterThanOrEqual(Date.parse(product.updatedAt));
    expect((await data(READ, { id, sku: product.sku })).productBySku).toEqual(renamed);
  });

  test('everything can be changed, and null removes brand and category', async () => {
    const { create, category } = catalogue();
    const { id: categoryId } = await category();
    const { product } = await create();
    const sku = newSku();
    const change = {
      name: 'Other',
      description: 'New',
      brand: 'Neu',
      price: { amount: 5, currency: 'USD' },
      attributes: [{ name: 'Size', value: 'L' }],
    };
    const { product: changed } = await update({ id: product.id, sku, categoryId, ...change });
    expect(changed).toMatchObject({ ...change, sku, category: { id: categoryId } });
    expect((await update({ id: product.id, brand: null, categoryId: null })).product).toEqual({
      ...changed,
      brand: null,
      category: null,
      updatedAt: expect.any(String),
    });
  });

  test('broken rules, unknown categories and units of others are refused', async () => {
    const { create, data } = catalogue();
    const [{ product }, { product: other }] = await Promise.all([create(), create()]);
    const { id } = product;
    expect(
      await update({ id, name: '', price: { amount: 100_000_001 }, categoryId: randomUUID() }),
    ).toEqual(
      invalid(
        { path: 'name', message: 'must be 1 to 200 characters long' },
        { path: 'price.amount', message: 'must be from 0 to 100,000,000' },
        { path: 'categoryId', message: 'is not a category' },
      ),
    );
    expect(await update({ id, name: 'Never', sku: other.sku })).toEqual({
      __typename: 'SkuTaken',
      message: `The stock-keeping unit ${other.sku} belongs to another product.`,
      sku: other.sku,
    });
    expect((await data(READ, { id, sku: product.sku })).product).toEqual(product);
    expect((await update({ id, sku: product.sku.toLowerCase() })).product.sku).toBe(product.sku);
  });

  test('an unknown product is not found, whatever else is wrong', async () => {
    const id = randomUUID();
    expect(await update({ id, name: '' })).toEqual(noProduct(id));
    expect(await catalogue().write(ARCHIVE, { id })).toEqual(noProduct(id));
  });

  test('an archived product leaves the lists and stays readable, and twice is no fault', async () => {
    const { create, write, data, list } = catalogue();
    const search = letters();
    const { product } = await create({ name: search });
    const { product: archived } = await write(ARCHIVE, { id: product.id });
    expect(archived).toEqual({ ...product, status: 'ARCHIVED', updatedAt: archived.updatedAt });
    expect((await write(ARCHIVE, { id: product.id })).product).toEqual(archived);
    const { id, sku } = product;
    expect(await data(READ, { id, sku })).toEqual({ product: archived, productBySku: archived });
    const { customer, staff } = catalogue();
    const archivedOnly = { filter: { search, status: 'ARCHIVED' } };
    expect(await list({ filter: { search } }, staff)).toMatchObject({ totalCount: 0 });
    expect(idsOf(await list(archivedOnly, staff))).toEqual([id]);
    for (const token of [customer, undefined]) {
      expect(await list(archivedOnly, token)).toMatchObject({ totalCount: 0, nodes: [] });
    }
    expect(idsOf(await list({ filter: { search, status: null } }, staff))).toEqual([]);
  });
}

function permissionBehaviour(catalogue: () => Catalogue): void {
  const id = randomUUID();
  test.each([
    ['createProduct', CREATE, { sku: 'ABC', name: 'X', price: { amount: 1 } }],
    ['updateProduct', UPDATE, { id, name: 'X' }],
    ['archiveProduct', ARCHIVE, { id }],
    ['createCategory', CREATE_CATEGORY, { name: 'X', slug: 'x' }],
    ['updateCategory', UPDATE_CATEGORY, { id, name: 'X' }],
  ])('%s is for staff', async (_name, mutation, input) => {
    const { errors, customer } = catalogue();
    expect(await errors(mutation, { input })).toEqual([
      'UNAUTHENTICATED Log in first: send `Authorization: Bearer <access token>`.',
    ]);
    expect(await errors(mutation, { input }, customer)).toEqual([
      'FORBIDDEN Only staff may do this.',
    ]);
  });

  test.each([
    ['id', UPDATE, { id: 'x' }],
    ['categoryId', UPDATE, { id, categoryId: 'x' }],
    ['categoryId', CREATE, { sku: 'ABC', name: 'X', price: { amount: 1 }, categoryId: 'x' }],
    ['id', ARCHIVE, { id: 'x' }],
    ['parentId', CREATE_CATEGORY, { name: 'X', slug: 'x', parentId: 'x' }],
    ['id', UPDATE_CATEGORY, { id: 'x' }],
    ['parentId', UPDATE_CATEGORY, { id, parentId: 'x' }],
  ])('a malformed %s is refused', async (field, mutation, input) => {
    const { errors, staff } = catalogue();
    expect(await errors(mutation, { input }, staff)).toEqual([
      `BAD_USER_INPUT input.${field}: must be a UUID`,
    ]);
  });
}
