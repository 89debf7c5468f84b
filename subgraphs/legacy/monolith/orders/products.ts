import { inArray } from 'drizzle-orm';
import { GraphRequestError } from '#platform/graph-client/graph-request-error.ts';
import { anonymousIdentity } from '#platform/identity/identity.ts';
import type { MonolithDeps } from '../app.ts';
import { atOwner } from '../at-owner.ts';
import { elsewhereAway } from '../stock/elsewhere.ts';
import { products } from '../tables.ts';
import { dollarsOf } from './money.ts';
import type { Placement } from './placement.ts';

/** A product as an order needs it. */
export type OrderedProduct = Pick<
  typeof products.$inferSelect,
  'productId' | 'sku' | 'productName' | 'unitPrice' | 'discontinued'
>;

/**
 * The products of an order as the side has them that owns the catalogue; those that exist, in no order.
 *
 * @throws 503 where that side gives no answer
 */
export function productsToOrder(
  deps: MonolithDeps,
  { items }: Placement,
): Promise<OrderedProduct[]> {
  const ids = items.map((item) => item.productId);
  return atOwner(
    'product',
    async () => {
      await deps.ownership.require('product');
      return deps.db
        .select({
          productId: products.productId,
          sku: products.sku,
          productName: products.productName,
          unitPrice: products.unitPrice,
          discontinued: products.discontinued,
        })
        .from(products)
        .where(inArray(products.productId, ids));
    },
    () => productsElsewhere(deps, ids),
  );
}

const PRODUCTS = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Product {
  id sku name price { amount } status } } }`;

interface Answer {
  readonly _entities: readonly ({
    readonly id: string;
    readonly sku: string;
    readonly name: string;
    readonly price: { readonly amount: number };
    readonly status: 'ACTIVE' | 'ARCHIVED';
  } | null)[];
}

async function productsElsewhere({ domains }: MonolithDeps, ids: readonly string[]) {
  const of = ids.map((id) => ({ __typename: 'Product', id }));
  const identity = { ...anonymousIdentity('monolith-prices'), role: 'service' as const };
  const answer = await domains.product
    .request<Answer>(PRODUCTS, { of }, identity)
    .catch((error: unknown) => {
      throw error instanceof GraphRequestError ? elsewhereAway('product', error) : error;
    });
  return answer._entities
    .filter((product) => product !== null)
    .map(({ id, sku, name, price, status }) => ({
      productId: id,
      sku,
      productName: name,
      unitPrice: dollarsOf(price.amount),
      discontinued: status === 'ARCHIVED',
    }));
}
