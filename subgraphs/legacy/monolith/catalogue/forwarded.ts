import type { MonolithDeps } from '../app.ts';
import { requireStaff } from '../caller.ts';
import { notFound, type ApiError } from '../errors.ts';
import {
  callerOf,
  INVALID_INPUT,
  invalid,
  mirrored,
  mutate,
  type InvalidInput,
  type Problem,
} from '../forwarding.ts';
import { centsOf, dollarsOf } from '../orders/money.ts';
import type { Forward } from '../owner.ts';
import { checkRules } from '../rules.ts';
import { jstText } from '../times.ts';
import { productAnswer, productsById, skuTaken } from './products.ts';
import { productRules } from './rules.ts';
import type { CreateProductBody, ProductAnswer, UpdateProductBody } from './schemas.ts';

// Products while the product service owns the catalogue; its categories are in `forwarded-categories.ts`.

interface GraphProduct {
  readonly id: string;
  readonly sku: string;
  readonly name: string;
  readonly description: string;
  readonly brand: string | null;
  readonly price: { readonly amount: number };
  readonly category: { readonly id: string } | null;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly status: 'ACTIVE' | 'ARCHIVED';
  readonly createdAt: string;
  readonly updatedAt: string;
}

type Result =
  | { readonly __typename: 'ProductPayload'; readonly product: GraphProduct }
  | { readonly __typename: 'SkuTaken'; readonly sku: string }
  | Problem<'NotFound'>
  | InvalidInput;

const PRODUCT = `... on ProductPayload { product { id sku name description brand price { amount } category { id }
  attributes { name value } status createdAt updatedAt } }`;
const document = (field: string, input: string, problems: string) =>
  `mutation ($input: ${input}!) { result: ${field}(input: $input) { __typename ${PRODUCT} ${problems} } }`;
const TAKEN = '... on SkuTaken { sku }';
const CREATE = document('createProduct', 'CreateProductInput', `${TAKEN} ${INVALID_INPUT}`);
const UPDATE = document('updateProduct', 'UpdateProductInput', `${TAKEN} ${INVALID_INPUT}`);
const ARCHIVE = document('archiveProduct', 'ArchiveProductInput', '');

const NAMES = {
  name: 'product_name',
  description: 'descr',
  'price.amount': 'unit_price',
  'price.currency': 'currency',
  categoryId: 'category_id',
  attributes: 'attrs',
};

/** `POST /api/products` */
export const createProductThere: Forward = async (deps, request, reply) => {
  requireStaff(request);
  const input = inputOf(request.body as CreateProductBody);
  const answer = await written(deps, request, CREATE, input);
  reply.status(201);
  return answer;
};

/** `PATCH /api/products/{id}` */
export const updateProductThere: Forward = async (deps, request) => {
  requireStaff(request);
  const { id } = request.params as { id: string };
  return written(deps, request, UPDATE, { id, ...inputOf(request.body as UpdateProductBody) });
};

/** `POST /api/products/{id}/archive` */
export const archiveProductThere: Forward = async (deps, request) => {
  requireStaff(request);
  const { id } = request.params as { id: string };
  return written(deps, request, ARCHIVE, { id });
};

async function written(
  deps: MonolithDeps,
  request: Parameters<Forward>[1],
  text: string,
  input: object,
): Promise<ProductAnswer> {
  const owner = { name: 'product', client: deps.domains.product };
  const result = await mutate<Result>(owner, text, input, callerOf(request));
  if (result.__typename === 'ProductPayload') return asMirrored(deps, result.product);
  throw refusalOf(result);
}

function refusalOf(result: Exclude<Result, { __typename: 'ProductPayload' }>): ApiError {
  switch (result.__typename) {
    case 'SkuTaken':
      return skuTaken(result.sku);
    case 'InvalidInput':
      return invalid(result, NAMES);
    default:
      return notFound('product');
  }
}

/** @throws 422 for an amount of money that cannot be said in cents, with everything else that is wrong */
function inputOf(body: UpdateProductBody) {
  const { unit_price: price, currency, attrs } = body;
  const money = productRules({ unit_price: price, currency });
  if (money.some(([, holds]) => !holds)) checkRules(productRules(body));
  return {
    sku: body.sku,
    name: body.product_name,
    description: body.descr,
    brand: body.brand,
    price: price === undefined ? undefined : { amount: centsOf(price), currency: 'USD' },
    categoryId: body.category_id,
    attributes: attrs?.map(([name, value]) => ({ name, value })),
  };
}

/** The product as the monolith has it once that has been carried over; until then as the product service gave it. */
async function asMirrored({ db }: MonolithDeps, product: GraphProduct): Promise<ProductAnswer> {
  const writtenAt = new Date(product.updatedAt);
  const row = await mirrored(async () => {
    const [found] = await productsById(db, [product.id]);
    return found && found.updatedAt >= writtenAt ? found : null;
  });
  if (row) return productAnswer(row);
  return {
    product_id: product.id,
    sku: product.sku,
    product_name: product.name,
    descr: product.description,
    brand: product.brand,
    unit_price: dollarsOf(product.price.amount),
    currency: 'USD',
    category_id: product.category?.id ?? null,
    attrs: product.attributes.map(({ name, value }): [string, string] => [name, value]),
    discontinued: product.status === 'ARCHIVED',
    created_at: jstText(new Date(product.createdAt)),
    updated_at: jstText(writtenAt),
  };
}
