import { Fault, type Door, type Order, type Session, type Step } from './door.ts';
import * as documents from './graph-documents.ts';

// Answers have the shapes of the documents beside them.
// oxlint-disable-next-line typescript/no-explicit-any
type Answer = any;
type Send = (document: string, variables: object, token?: string | null) => Promise<Answer>;

/** The GraphQL end point, by whichever replica of the gateway it is: one after the other. A browser of its own, with cookies. */
export function graphDoor(gateways: readonly string[]): Door {
  const send = sender(gateways);
  return {
    name: 'graph',
    ...accounts(send),
    ...catalogue(send),
    ...stock(send),
    ...orders(send),
    ...resumes(send, gateways),
  };
}

/** Sends operations as a browser does: it keeps its cookies. */
function sender(gateways: readonly string[]): Send {
  let cookie = '';
  let turn = Math.floor(Math.random() * gateways.length);
  return async (query, variables, token = null) => {
    const gateway = gateways[turn++ % gateways.length] as string;
    const response = await fetch(`${gateway}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(cookie === '' ? {} : { cookie }),
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const [set] = response.headers.getSetCookie();
    if (set !== undefined) cookie = set.split(';', 1)[0] ?? '';
    const text = await response.text();
    const { data, errors } = JSON.parse(text) as { data?: Answer; errors?: unknown };
    if (response.status === 200 && errors === undefined && data) return data;
    const operation = /\w+ *(?:\(input|[({])/.exec(query.slice(query.indexOf('{') + 1))?.[0];
    throw new Fault(`${operation} is answered ${response.status} ${text.slice(0, 1_000)}`);
  };
}

/** The member of a union that is expected. */
function only(result: Answer, name: string): Answer {
  if (result?.__typename === name) return result;
  throw new Fault(`${name} was expected, and ${JSON.stringify(result)} came`);
}

function sessionOf(result: Answer): Session {
  const { accessToken, refreshToken, user } = only(result, 'AuthSession');
  return { accessToken, refreshToken, userId: user.id };
}

const unless = (result: Answer, refusal: string) =>
  result?.__typename === refusal ? null : sessionOf(result);

function accounts(send: Send) {
  return {
    register: async (email, password, displayName) =>
      sessionOf(
        (await send(documents.REGISTER, { input: { email, password, displayName } })).result,
      ),
    login: async (email, password) =>
      unless(
        (await send(documents.LOGIN, { input: { email, password } })).result,
        'InvalidCredentials',
      ),
    refresh: async (refreshToken) =>
      unless(
        (await send(documents.REFRESH, { input: { refreshToken } })).result,
        'InvalidRefreshToken',
      ),
    logout: async (refreshToken) =>
      (await send(documents.LOGOUT, { input: { refreshToken } })).result.loggedOut,
    me: async (token) => {
      const { me } = await send(documents.ME, {}, token);
      if (me) return me;
      throw new Fault('me is null for somebody who is logged in');
    },
    changeProfile: async (token, change) =>
      only(
        (await send(documents.CHANGE_PROFILE, { input: change }, token)).result,
        'UpdateProfileSuccess',
      ).user,
    changePassword: async (token, currentPassword, newPassword) =>
      sessionOf(
        (await send(documents.CHANGE_PASSWORD, { input: { currentPassword, newPassword } }, token))
          .result,
      ),
    deleteAccount: async (token, currentPassword) =>
      only(
        (await send(documents.DELETE_ACCOUNT, { input: { currentPassword } }, token)).result,
        'DeleteAccountPayload',
      ).deletedId,
  } satisfies Partial<Door>;
}

function catalogue(send: Send) {
  return {
    createCategory: async (token, name, slug) =>
      only(
        (await send(documents.CREATE_CATEGORY, { input: { name, slug } }, token)).result,
        'CategoryPayload',
      ).category,
    renameCategory: async (token, id, name) =>
      only(
        (await send(documents.CHANGE_CATEGORY, { input: { id, name } }, token)).result,
        'CategoryPayload',
      ).category,
    category: async (slug) => (await send(documents.CATEGORY, { slug })).category,
    createProduct: async (token, sku, name, cents) => {
      const input = { sku, name, price: { amount: cents } };
      const { result } = await send(documents.CREATE_PRODUCT, { input }, token);
      return only(result, 'ProductPayload').product.id;
    },
    changeProduct: async (token, id, { name, cents }) => {
      const input = { id, name, price: { amount: cents } };
      only((await send(documents.CHANGE_PRODUCT, { input }, token)).result, 'ProductPayload');
    },
    archiveProduct: async (token, id) => {
      only(
        (await send(documents.ARCHIVE_PRODUCT, { input: { id } }, token)).result,
        'ProductPayload',
      );
    },
    product: async (token, id) => {
      const { product } = await send(documents.PRODUCT, { id }, token);
      if (!product) return null;
      const { sku, name, price, status, stock: available } = product;
      return { id, sku, name, cents: price.amount, onSale: status === 'ACTIVE', available };
    },
    productOfSku: async (token, sku) =>
      (await send(documents.PRODUCT_OF_SKU, { sku }, token)).productBySku?.id ?? null,
    browse: async () => {
      const { products } = await send(documents.BROWSE, {});
      return { total: products.totalCount, items: products.nodes };
    },
  } satisfies Partial<Door>;
}

function stock(send: Send) {
  const onHand = (result: Answer) => only(result, 'StockPayload').level.onHand;
  return {
    warehouses: async (token) => {
      const { warehouses } = await send(documents.WAREHOUSES, {}, token);
      return warehouses.map(({ id }: { id: string }) => id);
    },
    receive: async (token, productId, warehouseId, quantity) => {
      const input = { productId, warehouseId, quantity };
      return onHand((await send(documents.RECEIVE, { input }, token)).result);
    },
    adjust: async (token, productId, warehouseId, delta) => {
      const input = { productId, warehouseId, delta, reason: 'counted' };
      return onHand((await send(documents.ADJUST, { input }, token)).result);
    },
  } satisfies Partial<Door>;
}

function orderOf({ id, status, total, items }: Answer): Order {
  return {
    id,
    status,
    cents: total.amount,
    items: items.map(({ product, quantity }: Answer) => ({ productId: product.id, quantity })),
  };
}

/** What each step is told beside the order. */
const SAID: Readonly<Record<Step, object>> = {
  confirm: {},
  pay: { paymentToken: 'tok_ok' },
  ship: { trackingNumber: 'JP-1' },
  deliver: {},
  cancel: { reason: 'changed my mind' },
  return: { reason: 'too small' },
};

function orders(send: Send) {
  return {
    place: async (token, idempotencyKey, productId, quantity) => {
      const items = [{ productId, quantity }];
      const input = { idempotencyKey, items, shippingAddress: documents.ADDRESS };
      const { result } = await send(documents.PLACE, { input }, token);
      if (result?.__typename === 'OutOfStock') return 'out of stock';
      return orderOf(only(result, 'OrderPayload').order);
    },
    take: async (token, id, step) => {
      const { result } = await send(documents.STEPS[step], { input: { id, ...SAID[step] } }, token);
      return orderOf(only(result, 'OrderPayload').order);
    },
    order: async (token, id) => {
      const { order } = await send(documents.ORDER, { id }, token);
      return order && orderOf(order);
    },
    orders: async (token, first) => {
      const { me } = await send(documents.MY_ORDERS, { first }, token);
      return { total: me.orders.totalCount, items: me.orders.nodes.map(orderOf) };
    },
  } satisfies Partial<Door>;
}

function resumes(send: Send, [gateway]: readonly string[]) {
  return {
    announce: async (token, { filename, bytes, sha256 }) => {
      const input = { filename, contentType: 'text/plain', byteSize: bytes.length, sha256 };
      const { result } = await send(documents.ANNOUNCE, { input }, token);
      return only(result, 'CreateUploadSuccess').upload;
    },
    send: async (url, { bytes }) => {
      const response = await fetch(`${gateway}${url}`, { method: 'PUT', body: bytes });
      const text = await response.text();
      if (!response.ok) throw new Fault(`the bytes are answered ${response.status} ${text}`);
    },
    complete: async (token, id) =>
      only(
        (await send(documents.COMPLETE, { input: { id } }, token)).result,
        'CompleteUploadSuccess',
      ).resume,
    deleteResume: async (token, id) => {
      only(
        (await send(documents.DELETE_RESUME, { input: { id } }, token)).result,
        'DeleteResumePayload',
      );
    },
    resume: async (token, id) => (await send(documents.RESUME, { id }, token)).resume,
    resumes: async (token, first) => {
      const { me } = await send(documents.MY_RESUMES, { first }, token);
      return { total: me.resumes.totalCount, items: me.resumes.nodes };
    },
    requestReview: async (token, resumeId) =>
      only(
        (await send(documents.REQUEST_REVIEW, { input: { resumeId } }, token)).result,
        'ResumeReviewPayload',
      ).review.id,
    review: async (token, id) => {
      const { resumeReview } = await send(documents.REVIEW, { id }, token);
      if (!resumeReview) return null;
      const { status, overallScore: score, sections, resume } = resumeReview;
      return { id, resumeId: resume?.id, status, score, sections: sections.length };
    },
  } satisfies Partial<Door>;
}
