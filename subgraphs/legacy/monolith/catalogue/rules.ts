import { textRule, type Rule } from '../rules.ts';
import type { UpdateCategoryBody, UpdateProductBody } from './schemas.ts';

const SKU = /^[A-Z0-9-]{3,32}$/;
const SLUG = /^[a-z0-9-]{1,100}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,2})?$/;
/** Dollars: 100,000,000 cents. */
const MAX_PRICE = 1_000_000;

/** The form in which stock-keeping units are kept and compared. */
export const normalSku = (sku: string) => sku.trim().toUpperCase();

/** The rules for what is there of a product. Whether its category exists is asked of the database. */
export function productRules(body: UpdateProductBody): Rule[] {
  const rules: Rule[] = [];
  const { sku, product_name: name, descr, brand, unit_price: price, currency, attrs } = body;
  if (sku !== undefined) {
    rules.push(['sku', SKU.test(normalSku(sku)), 'must be 3 to 32 of A-Z, 0-9 and -']);
  }
  if (name !== undefined) {
    rules.push(textRule('product_name', name, 1, 200, 'must be 1 to 200 characters long'));
  }
  if (descr !== undefined) {
    rules.push(textRule('descr', descr, 0, 5_000, 'must be at most 5,000 characters long'));
  }
  if (typeof brand === 'string') {
    rules.push(textRule('brand', brand, 0, 100, 'must be at most 100 characters long'));
  }
  if (price !== undefined) rules.push(...priceRules(price));
  if (currency !== undefined) rules.push(['currency', currency === 'USD', 'must be USD']);
  if (attrs !== undefined) rules.push(...attributeRules(attrs));
  return rules;
}

function priceRules(price: string): Rule[] {
  if (!DECIMAL.test(price)) return [decimalRule('unit_price', price)];
  const dollars = Number(price);
  // Counted in cents, as the graph counts.
  return [['unit_price', dollars >= 0 && dollars <= MAX_PRICE, 'must be from 0 to 100,000,000']];
}

/** Holds for decimal dollars of any size. */
export const decimalRule = (field: string, text: string): Rule => [
  field,
  DECIMAL.test(text),
  'must be decimal dollars such as 19.99',
];

function attributeRules(attrs: readonly (readonly [string, string])[]): Rule[] {
  return [
    ['attrs', attrs.length <= 20, 'must be at most 20'],
    ...attrs.flatMap(([name, value], index): Rule[] => [
      textRule(`attrs.${index}.0`, name, 1, 50, 'must be 1 to 50 characters long'),
      textRule(`attrs.${index}.1`, value, 1, 200, 'must be 1 to 200 characters long'),
    ]),
  ];
}

/** The rules for what is there of a category. */
export function categoryRules({ cat_name: name, slug }: UpdateCategoryBody): Rule[] {
  const rules: Rule[] = [];
  if (name !== undefined) {
    rules.push(textRule('cat_name', name, 1, 100, 'must be 1 to 100 characters long'));
  }
  if (slug !== undefined) {
    rules.push(['slug', SLUG.test(slug), 'must be 1 to 100 of a-z, 0-9 and -']);
  }
  return rules;
}

/** A category that is named as parent or as a product's category. */
export const categoryExistsRule = (field: string, exists: boolean): Rule => [
  field,
  exists,
  'is not a category',
];
