import { pageFrom } from '#platform/graph/connection.ts';
import { badUserInput, requireService, requireStaff } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { notFound } from '#platform/graph/problems.ts';
import type { Context } from '../context.ts';
import { connection } from '../mapping/connection.ts';
import { warehouseSource, type ProductSource, type WarehouseSource } from '../mapping/entities.ts';
import { pageBody, pageQuery } from '../mapping/page.ts';
import { refusedInput, outOfStock, problem } from '../mapping/problems.ts';
import type { ReservationRow, StockLevelRow } from '../mapping/rows.ts';
import { stockLevel, stockMovement, stockReservation } from '../mapping/stock.ts';
import { RESERVATION_STATES, fromMonolith } from '../mapping/words.ts';
import {
  answer,
  outcome,
  unexpected,
  type Outcome,
  type Refusal,
} from '../monolith-client/answer.ts';
import type { Resolvers } from '../schema.generated.ts';
import { orderLines } from './order-steps.ts';
import { rowOf } from './row.ts';

const MAX_THRESHOLD = 1_000_000;

export const inventoryQueries: Resolvers['Query'] = {
  warehouses: async (_root, _args, { identity, monolith }) => {
    requireStaff(identity);
    const { items } = await answer(monolith.reads.GET('/api/warehouses'));
    return items.map(warehouseSource);
  },
  lowStock: async (_root, args, { identity, monolith }) => {
    requireStaff(identity);
    const threshold = args.threshold ?? 10;
    if (threshold < 1 || threshold > MAX_THRESHOLD) {
      throw badUserInput('threshold', `must be from 1 to 1,000,000, got ${threshold}`);
    }
    const page = pageFrom(args, 'low', ['number', 'uuid', 'uuid']);
    const query = { threshold, ...pageQuery(page) };
    const list = await answer(monolith.reads.GET('/api/stock/low', { params: { query } }));
    return connection(page, list, 'low', stockLevel);
  },
};

const warehouse = (source: WarehouseSource, { loaders }: Context) =>
  rowOf(source, loaders.warehouses, 'warehouse');

/** A product that the monolith does not know has no stock there. */
async function available({ id }: ProductSource, { loaders }: Context): Promise<number> {
  return (await loaders.available.load(id))?.qty_available ?? 0;
}

export const inventoryTypes = {
  Product: {
    stock: (product, _args, context) => available(product, context),
    inStock: async (product, _args, context) => (await available(product, context)) > 0,
    stockLevels: async ({ id }, _args, { identity, loaders }) => {
      requireStaff(identity);
      return (await loaders.stockLevels.load(id)).map(stockLevel);
    },
    stockMovements: async ({ id }, args, { identity, loaders }) => {
      requireStaff(identity);
      const page = pageFrom(args, 'movements', ['time', 'uuid']);
      const list = await loaders.stockMovements(id, pageBody(page));
      return connection(page, list, 'movements', stockMovement);
    },
  },
  Warehouse: {
    code: async (source, _args, context) => (await warehouse(source, context)).wh_code,
    name: async (source, _args, context) => (await warehouse(source, context)).wh_name,
  },
} satisfies Resolvers;

export const inventoryMutations: Resolvers['Mutation'] = {
  receiveStock: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const place = placeOf(input);
    const body = { ...place, qty: input.quantity, note: input.reason ?? null };
    const result = await outcome(monolith.writes.POST('/api/stock/receive', { body }));
    return result.refused ? changeRefused(place, result) : stockPayload(result.data);
  },
  adjustStock: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const place = placeOf(input);
    const body = { ...place, delta: input.delta, note: input.reason };
    const result = await outcome(monolith.writes.POST('/api/stock/adjust', { body }));
    if (!result.refused) return stockPayload(result.data);
    if (result.refused.code === 'OUT_OF_STOCK') return outOfStock(result.refused);
    return changeRefused(place, result);
  },
  reserveStock: async (_root, { input }, { identity, monolith }) => {
    requireService(identity);
    const body = {
      order_id: uuidArgument('input.orderId', input.orderId),
      items: orderLines(input.items),
      expires_in: input.expiresInSeconds ?? null,
    };
    const result = await outcome(monolith.writes.POST('/api/stock/reserve', { body }));
    if (!result.refused) return reservationPayload(result.data);
    const { refused } = result;
    if (refused.code === 'OUT_OF_STOCK') return outOfStock(refused);
    if (refused.code === 'VALIDATION') return refusedInput(refused);
    if (refused.code === 'RESERVATION_CLOSED') {
      const fields = [{ field: 'order_id', message: refused.message }];
      return refusedInput({ ...refused, fields });
    }
    throw unexpected(result);
  },
  releaseStock: async (_root, { input }, { identity, monolith }) => {
    requireService(identity);
    const order_id = uuidArgument('input.orderId', input.orderId);
    return reservationResult(
      order_id,
      await outcome(monolith.writes.POST('/api/stock/release', { body: { order_id } })),
    );
  },
  commitStock: async (_root, { input }, { identity, monolith }) => {
    requireService(identity);
    const order_id = uuidArgument('input.orderId', input.orderId);
    return reservationResult(
      order_id,
      await outcome(monolith.writes.POST('/api/stock/commit', { body: { order_id } })),
    );
  },
  returnStock: async (_root, { input }, { identity, monolith }) => {
    requireService(identity);
    const order_id = uuidArgument('input.orderId', input.orderId);
    return reservationResult(
      order_id,
      await outcome(monolith.writes.POST('/api/stock/return', { body: { order_id } })),
    );
  },
};

/** Which stock a change is for. */
function placeOf(input: { readonly productId: string; readonly warehouseId: string }) {
  return {
    product_id: uuidArgument('input.productId', input.productId),
    warehouse_id: uuidArgument('input.warehouseId', input.warehouseId),
  };
}

const stockPayload = (row: StockLevelRow) => ({
  __typename: 'StockPayload' as const,
  level: stockLevel(row),
});

function changeRefused(place: ReturnType<typeof placeOf>, result: Refusal) {
  const { refused, status } = result;
  if (refused.code === 'VALIDATION') return refusedInput(refused);
  if (status !== 404) throw unexpected(result);
  // The monolith says in its message which of the two is not there.
  return /warehouse/.test(refused.message)
    ? notFound('warehouse', place.warehouse_id)
    : notFound('product', place.product_id);
}

const reservationPayload = (row: ReservationRow) => ({
  __typename: 'StockReservationPayload' as const,
  reservation: stockReservation(row),
});

function reservationResult(orderId: string, result: Outcome<ReservationRow>) {
  if (!result.refused) return reservationPayload(result.data);
  const { refused, status } = result;
  if (status === 404) return notFound('reservation', orderId);
  if (refused.code !== 'RESERVATION_CLOSED') throw unexpected(result);
  return {
    ...problem('ReservationClosed', refused),
    status: fromMonolith(RESERVATION_STATES, String(refused['state'])),
  };
}
