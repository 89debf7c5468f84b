import { sql, type SQL } from 'drizzle-orm';
import * as legacy from '../../subgraphs/legacy/monolith/tables.ts';
import * as product from '../../subgraphs/product/tables.ts';
import { money, time, whether } from './kit/codecs.ts';
import { literal, same, type Field } from './kit/field.ts';
import { isListWithout, shaped, wrongMembers, wrongUnless } from './kit/json-shape.ts';
import { rootedKind } from './kit/kind.ts';
import type { CapturedTable, MoveMapping } from './mapping.ts';

const PLACE = 'in the product database';

/** Whoever writes the catalogue writes all of it, and it is nobody's in particular. */
const captured = (table: CapturedTable['table'], id: string): CapturedTable => ({
  table,
  aggregate: `r.${id}`,
  key: null,
  reader: null,
});

const category = rootedKind({
  name: 'category',
  place: PLACE,
  fields: {
    id: same(legacy.categories.categoryId, product.categories.id),
    parentId: same(legacy.categories.parentId, product.categories.parentId),
    name: same(legacy.categories.catName, product.categories.name),
    slug: same(legacy.categories.slug, product.categories.slug),
    position: same(legacy.categories.sortNo, product.categories.position),
  },
  // No slug has a tilde.
  parked: { slug: (id) => sql`'~' || ${id}` },
  captured: {
    legacy: [captured(legacy.categories, 'category_id')],
    new: [captured(product.categories, 'id')],
  },
});

// ---- attributes: pairs in the monolith, objects in the domain

const { attrs } = legacy.products;
const { attributes } = product.products;

const areAttributes = isListWithout(attributes, [
  wrongUnless('$[*]', '@.name.type() == "string" && @.value.type() == "string"'),
  wrongMembers('$[*]', ['name', 'value']),
]);
const arePairs = isListWithout(attrs, [
  wrongUnless(
    '$[*]',
    '@.type() == "array" && @.size() == 2 && @[0].type() == "string" && @[1].type() == "string"',
  ),
]);

/** Each element of an array as something else, in their order. */
const eachAs = (
  array: SQL,
  element: SQL,
) => sql`(select coalesce(jsonb_agg(${element} order by n), '[]')
  from jsonb_array_elements(${array}) with ordinality as elements(e, n))`;

const attributesField: Field = {
  type: 'jsonb',
  legacy: shaped(
    attrs,
    arePairs,
    eachAs(sql`${attrs}`, sql`jsonb_build_object('name', e -> 0, 'value', e -> 1)`),
    'must be a JSON array of pairs of texts, [["Colour", "Blue"]]',
    (canonical) => eachAs(canonical, sql`jsonb_build_array(e -> 'name', e -> 'value')`),
  ),
  new: shaped(
    attributes,
    areAttributes,
    sql`${attributes}`,
    'must be a JSON array of objects with the texts `name` and `value` and nothing else',
  ),
};

// ---- currency: the monolith has one

const { currency } = product.products;
const currencyField: Field = {
  type: 'text',
  legacy: {
    where: 'products.unit_price',
    given: sql`'USD'`,
    value: sql`'USD'`,
    stored: (canonical) => canonical,
  },
  new: {
    ...same(currency, currency).new,
    value: sql`case when ${currency} = 'USD' then ${currency} end`,
    problem: sql`concat(${literal('the monolith has no currency but USD, and this is ')}, ${currency}, ': change the price to USD')`,
  },
};

/** Shorter than a UUID, as the column is: the id without its hyphens, in base 64. No unit has a tilde. */
const parkedSku = (id: SQL) =>
  sql`'~' || encode(decode(replace(${id}::text, '-', ''), 'hex'), 'base64')`;

const products = rootedKind({
  name: 'product',
  place: PLACE,
  fields: {
    id: same(legacy.products.productId, product.products.id),
    sku: same(legacy.products.sku, product.products.sku),
    name: same(legacy.products.productName, product.products.name),
    description: same(legacy.products.descr, product.products.description),
    brand: same(legacy.products.brand, product.products.brand),
    priceAmount: money(legacy.products.unitPrice, product.products.priceAmount),
    currency: currencyField,
    categoryId: same(legacy.products.categoryId, product.products.categoryId),
    attributes: attributesField,
    status: whether(legacy.products.discontinued, product.products.status, ['ARCHIVED', 'ACTIVE']),
    createdAt: time(legacy.products.createdAt, product.products.createdAt),
    updatedAt: time(legacy.products.updatedAt, product.products.updatedAt),
  },
  parked: { sku: parkedSku },
  captured: {
    legacy: [captured(legacy.products, 'product_id')],
    new: [captured(product.products, 'id')],
  },
});

/** The catalogue: the tree first, because products stand in it. */
export const productMove: MoveMapping = { name: 'product', kinds: [category, products] };
