import type { BehaviourStack } from '../behaviour/behaviour-stack.ts';

/** How a client would call a query: by whom, and with which variables. */
export interface QueryCase {
  readonly as?: 'customer' | 'staff' | 'admin';
  readonly variables?: Record<string, unknown>;
}

export type Accounts = Readonly<Record<'customer' | 'staff' | 'admin', string>>;

const IDS = `{
  products(first: 100, sort: NAME) { nodes { id sku name category { id slug } } }
  categories { slug children { slug } }
}`;
const OWN = `{
  me { id orders(first: 5) { nodes { id number } } resumes { nodes { id reviews { id } } } }
}`;

/**
 * The cases of every query in schema/operations/, by its name, with ids of the seeded data. A query without a
 * case fails the test that reads this.
 *
 * @param tokens access tokens of the demo accounts
 */
export async function queryCases(
  stack: BehaviourStack,
  tokens: Accounts,
): Promise<Record<string, readonly QueryCase[]>> {
  const { products, categories } = (await stack.graphql(IDS, {}, { labels: [] })).body.data;
  const { me } = (await stack.graphql(OWN, {}, { token: tokens.customer, labels: [] })).body.data;
  const [first, second] = products.nodes;
  const inTree = products.nodes.find((product: { category: unknown }) => product.category);
  const orderId = me.orders.nodes[0].id;
  const resume = me.resumes.nodes.find((node: { reviews: unknown[] }) => node.reviews.length > 0);
  const word = first.name.split(' ')[0];
  const unknown = { id: '00000000-0000-4000-8000-000000000000' };
  return {
    StoreHome: [{}, { as: 'customer', variables: { featured: 5 } }],
    SearchProducts: [
      { variables: { search: word } },
      { variables: { search: word.slice(0, -1), first: 3 } },
      { variables: { search: 'nothing has this name' } },
    ],
    BrowseProducts: [
      ...['NAME', 'PRICE_LOW_TO_HIGH', 'PRICE_HIGH_TO_LOW', 'NEWEST', 'RELEVANCE'].map((sort) => ({
        variables: { sort, first: 50 },
      })),
      {
        variables: {
          filter: { categoryId: inTree.category.id, minPrice: 1_000, maxPrice: 50_000 },
        },
      },
      { as: 'staff', variables: { filter: { status: 'ARCHIVED' } } },
    ],
    CategoryPage: [
      { variables: { slug: categories[0].slug } },
      { variables: { slug: inTree.category.slug, sort: 'NEWEST' } },
      { variables: { slug: 'no-such-category' } },
    ],
    ProductPage: [{ variables: { id: first.id } }, { variables: unknown }],
    ProductBySku: [
      { variables: { sku: second.sku } },
      { variables: { sku: second.sku.toLowerCase(), withStock: true } },
    ],
    MyAccount: [{}, { as: 'customer' }, { as: 'admin' }],
    MyOrders: [
      { as: 'customer' },
      { as: 'customer', variables: { first: 2, status: 'DELIVERED' } },
    ],
    OrderPage: [
      { as: 'customer', variables: { id: orderId } },
      { as: 'customer', variables: unknown },
    ],
    AdminProducts: [{ as: 'staff', variables: { first: 50, sort: 'PRICE_HIGH_TO_LOW' } }],
    AdminProduct: [{ as: 'staff', variables: { id: first.id } }],
    AdminCategories: [{ as: 'staff' }],
    LowStock: [{ as: 'staff', variables: { threshold: 500 } }],
    AdminOrders: [
      { as: 'staff', variables: { first: 50 } },
      { as: 'staff', variables: { filter: { status: 'SHIPPED' } } },
      {
        as: 'staff',
        variables: { filter: { customerId: me.id, placedFrom: '2020-01-01T00:00:00Z' } },
      },
    ],
    AdminOrder: [{ as: 'staff', variables: { id: orderId } }],
    AdminUsers: [
      { as: 'admin', variables: { first: 100 } },
      { as: 'admin', variables: { filter: { role: 'STAFF', search: 'EXAMPLE' } } },
      { as: 'admin', variables: { filter: { deletedSince: '2020-01-01T00:00:00Z' } } },
    ],
    AdminUser: [{ as: 'admin', variables: { id: me.id } }],
    MyResumes: [{ as: 'customer' }],
    ResumePage: [{ as: 'customer', variables: { id: resume.id } }],
    // Links are signed for a time, so only what has none is the same.
    ResumeFile: [{ as: 'customer', variables: unknown }],
    ReviewPage: [{ as: 'customer', variables: { id: resume.reviews[0].id } }],
    ReviewReading: [{ as: 'customer', variables: { id: resume.reviews[0].id } }],
    CompareReviews: [
      {
        as: 'customer',
        variables: { before: resume.reviews[0].id, after: resume.reviews[0].id },
      },
    ],
  };
}
