import { brokenRules, textRule, type InputRule } from '#platform/graph/input-rules.ts';
import type { InvalidField } from '#platform/graph/problems.ts';
import type { CategoryChange } from './repository/categories.ts';
import type { ProductChange } from './repository/products.ts';
import type { StoredAttribute } from './tables.ts';

const SKU = /^[A-Z0-9-]{3,32}$/;
const SLUG = /^[a-z0-9-]{1,100}$/;
const MAX_PRICE = 100_000_000;
const MAX_ATTRIBUTES = 20;

/** The form in which stock-keeping units are kept and compared. */
export const normalSku = (sku: string) => sku.trim().toUpperCase();

/** The rules that a product breaks, by the paths of an input. What is absent breaks none. */
export function brokenProductRules(product: ProductChange): InvalidField[] {
  const { sku, name, description, brand, priceAmount: amount, currency, attributes } = product;
  return brokenRules([
    ['sku', sku === undefined || SKU.test(sku), 'must be 3 to 32 of A-Z, 0-9 and -'],
    textRule('name', name, 1, 200),
    textRule('description', description, 0, 5_000),
    textRule('brand', brand, 0, 100),
    [
      'price.amount',
      amount === undefined || (amount >= 0 && amount <= MAX_PRICE),
      'must be from 0 to 100,000,000',
    ],
    ['price.currency', currency === undefined || currency === 'USD', 'must be USD'],
    ...attributeRules(attributes ?? []),
  ]);
}

function attributeRules(attributes: readonly StoredAttribute[]): InputRule[] {
  return [
    ['attributes', attributes.length <= MAX_ATTRIBUTES, 'must be at most 20'],
    ...attributes.flatMap(({ name, value }, index) => [
      textRule(`attributes.${index}.name`, name, 1, 50),
      textRule(`attributes.${index}.value`, value, 1, 200),
    ]),
  ];
}

/** The rules that a category breaks, by the paths of an input. What is absent breaks none. */
export function brokenCategoryRules({ name, slug }: CategoryChange): InvalidField[] {
  return brokenRules([
    textRule('name', name, 1, 100),
    ['slug', slug === undefined || SLUG.test(slug), 'must be 1 to 100 of a-z, 0-9 and -'],
  ]);
}
