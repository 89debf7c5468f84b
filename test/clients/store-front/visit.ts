import { randomUUID } from 'node:crypto';
import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { createFrontEnd, type FrontEnd } from '../front-end/front-end.ts';
import {
  BrowseProductsDocument,
  CancelOrderDocument,
  CategoryPageDocument,
  ChangePasswordDocument,
  DeleteAccountDocument,
  MyAccountDocument,
  MyOrdersDocument,
  OrderPageDocument,
  PayOrderDocument,
  PlaceOrderDocument,
  ProductBySkuDocument,
  ProductPageDocument,
  RegisterDocument,
  SearchProductsDocument,
  StoreHomeDocument,
  UpdateProfileDocument,
} from './operations.generated.ts';

/** What came of a visit. */
export interface Visit {
  /** One line for each step: what was done, and what was seen. */
  readonly lines: readonly string[];
  /** Errors that a front end would report. */
  readonly faults: readonly string[];
}

export interface VisitOptions {
  /** The URL of the gateway, without a path. */
  readonly url: string;
  readonly version?: string;
}

const ADDRESS = {
  name: 'Casey Morgan',
  line1: '1-2-3 Toyosu',
  city: 'Koto-ku',
  postalCode: '135-0061',
  country: 'JP',
};

/** Uses every operation of the store front once, as a new customer does. @throws where one cannot be answered */
export async function visitStore({ url, version }: VisitOptions): Promise<Visit> {
  const store = createFrontEnd({ url, name: 'store', version });
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const productId = await browse(store, say);
  const password = await openAccount(store, say);
  await order(store, productId, say);
  await leave(store, password, say);
  return { lines, faults: store.faults };
}

type Say = (line: string) => void;

async function browse(store: FrontEnd, say: Say): Promise<string> {
  const home = await ask(store, StoreHomeDocument, { featured: 6 });
  // The types say which fields may be missing: what a subgraph answers that is away is null.
  const { slug } = some(home.categories?.[0]);
  const first = some(home.products?.nodes[0]);
  say(`StoreHome: ${home.categories?.length} categories, the newest product is ${first.name}`);
  const { category } = await ask(store, CategoryPageDocument, { slug });
  say(`CategoryPage: ${some(category).name} has ${some(category).products.totalCount} products`);
  const found = await ask(store, SearchProductsDocument, { search: first.name });
  say(`SearchProducts: ${some(found.products).totalCount} found`);
  const cheap = await ask(store, BrowseProductsDocument, { sort: 'PRICE_LOW_TO_HIGH', first: 50 });
  const { id, sku } = some(some(cheap.products).nodes.find(({ inStock }) => inStock));
  say(`BrowseProducts: ${sku} is the cheapest in stock`);
  const { product } = await ask(store, ProductPageDocument, { id });
  say(`ProductPage: ${some(product).name}, ${some(product).stock} pieces`);
  const { productBySku } = await ask(store, ProductBySkuDocument, { sku, withStock: true });
  say(`ProductBySku: ${some(productBySku).name}`);
  return id;
}

/** @returns the password of the account */
async function openAccount(store: FrontEnd, say: Say): Promise<string> {
  const { client, session } = store;
  const email = `visitor-${randomUUID()}@example.com`;
  const password = 'a long enough password';
  const registered = await client.mutate({
    mutation: RegisterDocument,
    variables: { input: { email, password, displayName: 'Robin Vale' } },
  });
  say(`Register: ${registered.data?.register?.__typename}`);
  await store.login(email, password);
  say('Login: AuthSession');
  // What happens when the access token has expired: it is renewed, and the operation is sent once more.
  session.begin({ ...some(session.tokens()), accessToken: 'expired' });
  const { me } = await ask(store, MyAccountDocument, {});
  say(`RefreshSession, MyAccount: ${some(me).email}`);
  const profile = await client.mutate({
    mutation: UpdateProfileDocument,
    variables: { input: { displayName: 'Robin Hill' } },
  });
  say(`UpdateProfile: ${profile.data?.updateProfile?.__typename}`);
  const newPassword = `${password}, and new`;
  const changed = await client.mutate({
    mutation: ChangePasswordDocument,
    variables: { input: { currentPassword: password, newPassword } },
  });
  const { changePassword } = some(changed.data);
  // Expected outcomes are members of a union: the compiler knows what each has.
  if (changePassword?.__typename === 'AuthSession') session.begin(changePassword);
  say(`ChangePassword: ${changePassword?.__typename}`);
  return newPassword;
}

async function leave(store: FrontEnd, currentPassword: string, say: Say): Promise<void> {
  const { data } = await store.client.mutate({
    mutation: DeleteAccountDocument,
    variables: { currentPassword },
  });
  say(`DeleteAccount: ${data?.deleteAccount?.__typename}`);
  await store.logout();
  say('Logout: nobody is logged in');
}

async function order({ client, ...store }: FrontEnd, productId: string, say: Say): Promise<void> {
  const input = {
    // The same key for the same form: sent twice, it is one order.
    idempotencyKey: randomUUID(),
    items: [{ productId, quantity: 1 }],
    shippingAddress: ADDRESS,
  };
  const placed = await client.mutate({
    mutation: PlaceOrderDocument,
    variables: { input },
    refetchQueries: 'active',
  });
  const result = some(placed.data?.placeOrder);
  if (result.__typename !== 'OrderPayload') throw new Error(`PlaceOrder: ${result.message}`);
  const { id, number } = result.order;
  say(`PlaceOrder: ${number}`);
  const shown = await ask({ client, ...store }, OrderPageDocument, { id });
  say(`OrderPage: ${some(shown.order).status}`);
  const paid = await client.mutate({
    mutation: PayOrderDocument,
    variables: { id, paymentToken: 'tok_ok' },
  });
  // Nobody of the staff has confirmed it, which is an outcome and no error.
  say(`PayOrder: ${paid.data?.payOrder?.__typename}`);
  const cancelled = await client.mutate({ mutation: CancelOrderDocument, variables: { id } });
  say(`CancelOrder: ${cancelled.data?.cancelOrder?.__typename}`);
  const { me } = await ask({ client, ...store }, MyOrdersDocument, {});
  say(
    `MyOrders: ${some(some(me).orders)
      .nodes.map(({ status }) => status)
      .join(', ')}`,
  );
}

/** Asks the server. @throws where it answers with errors */
async function ask<Data, Variables extends OperationVariables>(
  { client }: FrontEnd,
  query: TypedDocumentNode<Data, Variables>,
  variables: NoInfer<Variables>,
): Promise<Data> {
  const { data } = await client.query<Data>({ query, variables, fetchPolicy: 'network-only' });
  return some(data);
}

/** What has to be there. @throws where it is not */
function some<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('the graph has not answered all');
  return value;
}
