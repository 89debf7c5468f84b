import { DateTime } from '#platform/graph/date-time.ts';
import type { Context } from './context.ts';
import { authQueries, authTypes } from './resolvers/auth.ts';
import { catalogueMutations } from './resolvers/catalogue-changes.ts';
import { inventoryMutations, inventoryQueries, inventoryTypes } from './resolvers/inventory.ts';
import { orderMutations } from './resolvers/order-steps.ts';
import { orderQueries, orderTypes } from './resolvers/order.ts';
import { productQueries, productTypes } from './resolvers/product.ts';
import { resumeMutations, resumeQueries, resumeTypes } from './resolvers/resume-review.ts';
import { authMutations } from './resolvers/sessions.ts';
import type { MutationResolvers, Resolvers } from './schema.generated.ts';

/** The whole graph. `User` and `Product` have fields of several domains. */
export const resolvers: Resolvers = {
  DateTime,
  ...productTypes,
  ...inventoryTypes,
  ...orderTypes,
  ...resumeTypes,
  User: { ...authTypes.User, ...orderTypes.User, ...resumeTypes.User },
  Product: { ...productTypes.Product, ...inventoryTypes.Product },
  Query: {
    ...authQueries,
    ...productQueries,
    ...inventoryQueries,
    ...orderQueries,
    ...resumeQueries,
  },
  Mutation: forgetting({
    ...authMutations,
    ...catalogueMutations,
    ...inventoryMutations,
    ...orderMutations,
    ...resumeMutations,
  }),
};

/** Lets every mutation drop what has been loaded before it, so that its answer shows what it has changed. */
function forgetting(mutations: MutationResolvers): MutationResolvers {
  type Field = (root: unknown, args: unknown, context: Context, info: unknown) => Promise<unknown>;
  const wrapped = Object.entries(mutations as Record<string, Field>).map(([name, mutate]) => {
    const field: Field = async (root, args, context, info) => {
      try {
        return await mutate(root, args, context, info);
      } finally {
        context.forget();
      }
    };
    return [name, field];
  });
  return Object.fromEntries(wrapped) as MutationResolvers;
}
