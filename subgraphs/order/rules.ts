import { brokenRules, textRule, type InputRule } from '#platform/graph/input-rules.ts';
import type { InvalidField } from '#platform/graph/problems.ts';
import type { AddressInput, OrderItemInput, PlaceOrderInput } from './schema.generated.ts';

const MAX_ITEMS = 50;
const MAX_QUANTITY = 1_000;

/** The rules that a new order breaks, by the paths of the input. The ids of products are in lower case. */
export function brokenPlacementRules(input: PlaceOrderInput): InvalidField[] {
  return brokenRules([
    textRule('idempotencyKey', input.idempotencyKey, 8, 100),
    ...itemRules(input.items),
    ...addressRules(input.shippingAddress),
  ]);
}

function itemRules(items: readonly OrderItemInput[]): InputRule[] {
  const ids = items.map((item) => item.productId);
  return [
    ['items', items.length >= 1 && items.length <= MAX_ITEMS, 'must be 1 to 50'],
    ...items.flatMap(({ productId, quantity }, index): InputRule[] => [
      [
        `items.${index}.productId`,
        ids.indexOf(productId) === index,
        'is there twice: add the quantities up',
      ],
      [
        `items.${index}.quantity`,
        quantity >= 1 && quantity <= MAX_QUANTITY,
        'must be from 1 to 1,000',
      ],
    ]),
  ];
}

function addressRules(to: AddressInput): InputRule[] {
  const field = (name: keyof AddressInput, minimum: number, maximum: number) =>
    textRule(`shippingAddress.${name}`, to[name], minimum, maximum);
  return [
    field('name', 1, 100),
    field('line1', 1, 200),
    field('line2', 0, 200),
    field('city', 1, 100),
    field('region', 0, 100),
    field('postalCode', 1, 20),
    [
      'shippingAddress.country',
      /^[a-z]{2}$/i.test(to.country.trim()),
      'must be a country code of two letters, such as JP',
    ],
  ];
}

/** The rules that what is said about a step breaks. What is absent breaks none. */
export function brokenStepRules(said: {
  readonly trackingNumber?: string;
  readonly reason?: string | null;
}): InvalidField[] {
  return brokenRules([
    textRule('trackingNumber', said.trackingNumber, 1, 100),
    textRule('reason', said.reason, 0, 200),
  ]);
}
