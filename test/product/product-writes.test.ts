import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addCategory, startCatalogue, type CatalogueServer } from './catalogue-server.ts';

const PRODUCT = `id sku name description brand price { amount currency } category { id name }
  attributes { name value } status createdAt updatedAt`;
const RESULT = `__typename
  ... on ProductPayload { product { ${PRODUCT} } }
  ... on SkuTaken { message sku }
  ... on NotFound { message id }
  ... on InvalidInput { message fields { path message } }`;
const CREATE = `mutation Create($input: CreateProductInput!) { result: createProduct(input: $input) {
  ${RESULT.replace(/\.\.\. on NotFound.*\n/, '')} } }`;
const UPDATE = `mutation Update($input: UpdateProductInput!) { result: updateProduct(input: $input) { ${RESULT} } }`;
const ARCHIVE = `mutation Archive($input: ArchiveProductInput!) { result: archiveProduct(input: $input) {
  __typename ... on ProductPayload { product { ${PRODUCT} } } ... on NotFound { message id } } }`;
const READ = `query Read($id: ID!, $sku: String!) {
  product(id: $id) { ${PRODUCT} } productBySku(sku: $sku) { ${PRODUCT} } }`;

let catalogue: CatalogueServer;
let category: string;

beforeAll(async () => {
  catalogue = await startCatalogue();
  category = await addCategory(catalogue.database, { name: 'Lamps', slug: 'lamps' });
});

afterAll(() => catalogue.close());

const uniqueSku = () => `SKU-${randomUUID().slice(0, 13).toUpperCase()}`;
const write = async (mutation: string, input: Record<string, unknown>) =>
  (await catalogue.data(mutation, { input }, 'staff')).result;
const create = (input: Record<string, unknown> = {}) =>
  write(CREATE, { sku: uniqueSku(), name: 'Lamp', price: { amount: 1_999 }, ...input });
const update = (input: Record<string, unknown>) => write(UPDATE, input);
const read = (id: string, sku: string) => catalogue.data(READ, { id, sku });

describe('creating a product', () => {
  test('the answer and every later read show what was asked for', async () => {
    const sku = uniqueSku();
    const { __typename, product } = await create({
      sku: ` ${sku.toLowerCase()} `,
      name: '  Desk lamp 💡 ',
      description: ' Bright.\nQuiet.\n',
      brand: ' Lux ',
      price: { amount: 4_950, currency: 'USD' },
      categoryId: category.toUpperCase(),
      attributes: [
        { name: ' Colour', value: 'Blue ' },
        { name: 'Colour', value: 'Again blue' },
      ],
    });
    expect(__typename).toBe('ProductPayload');
    expect(product).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      sku,
      name: 'Desk lamp 💡',
      description: 'Bright.\nQuiet.',
      brand: 'Lux',
      price: { amount: 4_950, currency: 'USD' },
      category: { id: category, name: 'Lamps' },
      attributes: [
        { name: 'Colour', value: 'Blue' },
        { name: 'Colour', value: 'Again blue' },
      ],
      status: 'ACTIVE',
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: product.createdAt,
    });
    expect(await read(product.id.toUpperCase(), sku.toLowerCase())).toEqual({
      product,
      productBySku: product,
    });
  });

  test('what is left out has its default', async () => {
    const { product } = await create();
    expect(product).toMatchObject({
      description: '',
      brand: null,
      category: null,
      attributes: [],
      price: { amount: 1_999, currency: 'USD' },
    });
    const nulls = { description: null, brand: '  ', categoryId: null, attributes: null };
    const other = await create({ ...nulls, price: { amount: 0, currency: null } });
    expect(other.product).toMatchObject({
      description: '',
      brand: null,
      attributes: [],
      price: { amount: 0, currency: 'USD' },
    });
  });

  test('the limits themselves are allowed', async () => {
    const { __typename } = await create({
      sku: `A-${'9'.repeat(30)}`,
      name: '💡'.repeat(200),
      description: 'x'.repeat(5_000),
      brand: 'b'.repeat(100),
      price: { amount: 100_000_000 },
      attributes: Array.from({ length: 20 }, () => ({
        name: 'n'.repeat(50),
        value: 'v'.repeat(200),
      })),
    });
    expect(__typename).toBe('ProductPayload');
  });

  test('half a character is replaced, in texts as in attributes', async () => {
    const half = '\ud83e';
    const { product } = await create({ name: half, attributes: [{ name: half, value: half }] });
    expect(product.name).toBe('\ufffd');
    expect(product.attributes).toEqual([{ name: '\ufffd', value: '\ufffd' }]);
  });

  test('every broken rule is named, in the order of the fields', async () => {
    const tooMany = Array.from({ length: 20 }, () => ({ name: 'n', value: 'v' }));
    expect(
      await create({
        sku: 'a_b',
        name: '   ',
        description: 'x'.repeat(5_001),
        brand: 'b'.repeat(101),
        price: { amount: -1, currency: 'EUR' },
        attributes: [{ name: '', value: 'v'.repeat(201) }, ...tooMany],
      }),
    ).toEqual({
      __typename: 'InvalidInput',
      message: 'The input is not valid: see `fields`.',
      fields: [
        { path: 'sku', message: 'must be 3 to 32 of A-Z, 0-9 and -' },
        { path: 'name', message: 'must be 1 to 200 characters long' },
        { path: 'description', message: 'must be at most 5,000 characters long' },
        { path: 'brand', message: 'must be at most 100 characters long' },
        { path: 'price.amount', message: 'must be from 0 to 100,000,000' },
        { path: 'price.currency', message: 'must be USD' },
        { path: 'attributes', message: 'must be at most 20' },
        { path: 'attributes.0.name', message: 'must be 1 to 50 characters long' },
        { path: 'attributes.0.value', message: 'must be 1 to 200 characters long' },
      ],
    });
  });

  test.each([
    [{ sku: 'AB' }, 'sku'],
    [{ sku: 'A'.repeat(33) }, 'sku'],
    [{ sku: 'ÄÖÜ' }, 'sku'],
    [{ name: 'n'.repeat(201) }, 'name'],
    [{ name: 'a\0b' }, 'name'],
    [{ price: { amount: 100_000_001 } }, 'price.amount'],
    [{ attributes: [{ name: 'n'.repeat(51), value: 'v' }] }, 'attributes.0.name'],
    [{ attributes: [{ name: 'n', value: '\0' }] }, 'attributes.0.value'],
    [{ categoryId: randomUUID() }, 'categoryId'],
  ])('%o is not valid', async (input, path) => {
    const result = await create(input);
    expect(result.__typename).toBe('InvalidInput');
    expect(result.fields.map((field: { path: string }) => field.path)).toEqual([path]);
  });

  test('an unknown category is said to be none', async () => {
    expect((await create({ categoryId: randomUUID() })).fields).toEqual([
      { path: 'categoryId', message: 'is not a category' },
    ]);
  });

  test('a unit that is taken is refused, whatever its case', async () => {
    const { product } = await create();
    expect(await create({ sku: product.sku.toLowerCase() })).toEqual({
      __typename: 'SkuTaken',
      message: `The stock-keeping unit ${product.sku} belongs to another product.`,
      sku: product.sku,
    });
  });

  test('of ten that want one unit at once, one gets it and nine are told', async () => {
    const sku = uniqueSku();
    const results = await Promise.all(Array.from({ length: 10 }, () => create({ sku })));
    const names = results.map(({ __typename }) => String(__typename)).toSorted();
    expect(names).toEqual(['ProductPayload', ...Array.from({ length: 9 }, () => 'SkuTaken')]);
  });
});

describe('changing a product', () => {
  test('what is absent stays as it is', async () => {
    const { product } = await create({ brand: 'Lux', categoryId: category, description: 'Old' });
    const changed = await update({ id: product.id, name: ' New name ' });
    expect(changed.product).toEqual({
      ...product,
      name: 'New name',
      updatedAt: changed.product.updatedAt,
    });
    expect(changed.product.updatedAt >= product.updatedAt).toBe(true);
    expect((await read(product.id, product.sku)).product).toEqual(changed.product);
  });

  test('everything can be changed at once', async () => {
    const { product } = await create();
    const sku = uniqueSku();
    const change = {
      description: 'New',
      brand: 'Neu',
      price: { amount: 5, currency: 'USD' },
      attributes: [{ name: 'Size', value: 'L' }],
    };
    const { product: changed } = await update({
      id: product.id,
      sku: sku.toLowerCase(),
      categoryId: category,
      ...change,
    });
    expect(changed).toMatchObject({ ...change, sku, category: { id: category } });
  });

  test('null removes the brand and the category', async () => {
    const { product } = await create({ brand: 'Lux', categoryId: category });
    const { product: changed } = await update({ id: product.id, brand: null, categoryId: null });
    expect(changed).toMatchObject({ brand: null, category: null });
  });

  test('null elsewhere counts as absent, and a change of nothing changes nothing', async () => {
    const { product } = await create({ brand: 'Lux' });
    const nothing = { sku: null, name: null, description: null, price: null, attributes: null };
    expect((await update({ id: product.id, ...nothing })).product).toEqual(product);
    expect((await update({ id: product.id })).product).toEqual(product);
  });

  test('every broken rule is named, the category too, and nothing has changed', async () => {
    const { product } = await create();
    const broken = { name: '', price: { amount: 1, currency: 'usd' }, categoryId: randomUUID() };
    expect((await update({ id: product.id, sku: uniqueSku(), ...broken })).fields).toEqual([
      { path: 'name', message: 'must be 1 to 200 characters long' },
      { path: 'price.currency', message: 'must be USD' },
      { path: 'categoryId', message: 'is not a category' },
    ]);
    expect((await read(product.id, product.sku)).product).toEqual(product);
  });

  test('the unit of another product is refused, its own is not', async () => {
    const [{ product: one }, { product: other }] = await Promise.all([create(), create()]);
    expect(await update({ id: one.id, sku: other.sku, name: 'Never' })).toEqual({
      __typename: 'SkuTaken',
      message: `The stock-keeping unit ${other.sku} belongs to another product.`,
      sku: other.sku,
    });
    expect((await update({ id: one.id, sku: one.sku })).product.name).toBe('Lamp');
  });

  test('changes of different fields at the same time are all kept', async () => {
    const { product } = await create();
    const { id } = product;
    await Promise.all([
      update({ id, name: 'Renamed' }),
      update({ id, brand: 'Branded' }),
      update({ id, price: { amount: 7 } }),
      update({ id, categoryId: category }),
    ]);
    expect((await read(id, product.sku)).product).toMatchObject({
      name: 'Renamed',
      brand: 'Branded',
      price: { amount: 7 },
      category: { id: category },
    });
  });

  test('an unknown product is not found, an unknown category is none', async () => {
    const id = randomUUID();
    expect(await update({ id, name: '' })).toEqual({
      __typename: 'NotFound',
      message: 'There is no product with this id.',
      id,
    });
    const { product } = await create();
    expect((await update({ id: product.id, categoryId: id })).fields).toEqual([
      { path: 'categoryId', message: 'is not a category' },
    ]);
  });
});

describe('archiving a product', () => {
  test('it leaves the lists and stays readable by id and unit, and twice is no fault', async () => {
    const { product } = await create({ name: 'Archivable' });
    const { product: archived } = await write(ARCHIVE, { id: product.id });
    expect(archived).toEqual({ ...product, status: 'ARCHIVED', updatedAt: archived.updatedAt });
    expect(await write(ARCHIVE, { id: product.id })).toEqual({
      __typename: 'ProductPayload',
      product: archived,
    });
    expect(await read(product.id, product.sku)).toEqual({
      product: archived,
      productBySku: archived,
    });
    const found = await catalogue.data(
      '{ products(filter: { search: "archivable" }) { totalCount } }',
    );
    expect(found.products.totalCount).toBe(0);
  });

  test('an unknown product is not found', async () => {
    const id = randomUUID();
    expect(await write(ARCHIVE, { id })).toEqual({
      __typename: 'NotFound',
      message: 'There is no product with this id.',
      id,
    });
  });
});

describe('reading one product', () => {
  test('what does not exist is null', async () => {
    for (const sku of ['NO-SUCH', '', 'a\0b', '💡', 'x'.repeat(10_000)]) {
      expect(await read(randomUUID(), sku)).toEqual({ product: null, productBySku: null });
    }
  });

  test('an id that is no UUID is refused', async () => {
    const { body } = await catalogue.graphql(READ, { id: '1', sku: 'X' });
    expect(body.errors).toMatchObject([
      { message: 'id: must be a UUID', extensions: { code: 'BAD_USER_INPUT', argument: 'id' } },
    ]);
  });
});

describe('who may write', () => {
  const id = randomUUID();
  const name = 'X';
  test.each([
    [CREATE, { sku: 'ABC', name, price: { amount: 1 } }],
    [UPDATE, { id, name }],
    [ARCHIVE, { id }],
  ])('only staff: %s', async (mutation, input) => {
    const attempt = async (role: 'customer' | null) =>
      (await catalogue.graphql(mutation, { input }, role)).body;
    expect(await attempt(null)).toMatchObject({
      data: { result: null },
      errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
    });
    expect(await attempt('customer')).toMatchObject({
      data: { result: null },
      errors: [{ message: 'Only staff may do this.', extensions: { code: 'FORBIDDEN' } }],
    });
  });

  test.each([
    [UPDATE, { id: 'x' }, 'input.id: must be a UUID'],
    [UPDATE, { id, categoryId: 'x' }, 'input.categoryId: must be a UUID'],
    [ARCHIVE, { id: 'x' }, 'input.id: must be a UUID'],
  ])('%s with malformed ids %o is refused', async (mutation, input, message) => {
    const { body } = await catalogue.graphql(mutation, { input }, 'staff');
    expect(body.errors).toMatchObject([{ message, extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  test('callers without the signature of the gateway get 401', async () => {
    const response = await fetch(`${catalogue.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ categories { id } }' }),
    });
    expect(response.status).toBe(401);
  });
});
