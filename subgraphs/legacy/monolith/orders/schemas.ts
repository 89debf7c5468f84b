import { Type, type Static } from '@fastify/type-provider-typebox';
import { groupBody, groupsOf, listOf, listQuery } from '../lists.ts';
import {
  answers,
  errorSchema,
  idList,
  idParams,
  itemsOf,
  lookupBody,
  nullableText,
  ref,
  uuidSchema,
} from '../schemas.ts';
import { ORDER_STATUSES } from './workflow.ts';

const statusSchema = Type.Enum([...ORDER_STATUSES], { type: 'string' });
const money = () => Type.String({ description: 'Decimal, such as 19.99.' });
const reached = () => nullableText({ description: 'When; null where it has not been.' });

const orderItemSchema = Type.Object({
  sales_item_id: uuidSchema(),
  line_no: Type.Integer(),
  product_id: uuidSchema(),
  sku: Type.String(),
  product_name: Type.String(),
  qty: Type.Integer(),
  unit_price: money(),
  amount: money(),
});

export const orderSchema = Type.Object(
  {
    order_id: uuidSchema(),
    order_no: Type.String({ description: 'For people, such as SO-000123.' }),
    customer_id: uuidSchema(),
    status: statusSchema,
    total_amount: money(),
    currency: Type.String(),
    ship_name: Type.String(),
    ship_addr1: Type.String(),
    ship_addr2: nullableText(),
    ship_city: Type.String(),
    ship_state: nullableText(),
    ship_zip: Type.String(),
    ship_country: Type.String(),
    tracking_no: nullableText(),
    close_reason: nullableText({ description: 'Why it was cancelled or returned.' }),
    ordered_at: Type.String(),
    confirmed_at: reached(),
    paid_at: reached(),
    shipped_at: reached(),
    delivered_at: reached(),
    cancelled_at: reached(),
    returned_at: reached(),
    updated_at: Type.String(),
    items: Type.Array(orderItemSchema),
  },
  { $id: 'Order', description: 'An order of a customer.' },
);

/** The schemas that the answers of this area name. */
export const orderSchemas = [orderSchema];
export type OrderAnswer = Static<typeof orderSchema>;

const shipTo = Type.Object({
  name: Type.String(),
  addr1: Type.String(),
  addr2: Type.Optional(nullableText()),
  city: Type.String(),
  state: Type.Optional(nullableText()),
  zip: Type.String(),
  country: Type.String({ description: 'Two letters, such as JP.' }),
});

const placeBody = Type.Object({
  idem_key: Type.String({ description: 'Chosen by the client: 8 to 100 characters.' }),
  items: Type.Array(Type.Object({ product_id: uuidSchema(), qty: Type.Integer() }), {
    description: '1 to 50 items, each product once.',
  }),
  ship_to: shipTo,
});

const listOrdersQuery = Type.Object({
  status: Type.Optional(statusSchema),
  customer_id: Type.Optional(uuidSchema()),
  order_no: Type.Optional(Type.String()),
  from: Type.Optional(Type.String({ description: 'ISO 8601: ordered at or after.' })),
  before: Type.Optional(Type.String({ description: 'ISO 8601: ordered before.' })),
  ...listQuery,
});

const myOrdersQuery = Type.Object({ status: Type.Optional(statusSchema), ...listQuery });
const byCustomersBody = Type.Object({
  customer_ids: idList(),
  status: Type.Optional(
    Type.Unsafe<Static<typeof statusSchema> | null>({
      type: ['string', 'null'],
      enum: [...ORDER_STATUSES, null],
    }),
  ),
  ...groupBody,
});

const payBody = Type.Object({ payment_token: Type.String() });
const shipBody = Type.Object({ tracking_no: Type.String({ description: '1 to 100 characters.' }) });
const reasonBody = Type.Union([
  Type.Object({
    reason: Type.Optional(nullableText({ description: 'At most 200 characters.' })),
  }),
  Type.Null({ description: 'No body at all.' }),
]);

export type PlaceBody = Static<typeof placeBody>;
export type ListOrdersQuery = Static<typeof listOrdersQuery>;

const tags = ['orders'];

export const placeOrder = {
  operationId: 'placeOrder',
  summary: 'Places an order of the caller; the same key and input give the same order (200).',
  tags,
  body: placeBody,
  response: {
    200: ref(orderSchema),
    201: ref(orderSchema),
    '4xx': ref(errorSchema),
    '5xx': ref(errorSchema),
  },
};

export const getOrder = {
  operationId: 'getOrder',
  summary: "An order of the caller's own, or any for staff.",
  tags,
  params: idParams,
  response: answers(ref(orderSchema)),
};

export const lookUpOrders = {
  operationId: 'lookUpOrders',
  summary: 'Orders by id: those that exist and may be seen.',
  tags,
  body: lookupBody,
  response: answers(itemsOf(orderSchema)),
};

export const listOrders = {
  operationId: 'listOrders',
  summary: 'All orders, newest first. For staff.',
  tags,
  querystring: listOrdersQuery,
  response: answers(listOf(orderSchema)),
};

export const listMyOrders = {
  operationId: 'listMyOrders',
  summary: 'The orders of the caller, newest first.',
  tags,
  querystring: myOrdersQuery,
  response: answers(listOf(orderSchema)),
};

export const listOrdersByCustomers = {
  operationId: 'listOrdersByCustomers',
  summary: 'The orders of customers, newest first.',
  tags,
  body: byCustomersBody,
  response: answers(groupsOf(orderSchema)),
};

const step = { tags, params: idParams, response: answers(ref(orderSchema)) };

export const confirmOrder = {
  ...step,
  operationId: 'confirmOrder',
  summary: 'Confirms a placed order. For staff.',
};
export const payOrder = {
  ...step,
  operationId: 'payOrder',
  summary: 'Pays a confirmed order. For its customer.',
  body: payBody,
};
export const shipOrder = {
  ...step,
  operationId: 'shipOrder',
  summary: 'Ships a paid order. For staff.',
  body: shipBody,
};
export const deliverOrder = {
  ...step,
  operationId: 'deliverOrder',
  summary: 'Notes the arrival of a shipped order. For staff.',
};
export const cancelOrder = {
  ...step,
  operationId: 'cancelOrder',
  summary: 'Cancels an order that has not been shipped. For its customer and staff.',
  body: reasonBody,
};
export const returnOrder = {
  ...step,
  operationId: 'returnOrder',
  summary: 'Takes a delivered order back. For its customer and staff.',
  body: reasonBody,
};
