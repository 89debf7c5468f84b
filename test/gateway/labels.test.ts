import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { positionOf } from '../../gateway/routing/percentage.ts';
import { shop } from './shop-graph.ts';
import { startStandaloneGateway, startTestGateway, type TestGateway } from './test-gateway.ts';

const QUERY = `{
  me { id name logins favourite { name shippingCost } }
  products { id name weight shippingCost price { amount currency } }
  product(id: "p3") { name shippingCost }
  media { __typename id ... on Book { title pages } ... on Film { title } }
}`;

/** What the query above must answer, by who answers for accounts and for products. */
function expected(accounts: string, products: string) {
  const factor = products === 'legacy' ? 2 : 200;
  return {
    me: {
      id: 'u1',
      name: `u1 from ${accounts}`,
      logins: 3,
      favourite: { name: `p2 from ${products}`, shippingCost: 2 * factor },
    },
    products: [1, 2, 3].map((number) => ({
      id: `p${number}`,
      name: `p${number} from ${products}`,
      weight: (number * factor) / 2,
      shippingCost: number * factor,
      price: { amount: number * 1000, currency: 'USD' },
    })),
    product: { name: `p3 from ${products}`, shippingCost: 3 * factor },
    media: [
      { __typename: 'Film', id: 'f1', title: 'f1 from legacy' },
      { __typename: 'Book', id: 'b1', title: `b1 from ${products}`, pages: 100 },
    ],
  };
}

describe('labels from the header, where it is trusted', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway(shop, { TRUST_OVERRIDE_HEADER: 'true' });
  });
  afterAll(() => gateway.close());
  const answer = (labels: string, query = QUERY) =>
    gateway.graphql(query, {}, { 'x-override-labels': labels });

  test.each([
    ['', 'legacy', 'legacy'],
    ['auth', 'auth', 'legacy'],
    ['product', 'legacy', 'catalogue'],
    ['auth,product', 'auth', 'catalogue'],
    [' product , auth,', 'auth', 'catalogue'],
  ])('with "%s" on, accounts come from %s and products from %s', async (on, accounts, products) => {
    const { status, body } = await answer(on);
    expect(body).toEqual({ data: expected(accounts, products) });
    expect(status).toBe(200);
  });

  test('a plan made for one state of the labels is never used for another', async () => {
    for (const [on, side] of [
      ['product', 'catalogue'],
      ['', 'legacy'],
      ['product', 'catalogue'],
      ['auth', 'legacy'],
    ]) {
      const { body } = await answer(on as string, '{ product(id: "p1") { name } }');
      expect(body.data.product.name).toBe(`p1 from ${side}`);
    }
  });

  test('mutations follow the labels, one after the other', async () => {
    const mutation = 'mutation { a: append(text: "1") n: note(text: "2") b: append(text: "3") }';
    const { body } = await answer('product', mutation);
    expect(body.data.b.slice(-3)).toEqual(['1 by catalogue', '2 by notes', '3 by catalogue']);
    const back = await answer('', mutation);
    expect(back.body.data.b.slice(-3)).toEqual(['1 by legacy', '2 by notes', '3 by legacy']);
  });

  test('an unknown label is refused with 400, and the known ones are named', async () => {
    const { status, body } = await answer('auth,orders');
    expect(status).toBe(400);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].extensions).toEqual({ code: 'UNKNOWN_OVERRIDE_LABEL' });
    expect(body.errors[0].message).toContain('orders. It has: auth, percent(50), product.');
  });

  test('a share of callers is a label like others: it can be named', async () => {
    const on = await answer('percent(50)', '{ dice }');
    expect(on.body.data.dice).toBe('auth');
    const off = await answer('', '{ dice }');
    expect(off.body.data.dice).toBe('legacy');
  });
});

describe('labels from the targets', () => {
  test('without trust the header is ignored, unknown labels included', async () => {
    const gateway = await startTestGateway(shop, { USE_NEW_AUTH: 'true' });
    const { status, body } = await gateway.graphql(QUERY, {}, { 'x-override-labels': 'product,x' });
    await gateway.close();
    expect(status).toBe(200);
    expect(body.data).toEqual(expected('auth', 'legacy'));
  });

  test('all labels are off by default', async () => {
    const gateway = await startTestGateway(shop);
    const { body } = await gateway.graphql(QUERY);
    await gateway.close();
    expect(body.data).toEqual(expected('legacy', 'legacy'));
  });

  test('a target is asked for with USE_NEW_PRODUCT', async () => {
    const gateway = await startTestGateway(shop, { USE_NEW_PRODUCT: 'true', USE_NEW_AUTH: 'true' });
    const { body } = await gateway.graphql(QUERY);
    await gateway.close();
    expect(body.data).toEqual(expected('auth', 'catalogue'));
  });
});

describe('a share of callers', () => {
  test('is the same callers each time, and about as many as it says', async () => {
    const gateway = await startStandaloneGateway(shop);
    const dice = async (caller: string) => {
      const { body } = await gateway.graphql('{ dice }', {}, { authorization: caller });
      return body.data.dice as string;
    };
    const callers = Array.from({ length: 60 }, (_, index) => `Bearer ${index}`);
    const first = await Promise.all(callers.map(dice));
    const second = await Promise.all(callers.map(dice));
    await gateway.close();
    expect(second).toEqual(first);
    expect(first).toEqual(callers.map((caller) => (positionOf(caller) < 50 ? 'auth' : 'legacy')));
    expect(new Set(first)).toEqual(new Set(['auth', 'legacy']));
  });

  test('somebody who has not logged in is given a session, to which the share sticks', async () => {
    const gateway = await startStandaloneGateway(shop);
    const dice = (headers: Record<string, string> = {}) => gateway.graphql('{ dice }', {}, headers);
    const strangers = await Promise.all(Array.from({ length: 30 }, () => dice()));
    const again = await Promise.all(
      strangers.map(({ headers }) => dice({ cookie: sessionOf(headers) })),
    );
    const elsewhere = await gateway.graphql('{ me { id } }');
    await gateway.close();
    const sides = strangers.map(({ body }) => body.data.dice as string);
    expect(again.map(({ body }) => body.data.dice)).toEqual(sides);
    expect(new Set(sides)).toEqual(new Set(['auth', 'legacy']));
    expect(again.every(({ headers }) => headers.get('set-cookie') === null)).toBe(true);
    // Nothing stuck to anybody here, so nobody was given a session.
    expect(elsewhere.headers.get('set-cookie')).toBeNull();
  });
});

function sessionOf(headers: Headers): string {
  const [cookie = ''] = (headers.get('set-cookie') ?? '').split(';');
  expect(cookie).toMatch(/^graph_session=[\w-]{22}$/);
  return cookie;
}
