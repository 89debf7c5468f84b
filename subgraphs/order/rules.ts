import type { InvalidField } from './problems.ts';
import type { AddressInput, OrderItemInput, PlaceOrderInput } from './schema.generated.ts';

type Rule = readonly [path: string, holds: boolean, message: string];

const MAX_ITEMS = 50;
const MAX_QUANTITY = 1_000;

/** The rules that a new order breaks, by the paths of the input. The ids of products are in lower case. */
export function brokenPlacementRules(input: PlaceOrderInput): InvalidField[] {
  return broken([
    text('idempotencyKey', input.idempotencyKey, 8, 100),
    ...itemRules(input.items),
    ...addressRules(input.shippingAddress),
  ]);
}

function itemRules(items: readonly OrderItemInput[]): Rule[] {
  const ids = items.map((item) => item.productId);
  return [
    ['items', items.length >= 1 && items.length <= MAX_ITEMS, 'must be 1 to 50'],
    ...items.flatMap(({ productId, quantity }, index): Rule[] => [
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

function addressRules(to: AddressInput): Rule[] {
  const field = (name: keyof AddressInput, minimum: number, maximum: number) =>
    text(`shippingAddress.${name}`, to[name] ?? '', minimum, maximum);
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
  return broken([
    text('trackingNumber', said.trackingNumber ?? 'x', 1, 100),
    text('reason', said.reason ?? '', 0, 200),
  ]);
}

/** A text that is kept without the blanks around it, its length counted in characters as people count them. */
function text(path: string, value: string, minimum: number, maximum: number): Rule {
  // PostgreSQL cannot store it.
  if (value.includes('\0')) return [path, false, 'must not hold the character U+0000'];
  const length = Array.from(value.trim()).length;
  const message =
    minimum > 0
      ? `must be ${minimum} to ${maximum} characters long`
      : `must be at most ${maximum} characters long`;
  return [path, length >= minimum && length <= maximum, message];
}

function broken(rules: readonly Rule[]): InvalidField[] {
  return rules.filter(([, holds]) => !holds).map(([path, , message]) => ({ path, message }));
}
