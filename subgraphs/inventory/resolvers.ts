import { connectionOf, pageFrom } from '#platform/graph/connection.ts';
import { DateTime } from '#platform/graph/date-time.ts';
import { badUserInput, requireService, requireStaff } from '#platform/graph/errors.ts';
import { isUuid, uuidArgument } from '#platform/graph/ids.ts';
import { notingNotFound } from '#platform/subgraph-server/not-found-here.ts';
import type { Context } from './context.ts';
import { createLoaders } from './loaders.ts';
import { allWarehouses, type WarehouseRow } from './repository/warehouses.ts';
import type {
  MutationResolvers,
  ProductResolvers,
  QueryResolvers,
  Resolvers,
} from './schema.generated.ts';
import { adjustStock, receiveStock } from './service/counts.ts';
import { listLowStock } from './service/lists.ts';
import { commitStock, releaseStock, reserveStock, returnStock } from './service/reservations.ts';

// The names of lists are in cursors that clients keep: never rename one.
const LOW = 'low';
const MOVEMENTS = 'movements';
const MAX_THRESHOLD = 1_000_000;

const Query: QueryResolvers = {
  warehouses: (_root, _arguments, { identity, inventory }) => {
    requireStaff(identity);
    return allWarehouses(inventory.db);
  },
  lowStock: async (_root, given, { identity, inventory }) => {
    requireStaff(identity);
    const threshold = given.threshold ?? 10;
    if (threshold < 1 || threshold > MAX_THRESHOLD) {
      throw badUserInput('threshold', `must be from 1 to 1,000,000, got ${threshold}`);
    }
    const page = pageFrom(given, LOW, ['number', 'uuid', 'uuid']);
    const result = await listLowStock(inventory.db, threshold, page);
    return connectionOf(page, result, LOW, (level) => [
      level.available,
      level.productId,
      level.warehouseId,
    ]);
  },
};

const Product: ProductResolvers = {
  // Nobody here knows which products there are: one that was never in stock has none.
  __resolveReference: ({ id }) => (isUuid(id) ? { id: id.toLowerCase() } : null),
  stock: ({ id }, _arguments, { loaders }) => loaders.available.load(id),
  inStock: async ({ id }, _arguments, { loaders }) => (await loaders.available.load(id)) > 0,
  stockLevels: async ({ id }, _arguments, { identity, loaders }) => {
    requireStaff(identity);
    return [...(await loaders.levels.load(id))];
  },
  stockMovements: async ({ id }, given, { identity, loaders }) => {
    requireStaff(identity);
    const page = pageFrom(given, MOVEMENTS, ['time', 'uuid']);
    const result = await loaders.movements(id, page);
    return connectionOf(page, result, MOVEMENTS, (row) => [row.createdAt.getTime(), row.id]);
  },
};

const ofProduct = ({ productId }: { readonly productId: string }) => ({ id: productId });

/** A foreign key sees to it that there is one. */
const inWarehouse = async (
  { warehouseId }: { readonly warehouseId: string },
  _arguments: object,
  { loaders }: Context,
) => (await loaders.warehouses.load(warehouseId)) as WarehouseRow;

const Mutation: MutationResolvers = {
  receiveStock: forCaller(requireStaff, async (input, { inventory, identity }) =>
    receiveStock(inventory, { ...input, ...placeOf(input) }, identity.requestId),
  ),
  adjustStock: forCaller(requireStaff, async (input, { inventory, identity }) =>
    adjustStock(inventory, { ...input, ...placeOf(input) }, identity.requestId),
  ),
  reserveStock: forCaller(requireService, async ({ orderId, items, expiresInSeconds }, context) =>
    reserveStock(context.inventory, {
      orderId: uuidArgument('input.orderId', orderId),
      items: items.map(({ productId, quantity }, index) => ({
        productId: uuidArgument(`input.items.${index}.productId`, productId),
        quantity,
      })),
      expiresInSeconds: expiresInSeconds ?? null,
    }),
  ),
  releaseStock: forCaller(requireService, async ({ orderId }, { inventory }) =>
    releaseStock(inventory, uuidArgument('input.orderId', orderId)),
  ),
  commitStock: forCaller(requireService, async ({ orderId }, { inventory }) =>
    commitStock(inventory, uuidArgument('input.orderId', orderId)),
  ),
  returnStock: forCaller(requireService, async ({ orderId }, { inventory }) =>
    returnStock(inventory, uuidArgument('input.orderId', orderId)),
  ),
};

/** A mutation for some callers. It begins with new loaders: what they have read before may be about to change. */
function forCaller<Input, Result extends object>(
  require: (identity: Context['identity']) => void,
  mutate: (input: Input, context: Context) => Promise<Result>,
): (root: unknown, given: { input: Input }, context: Context) => Promise<Result> {
  return async (_root, { input }, context) => {
    require(context.identity);
    await context.ownership.require('inventory');
    context.loaders = createLoaders(context.inventory);
    return notingNotFound(context, 'inventory', await mutate(input, context));
  };
}

/** Which stock a change is for. */
function placeOf(input: { readonly productId: string; readonly warehouseId: string }) {
  return {
    productId: uuidArgument('input.productId', input.productId),
    warehouseId: uuidArgument('input.warehouseId', input.warehouseId),
  };
}

export const resolvers: Resolvers = {
  DateTime,
  Query,
  Mutation,
  Product,
  StockLevel: { product: ofProduct, warehouse: inWarehouse },
  StockMovement: { warehouse: inWarehouse },
  StockReservation: { lines: ({ lines }) => [...lines] },
  StockReservationLine: { product: ofProduct, warehouse: inWarehouse },
  StockShortage: { product: ofProduct },
};
