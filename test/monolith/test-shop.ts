import { randomUUID } from 'node:crypto';
import type { Identity } from '#platform/identity/identity.ts';
import { STAFF, type Reply, type TestMonolith } from './test-monolith.ts';

/** Another process of ours, as the gateway signs it. */
export const SERVICE: Partial<Identity> = { userId: null, role: 'service' };

/** Two warehouses, and what tests of stock and orders do again and again. */
export interface TestShop {
  /** By code. */
  readonly warehouses: readonly [string, string];
  /** An account, as the gateway signs it. */
  newCustomer(): Promise<Partial<Identity> & { userId: string }>;
  /** A product with so many pieces in each of the warehouses. @returns its id */
  newProduct(stock?: readonly [number, number], price?: string): Promise<string>;
  /** Calls as staff; answers what the body holds. */
  asStaff(method: string, path: string, body?: unknown): Promise<Reply>;
  place(identity: Partial<Identity>, items: Record<string, number>, key?: string): Promise<Reply>;
  /** On hand and reserved pieces of a product, over all warehouses, straight from the database. */
  stockOf(productId: string): Promise<{ onHand: number; reserved: number }>;
  /** The log of a product, summed, straight from the database. */
  logOf(productId: string): Promise<number>;
}

export const ADDRESS = {
  name: 'Ada Lovelace',
  addr1: '1 Analytical Way',
  city: 'London',
  zip: 'N1 9GU',
  country: 'GB',
};

export async function openTestShop(monolith: TestMonolith): Promise<TestShop> {
  const warehouses = [randomUUID(), randomUUID()].sort() as [string, string];
  for (const [index, id] of warehouses.entries()) {
    await monolith.sql(`insert into warehouses values ($1, $2, $3)`, [id, `W${index}`, 'Tokyo']);
  }
  let counter = 0;
  const asStaff: TestShop['asStaff'] = (method, path, body) =>
    monolith.call(method, `/api${path}`, { body, identity: STAFF });
  return {
    warehouses,
    asStaff,
    newCustomer: async () => {
      const userId = randomUUID();
      await monolith.sql(
        `insert into app_users (user_id, email, pwd_hash, full_name, created_at, updated_at)
         values ($1, $2, 'none', 'Ada', now(), now())`,
        [userId, `${userId}@example.com`],
      );
      return { userId, role: 'customer' };
    },
    newProduct: async (stock = [0, 0], price = '19.99') => {
      const sku = `TEST-${++counter}`;
      const { body } = await asStaff('POST', '/products', {
        sku,
        product_name: `Product ${counter}`,
        unit_price: price,
      });
      for (const [index, qty] of stock.entries()) {
        if (qty === 0) continue;
        const warehouse_id = warehouses[index];
        await asStaff('POST', '/stock/receive', { product_id: body.product_id, warehouse_id, qty });
      }
      return body.product_id as string;
    },
    place: (identity, items, key = randomUUID()) =>
      monolith.call('POST', '/api/orders', {
        identity,
        body: {
          idem_key: key,
          items: Object.entries(items).map(([product_id, qty]) => ({ product_id, qty })),
          ship_to: ADDRESS,
        },
      }),
    stockOf: async (productId) => {
      const [row] = await monolith.sql(
        `select coalesce(sum(qty_on_hand), 0)::int as "onHand",
                coalesce(sum(qty_reserved), 0)::int as reserved
         from stocks where product_id = $1`,
        [productId],
      );
      return row;
    },
    logOf: async (productId) => {
      const [row] = await monolith.sql(
        'select coalesce(sum(delta), 0)::int as sum from stock_log where product_id = $1',
        [productId],
      );
      return row.sum;
    },
  };
}
