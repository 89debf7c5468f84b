import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { codesOf } from '../front-end/codes.ts';
import type { FrontEnd } from '../../clients/front-end/front-end.ts';
import {
  ConfirmOrderDocument,
  ShipOrderDocument,
} from '../../clients/admin/operations.generated.ts';
import {
  BrowseProductsDocument,
  CancelOrderDocument,
  MyOrdersDocument,
  OrderPageDocument,
  OrderSummaryFragmentDoc,
  PayOrderDocument,
  PlaceOrderDocument,
  ProductPageDocument,
  type PlaceOrderInput,
} from '../../clients/store-front/operations.generated.ts';
import { act, open, outcome, present, read } from '../front-end/screen.ts';
import type { RequestRecord } from '../requests.ts';

const ADDRESS = {
  name: 'Casey Morgan',
  line1: '1-2-3 Toyosu',
  city: 'Koto-ku',
  postalCode: '135-0061',
  country: 'JP',
};

/** Cancels an order that is shown, as a button does that does not wait for the server. */
async function cancelAtOnce({ client }: FrontEnd, { id }: { readonly id: string }) {
  const shown = present(
    client.readFragment({
      fragment: OrderSummaryFragmentDoc,
      fragmentName: 'OrderSummary',
      id: client.cache.identify({ __typename: 'Order', id }),
    }),
  );
  const { data } = await client.mutate({
    mutation: CancelOrderDocument,
    variables: { id, reason: 'changed my mind' },
    optimisticResponse: {
      cancelOrder: {
        __typename: 'OrderPayload',
        order: { ...shown, status: 'CANCELLED', availableActions: [] },
      },
    },
  });
  return data?.cancelOrder;
}

/** What a customer does with orders. @param enterAll logs in a buyer, one of the staff, and a stranger */
export function ordering(enterAll: () => Promise<FrontEnd[]>, taken: RequestRecord['taken']): void {
  let buyer: FrontEnd;
  let staff: FrontEnd;
  let stranger: FrontEnd;
  beforeAll(async () => {
    [buyer, staff, stranger] = (await enterAll()) as [FrontEnd, FrontEnd, FrontEnd];
  });

  /** A product of which an order can take all pieces, and how many these are. */
  const scarceProduct = async (number: number) => {
    const { products } = await read(buyer, BrowseProductsDocument, { first: 100 });
    let left = number;
    for (const { id, inStock } of present(products).nodes) {
      const { product } = await read(buyer, ProductPageDocument, { id }, 'network-only');
      const stock = present(product?.stock);
      if (inStock && stock > 5 && stock < 900 && left-- === 0) return { id, stock };
    }
    throw new Error('there is no such product');
  };
  const inputOf = (productId: string, quantity: number): PlaceOrderInput => ({
    idempotencyKey: randomUUID(),
    items: [{ productId, quantity }],
    shippingAddress: ADDRESS,
  });
  const placed = async (productId: string) => {
    const { placeOrder } = await act(buyer, PlaceOrderDocument, { input: inputOf(productId, 1) });
    return outcome(placeOrder, 'OrderPayload').order;
  };
  const stockOf = async (id: string) =>
    (await read(buyer, ProductPageDocument, { id }, 'network-only')).product?.stock;

  test('an order stands in the list of orders, once, however often its form is sent', async () => {
    const { id: productId, stock } = await scarceProduct(0);
    const screen = await open(buyer, MyOrdersDocument, { first: 5 });
    const before = present(screen.now().me?.orders).totalCount;
    const input = inputOf(productId, 2);
    const send = () =>
      buyer.client.mutate({
        mutation: PlaceOrderDocument,
        variables: { input },
        refetchQueries: [MyOrdersDocument],
        awaitRefetchQueries: true,
      });
    const [one, other] = await Promise.all([send(), send()]);
    const { order } = outcome(one.data?.placeOrder, 'OrderPayload');
    expect(outcome(other.data?.placeOrder, 'OrderPayload').order.id).toBe(order.id);
    expect(order.items).toMatchObject([{ quantity: 2, product: { id: productId } }]);
    const { me } = await screen.until((data) => data.me?.orders?.nodes[0]?.id === order.id);
    expect(me?.orders?.totalCount).toBe(before + 1);
    expect(await stockOf(productId)).toBe(stock - 2);
    screen.leave();
  });

  test('an order is paid when the card is taken, and every screen knows without asking', async () => {
    const { id } = await placed((await scarceProduct(1)).id);
    await act(staff, ConfirmOrderDocument, { id });
    const page = await open(buyer, OrderPageDocument, { id });
    await page.reload();
    expect(page.now().order?.availableActions).toEqual(['PAY', 'CANCEL']);
    const declined = await act(buyer, PayOrderDocument, { id, paymentToken: 'tok_declined' });
    expect(outcome(declined.payOrder, 'PaymentDeclined').message).not.toBe('');
    expect(page.now().order?.status).toBe('CONFIRMED');
    taken();
    const { payOrder } = await act(buyer, PayOrderDocument, { id, paymentToken: 'tok_ok' });
    expect(outcome(payOrder, 'OrderPayload').order.status).toBe('PAID');
    const { order } = await page.until((data) => data.order?.status === 'PAID');
    expect(order?.availableActions).toEqual(['CANCEL']);
    expect(taken().every(({ operation }) => operation === 'PayOrder')).toBe(true);
    page.leave();
  });

  test('a cancelled order shows so at once, and its pieces are back', async () => {
    const { id: productId, stock } = await scarceProduct(2);
    const { id } = await placed(productId);
    const page = await open(buyer, OrderPageDocument, { id });
    await cancelAtOnce(buyer, { id });
    await page.reload();
    const { order } = page.now();
    expect(order?.history.at(-1)).toMatchObject({ status: 'CANCELLED', note: 'changed my mind' });
    const statuses = page.shown.map((data) => data.order?.status);
    expect(statuses.filter((status, index) => status !== statuses[index - 1])).toEqual([
      'PLACED',
      'CANCELLED',
    ]);
    expect(await stockOf(productId)).toBe(stock);
    page.leave();
  });

  test('what was shown too early is taken back where the server refuses', async () => {
    const { id } = await placed((await scarceProduct(3)).id);
    await act(staff, ConfirmOrderDocument, { id });
    await act(buyer, PayOrderDocument, { id, paymentToken: 'tok_ok' });
    const page = await open(buyer, OrderPageDocument, { id });
    await act(staff, ShipOrderDocument, { id, trackingNumber: 'JP-1' });
    const refused = await cancelAtOnce(buyer, { id });
    expect(outcome(refused, 'IllegalTransition').message).toContain('shipped');
    await page.until((data) => data.order?.status === 'PAID');
    expect(page.shown.map((data) => data.order?.status)).toEqual(['PAID', 'CANCELLED', 'PAID']);
    await page.reload();
    expect(page.now().order?.status).toBe('SHIPPED');
    page.leave();
  });

  test('what is out of stock is named, with the pieces that there are', async () => {
    const { id: productId, stock } = await scarceProduct(4);
    const input = inputOf(productId, stock + 1);
    const { placeOrder } = await act(buyer, PlaceOrderDocument, { input });
    expect(outcome(placeOrder, 'OutOfStock').shortages).toMatchObject([
      { requested: stock + 1, available: stock, product: { id: productId } },
    ]);
    expect(await stockOf(productId)).toBe(stock);
  });

  test('the order of somebody else is refused with a code', async () => {
    const { me } = await read(buyer, MyOrdersDocument, { first: 1 }, 'network-only');
    const { id } = present(me?.orders?.nodes[0]);
    expect(await codesOf(read(stranger, OrderPageDocument, { id }))).toEqual(['FORBIDDEN']);
    expect(stranger.faults).toHaveLength(1);
    expect(buyer.faults).toEqual([]);
  });
}
