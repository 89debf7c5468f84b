import { Type, type Static } from '@fastify/type-provider-typebox';
import { groupBody, groupsOf, listOf, listQuery } from '../lists.ts';
import {
  answers,
  idList,
  itemsOf,
  nullableInteger,
  nullableText,
  ref,
  uuidSchema,
} from '../schemas.ts';

export const warehouseSchema = Type.Object(
  { warehouse_id: uuidSchema(), wh_code: Type.String(), wh_name: Type.String() },
  { $id: 'Warehouse', description: 'A place where stock is kept.' },
);

export const availableSchema = Type.Object(
  { product_id: uuidSchema(), qty_available: Type.Integer() },
  { $id: 'AvailableStock', description: 'How many pieces can be ordered, over all warehouses.' },
);

export const levelSchema = Type.Object(
  {
    product_id: uuidSchema(),
    warehouse_id: uuidSchema(),
    qty_on_hand: Type.Integer(),
    qty_reserved: Type.Integer(),
    qty_available: Type.Integer({ description: 'On hand less reserved.' }),
  },
  { $id: 'StockLevel', description: 'The stock of one product in one warehouse.' },
);

export const movementSchema = Type.Object(
  {
    log_id: uuidSchema(),
    product_id: uuidSchema(),
    warehouse_id: uuidSchema(),
    log_kind: Type.Enum(['IN', 'ADJ', 'OUT', 'RET'], {
      type: 'string',
      description: 'IN received, ADJ adjusted, OUT shipped, RET returned.',
    }),
    delta: Type.Integer(),
    note: nullableText(),
    order_id: nullableText(),
    logged_at: Type.String(),
  },
  { $id: 'StockMovement', description: 'One change of what a warehouse holds.' },
);

export const reservationSchema = Type.Object(
  {
    reservation_id: uuidSchema(),
    order_id: uuidSchema(),
    state: Type.Enum(['H', 'C', 'R', 'B'], {
      type: 'string',
      description: 'H held, C committed, R released, B brought back.',
    }),
    expires_at: nullableText({ description: 'When the promise runs out; null: never.' }),
    lines: Type.Array(
      Type.Object({ product_id: uuidSchema(), warehouse_id: uuidSchema(), qty: Type.Integer() }),
    ),
  },
  { $id: 'StockReservation', description: 'Pieces promised to an order.' },
);

/** The schemas that the answers of this area name. */
export const stockSchemas = [
  warehouseSchema,
  availableSchema,
  levelSchema,
  movementSchema,
  reservationSchema,
];

const productIds = Type.Object({ product_ids: idList() });
const movementsBody = Type.Object({ product_ids: idList(), ...groupBody });
const lowQuery = Type.Object({ threshold: Type.Optional(Type.Integer()), ...listQuery });

const receiveBody = Type.Object({
  product_id: uuidSchema(),
  warehouse_id: uuidSchema(),
  qty: Type.Integer({ description: '1 to 1,000,000.' }),
  note: Type.Optional(nullableText({ description: 'At most 200 characters.' })),
});

const adjustBody = Type.Object({
  product_id: uuidSchema(),
  warehouse_id: uuidSchema(),
  delta: Type.Integer({ description: 'Pieces to add or take away; not zero.' }),
  note: Type.String({ description: 'Why: 1 to 200 characters.' }),
});

const reserveBody = Type.Object({
  order_id: uuidSchema(),
  items: Type.Array(Type.Object({ product_id: uuidSchema(), qty: Type.Integer() }), {
    description: '1 to 50 items, each product once.',
  }),
  expires_in: Type.Optional(
    nullableInteger({
      description: 'Seconds until the promise runs out, 1 to 86,400; absent: it does not.',
    }),
  ),
});

const orderBody = Type.Object({ order_id: uuidSchema() });

export type ReceiveBody = Static<typeof receiveBody>;
export type AdjustBody = Static<typeof adjustBody>;
export type ReserveBody = Static<typeof reserveBody>;

const tags = ['stock'];

export const listWarehouses = {
  operationId: 'listWarehouses',
  summary: 'All warehouses, by code. For staff.',
  tags,
  response: answers(itemsOf(warehouseSchema)),
};

export const lookUpAvailableStock = {
  operationId: 'lookUpAvailableStock',
  summary: 'How many pieces of each product can be ordered.',
  tags,
  body: productIds,
  response: answers(itemsOf(availableSchema)),
};

export const lookUpStockLevels = {
  operationId: 'lookUpStockLevels',
  summary: 'The levels of products, by product and warehouse code. For staff.',
  tags,
  body: productIds,
  response: answers(itemsOf(levelSchema)),
};

export const listStockMovements = {
  operationId: 'listStockMovements',
  summary: 'The changes of the stock of products, newest first. For staff.',
  tags,
  body: movementsBody,
  response: answers(groupsOf(movementSchema)),
};

export const listLowStock = {
  operationId: 'listLowStock',
  summary: 'Levels with fewer available pieces than the threshold. For staff.',
  tags,
  querystring: lowQuery,
  response: answers(listOf(levelSchema)),
};

export const receiveStock = {
  operationId: 'receiveStock',
  summary: 'Notes pieces that came in. For staff.',
  tags,
  body: receiveBody,
  response: answers(ref(levelSchema)),
};

export const adjustStock = {
  operationId: 'adjustStock',
  summary: 'Corrects a count; 409 OUT_OF_STOCK when it would take promised pieces. For staff.',
  tags,
  body: adjustBody,
  response: answers(ref(levelSchema)),
};

export const reserveStock = {
  operationId: 'reserveStock',
  summary: 'Promises pieces to an order; asking again gives the same reservation. For services.',
  tags,
  body: reserveBody,
  response: answers(ref(reservationSchema)),
};

export const releaseStock = {
  operationId: 'releaseStock',
  summary: 'Takes a promise back. For services.',
  tags,
  body: orderBody,
  response: answers(ref(reservationSchema)),
};

export const commitStock = {
  operationId: 'commitStock',
  summary: 'Notes that promised pieces have left. For services.',
  tags,
  body: orderBody,
  response: answers(ref(reservationSchema)),
};

export const returnStock = {
  operationId: 'returnStock',
  summary: 'Notes that the pieces of an order have come back. For services.',
  tags,
  body: orderBody,
  response: answers(ref(reservationSchema)),
};
