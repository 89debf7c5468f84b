import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { FrontEnd } from '../../clients/front-end/front-end.ts';
import {
  BrowseProductsDocument,
  CategoryPageDocument,
  ProductBySkuDocument,
  ProductPageDocument,
  SearchProductsDocument,
  StoreHomeDocument,
} from '../../clients/store-front/operations.generated.ts';
import { open, present, read } from '../front-end/screen.ts';
import type { RequestRecord } from '../requests.ts';

const distinct = (nodes: readonly { id: string }[]) => new Set(nodes.map(({ id }) => id)).size;

/** What a visitor does: looks for products and at them. */
export function browsing(visit: () => FrontEnd, taken: RequestRecord['taken']): void {
  test('the home page shows the categories and the newest products', async () => {
    const { categories, products, me } = await read(visit(), StoreHomeDocument, { featured: 6 });
    expect(present(categories).length).toBeGreaterThan(0);
    expect(present(categories).some(({ children }) => children.length > 0)).toBe(true);
    expect(distinct(present(products).nodes)).toBe(6);
    expect(me).toBeNull();
  });

  test('a category is paged through, and its pages stay together', async () => {
    const frontEnd = visit();
    const { categories } = await read(frontEnd, StoreHomeDocument, {});
    const { slug } = present(present(categories)[0]);
    const screen = await open(frontEnd, CategoryPageDocument, { slug });
    const first = present(screen.now().category);
    expect(first.products.nodes).toHaveLength(10);
    const both = Math.min(20, first.products.totalCount);
    expect(both).toBeGreaterThan(10);
    await screen.more(first.products.pageInfo.endCursor);
    const { category } = await screen.until(
      (data) => data.category?.products.nodes.length === both,
    );
    expect(distinct(present(category).products.nodes)).toBe(both);
    expect(present(category).children).toEqual(first.children);
    screen.leave();
  });

  test('a misspelled search finds products, page by page', async () => {
    const frontEnd = visit();
    const { products: some } = await read(frontEnd, BrowseProductsDocument, { first: 50 });
    const words = present(some).nodes.flatMap(({ name }) => name.split(' '));
    const word = present(words.find((word) => /^[A-Za-z]{9,}$/.test(word)));
    const search = `${word.slice(0, 3)}${word.slice(4)}`;
    const screen = await open(frontEnd, SearchProductsDocument, { search, first: 1 });
    const { edges, pageInfo, totalCount } = present(screen.now().products);
    expect(edges[0]?.node.name).toContain(word);
    expect(totalCount).toBeGreaterThan(1);
    await screen.more(pageInfo.endCursor);
    const { products } = await screen.until((data) => data.products?.edges.length === 2);
    expect(distinct(present(products).edges.map(({ node }) => node))).toBe(2);
    screen.leave();
  });

  test('a filter and an order hold on every page, to the last', async () => {
    const frontEnd = visit();
    const { categories } = await read(frontEnd, StoreHomeDocument, {});
    const categoryId = present(present(categories)[0]?.children[0]).id;
    const screen = await open(frontEnd, BrowseProductsDocument, {
      filter: { categoryId, minPrice: 1_000, maxPrice: 60_000 },
      sort: 'PRICE_LOW_TO_HIGH',
      first: 2,
    });
    const page = () => present(screen.now().products);
    while (page().pageInfo.hasNextPage) {
      const { length } = page().nodes;
      await screen.more(page().pageInfo.endCursor);
      await screen.until((data) => present(data.products).nodes.length > length);
    }
    const prices = page().nodes.map(({ price }) => price.amount);
    expect(prices).toHaveLength(page().totalCount);
    expect(prices.length).toBeGreaterThan(4);
    expect(prices).toEqual(prices.toSorted((one, other) => one - other));
    expect(prices.every((price) => price >= 1_000 && price <= 60_000)).toBe(true);
    expect(page().pageInfo.hasPreviousPage).toBe(false);
    screen.leave();
  });

  test('a product page says how many pieces there are, and is kept', async () => {
    const frontEnd = visit();
    const { products } = await read(frontEnd, BrowseProductsDocument, { first: 1 });
    const { id, name } = present(products?.nodes[0]);
    const { product } = await read(frontEnd, ProductPageDocument, { id });
    expect(product).toMatchObject({ id, name });
    expect(present(product).inStock).toBe(present(present(product).stock) > 0);
    taken();
    await read(frontEnd, ProductPageDocument, { id });
    expect(taken()).toEqual([]);
    const unknown = await read(frontEnd, ProductPageDocument, { id: randomUUID() });
    expect(unknown.product).toBeNull();
  });

  test('what one page knows, another does not wipe out', async () => {
    const frontEnd = visit();
    const { products } = await read(frontEnd, BrowseProductsDocument, { first: 1 });
    const { id, name } = present(products?.nodes[0]);
    const { product } = await read(frontEnd, ProductPageDocument, { id });
    expect(present(product).category).not.toBeNull();
    await read(frontEnd, SearchProductsDocument, { search: name });
    taken();
    expect((await read(frontEnd, ProductPageDocument, { id })).product).toEqual(product);
    expect(taken()).toEqual([]);
  });

  test('an operation is sent whole by the first who needs it, and by its hash by all others', async () => {
    const { products } = await read(visit(), BrowseProductsDocument, { first: 1 });
    const { sku } = present(products?.nodes[0]);
    const operation = 'ProductBySku';
    taken();
    await read(visit(), ProductBySkuDocument, { sku, withStock: true });
    expect(taken()).toEqual([
      { method: 'GET', operation, whole: false },
      { method: 'POST', operation, whole: true },
    ]);
    await read(visit(), ProductBySkuDocument, { sku: sku.toLowerCase(), withStock: true });
    expect(taken()).toEqual([{ method: 'GET', operation, whole: false }]);
  });
}
