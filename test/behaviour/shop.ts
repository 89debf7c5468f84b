import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { BehaviourStack, GraphqlReply } from './behaviour-stack.ts';

/** What the suites do again and again, in the words of a shop. All of it by the graph, as a client does it. */
export interface Shop {
  readonly customer: string;
  readonly otherCustomer: string;
  readonly staff: string;
  readonly admin: string;
  /** Runs an operation that must not fail. @returns its `data` */
  data(query: string, variables: Record<string, unknown>, token?: string): Promise<Data>;
  /** Runs an operation that must fail. @returns the code of its first error */
  code(query: string, variables: Record<string, unknown>, token?: string): Promise<unknown>;
  /**
   * A product on sale of which there are fewer pieces than one order takes, by its number among them by name.
   *
   * @param pieces how many more come into each warehouse before
   */
  product(
    number: number,
    pieces?: number,
  ): Promise<{ readonly id: string; readonly stock: number }>;
  stockOf(productId: string): Promise<number>;
}

// Tests read answers of every shape; what they expect is in the expectation beside them.
// oxlint-disable-next-line typescript/no-explicit-any
type Data = any;

/** Texts (codes, times) in their order. */
export const inOrder = (texts: readonly string[]) =>
  texts.toSorted((one, other) => (one < other ? -1 : 1));

/** Times, the latest first. */
export const newestFirst = (times: readonly string[]) => inOrder(times).toReversed();

/** Anything that must fail for an unknown id. */
export const unknownId = () => randomUUID();

/** Opens the shop with the demo accounts. */
export async function openShop(stack: BehaviourStack): Promise<Shop> {
  const [customer, staff, admin] = await Promise.all(
    ['customer', 'staff', 'admin'].map((name) => stack.login(`${name}@example.com`)),
  );
  const run = (query: string, variables: Record<string, unknown>, token?: string) =>
    stack.graphql(query, variables, token === undefined ? {} : { token });
  const data: Shop['data'] = async (query, variables, token) =>
    succeeded(await run(query, variables, token));
  const otherCustomer = await stack.login(await someoneElse(data, admin));
  return {
    customer: customer as string,
    otherCustomer,
    staff: staff as string,
    admin: admin as string,
    data,
    code: async (query, variables, token) => {
      const { body } = await run(query, variables, token);
      expect(body.errors, 'an operation succeeded that must fail').toBeDefined();
      return body.errors?.[0]?.extensions.code;
    },
    product: async (number, pieces = 0) => {
      const { products } = await data(
        '{ products(first: 100, sort: NAME) { nodes { id stock } } }',
        {},
      );
      const scarce = products.nodes.filter(({ stock }: { stock: number }) => stock < 800);
      const { id } = scarce[number];
      if (pieces > 0) await receiveEverywhere(data, staff as string, id, pieces);
      return { id, stock: await stockOf(data, id) };
    },
    stockOf: (productId) => stockOf(data, productId),
  };
}

function succeeded({ body }: GraphqlReply): Data {
  expect(body.errors).toBeUndefined();
  return body.data;
}

async function someoneElse(data: Shop['data'], admin: string | undefined): Promise<string> {
  const { users } = await data(
    '{ users(first: 100, filter: { role: CUSTOMER }) { nodes { email } } }',
    {},
    admin,
  );
  return users.nodes.find(({ email }: { email: string }) => email !== 'customer@example.com').email;
}

async function stockOf(data: Shop['data'], id: string): Promise<number> {
  return (await data('query ($id: ID!) { product(id: $id) { stock } }', { id })).product.stock;
}

async function receiveEverywhere(
  data: Shop['data'],
  staff: string,
  productId: string,
  quantity: number,
): Promise<void> {
  const { warehouses } = await data('{ warehouses { id } }', {}, staff);
  for (const { id } of warehouses) {
    const input = { productId, warehouseId: id, quantity };
    const receive =
      'mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { __typename } }';
    const { receiveStock } = await data(receive, { input }, staff);
    expect(receiveStock.__typename).toBe('StockPayload');
  }
}
