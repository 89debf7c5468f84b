import { randomUUID } from 'node:crypto';
import type { OrderStack } from './order-stack.ts';
import type { StockCount } from './stock-book.ts';

export const address = {
  name: 'Casey Morgan',
  line1: '1-2-3 Toyosu',
  line2: null,
  city: 'Koto-ku',
  region: null,
  postalCode: '135-0061',
  country: 'JP',
};

/** A product of its own, and what happens to its stock. */
export interface StockWatch {
  readonly productId: string;
  count(): Promise<StockCount>;
  /** How many pieces are reserved, and how many have left, since the watch began. */
  sold(): Promise<{ readonly reserved: number; readonly left: number }>;
}

const CREATE = `mutation ($input: CreateProductInput!) { createProduct(input: $input) {
  __typename ... on ProductPayload { product { id } } } }`;
const RECEIVE = `mutation ($input: ReceiveStockInput!) { receiveStock(input: $input) { __typename } }`;

/** Puts a new product on sale, with so many pieces in the first warehouse. */
export async function stockWatch(
  stack: OrderStack,
  staff: string,
  pieces = 50,
): Promise<StockWatch> {
  const run = async (query: string, input?: object) => {
    const { body } = await stack.graphql(query, { input }, { token: staff });
    if (body.errors) throw new Error(JSON.stringify(body.errors));
    return body.data;
  };
  const sku = `T-${randomUUID().slice(0, 8).toUpperCase()}`;
  const product = { sku, name: 'A thing', price: { amount: 1_050, currency: 'USD' } };
  const productId = (await run(CREATE, product)).createProduct.product.id as string;
  const { warehouses } = await run('{ warehouses { id } }');
  await run(RECEIVE, { productId, warehouseId: warehouses[0].id, quantity: pieces });
  return {
    productId,
    count: () => stack.stock.count(productId),
    sold: async () => {
      const { onHand, reserved } = await stack.stock.count(productId);
      return { reserved, left: pieces - onHand };
    },
  };
}

/** Logs a customer in who is not the demo customer. @returns an access token */
export async function loginOther(stack: OrderStack): Promise<string> {
  const token = await stack.login('admin@example.com');
  const query = '{ users(first: 9, filter: { role: CUSTOMER }) { nodes { email } } }';
  const { body } = await stack.graphql(query, {}, { token });
  const emails = body.data.users.nodes.map(({ email }: { email: string }) => email) as string[];
  return stack.login(emails.find((email) => email !== 'customer@example.com') as string);
}
