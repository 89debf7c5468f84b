import type { InvalidField } from './problems.ts';
import type { CategoryChange } from './repository/categories.ts';
import type { ProductChange } from './repository/products.ts';
import type { StoredAttribute } from './tables.ts';

type Rule = readonly [path: string, holds: boolean, message: string];

const SKU = /^[A-Z0-9-]{3,32}$/;
const SLUG = /^[a-z0-9-]{1,100}$/;
const MAX_PRICE = 100_000_000;
const MAX_ATTRIBUTES = 20;

/** The form in which stock-keeping units are kept and compared. */
export const normalSku = (sku: string) => sku.trim().toUpperCase();

/** The rules that a product breaks, by the paths of an input. What is absent breaks none. */
export function brokenProductRules(product: ProductChange): InvalidField[] {
  const { sku, name, description, brand, priceAmount: amount, currency, attributes } = product;
  return broken([
    ['sku', sku === undefined || SKU.test(sku), 'must be 3 to 32 of A-Z, 0-9 and -'],
    text('name', name, 1, 200, 'must be 1 to 200 characters long'),
    text('description', description, 0, 5_000, 'must be at most 5,000 characters long'),
    text('brand', brand, 0, 100, 'must be at most 100 characters long'),
    [
      'price.amount',
      amount === undefined || (amount >= 0 && amount <= MAX_PRICE),
      'must be from 0 to 100,000,000',
    ],
    ['price.currency', currency === undefined || currency === 'USD', 'must be USD'],
    ...attributeRules(attributes ?? []),
  ]);
}

function attributeRules(attributes: readonly StoredAttribute[]): Rule[] {
  return [
    ['attributes', attributes.length <= MAX_ATTRIBUTES, 'must be at most 20'],
    ...attributes.flatMap(({ name, value }, index) => [
      text(`attributes.${index}.name`, name, 1, 50, 'must be 1 to 50 characters long'),
      text(`attributes.${index}.value`, value, 1, 200, 'must be 1 to 200 characters long'),
    ]),
  ];
}

/** The rules that a category breaks, by the paths of an input. What is absent breaks none. */
export function brokenCategoryRules({ name, slug }: CategoryChange): InvalidField[] {
  return broken([
    text('name', name, 1, 100, 'must be 1 to 100 characters long'),
    ['slug', slug === undefined || SLUG.test(slug), 'must be 1 to 100 of a-z, 0-9 and -'],
  ]);
}

/** A text without blanks at its ends, whose length is counted in characters as people count them. */
function text(
  path: string,
  value: string | null | undefined,
  minimum: number,
  maximum: number,
  message: string,
): Rule {
  if (value == null) return [path, true, message];
  // PostgreSQL cannot store it.
  if (value.includes('\0')) return [path, false, 'must not hold the character U+0000'];
  const length = Array.from(value).length;
  return [path, length >= minimum && length <= maximum, message];
}

function broken(rules: readonly Rule[]): InvalidField[] {
  return rules.filter(([, holds]) => !holds).map(([path, , message]) => ({ path, message }));
}
