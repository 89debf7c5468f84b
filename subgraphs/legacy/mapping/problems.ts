import { badUserInput } from '#platform/graph/errors.ts';
import { invalidInput } from '#platform/graph/problems.ts';
import type { GraphQLError } from 'graphql';
import type { OrderStatus } from '../schema.generated.ts';
import type { RestError } from '../monolith-client/errors.ts';
import { inputPath } from './input-paths.ts';
import { ORDER_STATUSES, UPLOAD_REFUSALS, fromMonolith } from './words.ts';

// The members of result unions that are problems. Where their texts name fields of the graph they are written
// here, since the monolith's fields have other names; all others are passed on as the monolith says them.

/** The input broke rules. */
export const refusedInput = (refused: RestError) =>
  invalidInput(
    (refused.fields ?? []).map(({ field, message }) => ({ path: inputPath(field), message })),
  );

/** The same as a fault, for results that have no `InvalidInput`. */
export function invalidArgument(refused: RestError): GraphQLError {
  const [first] = refusedInput(refused).fields;
  return badUserInput(first ? `input.${first.path}` : 'input', first?.message ?? refused.message);
}

/** A problem that has nothing but its message. */
export function problem<Name extends string>(__typename: Name, refused: RestError) {
  return { __typename, message: refused.message };
}

export const uploadRefused = (refused: RestError) => ({
  ...problem('UploadRefused', refused),
  reason: fromMonolith(UPLOAD_REFUSALS, String(refused['reason'])),
});

interface RestShortage {
  readonly product_id: string;
  readonly requested: number;
  readonly available: number;
}

export function outOfStock(refused: RestError) {
  const shortages = (refused['shortages'] ?? []) as readonly RestShortage[];
  return {
    __typename: 'OutOfStock' as const,
    message: 'There is not enough stock: see `shortages`.',
    shortages: shortages.map(({ product_id, requested, available }) => ({
      product: { id: product_id },
      requested,
      available,
    })),
  };
}

export function productUnavailable(refused: RestError) {
  return {
    __typename: 'ProductUnavailable' as const,
    message: 'Some products cannot be ordered: see `productIds`.',
    productIds: [...((refused['product_ids'] ?? []) as readonly string[])],
  };
}

/** An order cannot take a step. Which steps it can take depends on its customer: they are loaded when asked for. */
export interface IllegalTransitionSource {
  readonly __typename: 'IllegalTransition';
  readonly message: string;
  readonly status: OrderStatus;
  readonly orderId: string;
}

export function illegalTransition(refused: RestError, orderId: string): IllegalTransitionSource {
  return {
    ...problem('IllegalTransition', refused),
    status: fromMonolith(ORDER_STATUSES, String(refused['status'])),
    orderId,
  };
}
