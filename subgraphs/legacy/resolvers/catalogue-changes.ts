import { requireStaff } from '#platform/graph/errors.ts';
import { uuidArgument } from '#platform/graph/ids.ts';
import { notFound } from '#platform/graph/problems.ts';
import { categorySource, productSource } from '../mapping/entities.ts';
import { decimalAmount } from '../mapping/money.ts';
import { refusedInput, problem } from '../mapping/problems.ts';
import type { CategoryRow, ProductRow } from '../mapping/rows.ts';
import { outcome, unexpected, type Refusal } from '../monolith-client/answer.ts';
import type {
  MoneyInput,
  ProductAttributeInput,
  Resolvers,
  UpdateProductInput,
} from '../schema.generated.ts';

const productPayload = (row: ProductRow) => ({
  __typename: 'ProductPayload' as const,
  product: productSource(row),
});
const categoryPayload = (row: CategoryRow) => ({
  __typename: 'CategoryPayload' as const,
  category: categorySource(row),
});

export const catalogueMutations: Resolvers['Mutation'] = {
  createProduct: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const body = {
      sku: input.sku,
      product_name: input.name,
      ...priceMembers(input.price),
      ...optionalMembers(input),
    };
    const result = await outcome(monolith.writes.POST('/api/products', { body }));
    return result.refused ? productRefused(result) : productPayload(result.data);
  },
  updateProduct: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const id = uuidArgument('input.id', input.id);
    const body = {
      ...(input.sku != null && { sku: input.sku }),
      ...(input.name != null && { product_name: input.name }),
      ...(input.price && priceMembers(input.price)),
      ...optionalMembers(input),
    };
    const params = { path: { id } };
    const result = await outcome(monolith.writes.PATCH('/api/products/{id}', { params, body }));
    if (!result.refused) return productPayload(result.data);
    return result.status === 404 ? notFound('product', id) : productRefused(result);
  },
  archiveProduct: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const id = uuidArgument('input.id', input.id);
    const params = { path: { id } };
    const result = await outcome(monolith.writes.POST('/api/products/{id}/archive', { params }));
    if (!result.refused) return productPayload(result.data);
    if (result.status === 404) return notFound('product', id);
    throw unexpected(result);
  },
  createCategory: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const body = {
      cat_name: input.name,
      slug: input.slug,
      parent_id: optionalId('parentId', input.parentId) ?? null,
      sort_no: input.position ?? 0,
    };
    const result = await outcome(monolith.writes.POST('/api/categories', { body }));
    return result.refused ? categoryRefused(result) : categoryPayload(result.data);
  },
  updateCategory: async (_root, { input }, { identity, monolith }) => {
    requireStaff(identity);
    const id = uuidArgument('input.id', input.id);
    const parent_id = optionalId('parentId', input.parentId);
    const body = {
      ...(input.name != null && { cat_name: input.name }),
      ...(input.slug != null && { slug: input.slug }),
      ...(parent_id !== undefined && { parent_id }),
      ...(input.position != null && { sort_no: input.position }),
    };
    const params = { path: { id } };
    const result = await outcome(monolith.writes.PATCH('/api/categories/{id}', { params, body }));
    if (!result.refused) return categoryPayload(result.data);
    return result.status === 404 ? notFound('category', id) : categoryRefused(result);
  },
};

/** The members that a new product may lack. Absent stays as it is; null counts as absent, but where it removes. */
function optionalMembers(input: Omit<UpdateProductInput, 'id'>) {
  const { description, brand, attributes } = input;
  const category_id = optionalId('categoryId', input.categoryId);
  return {
    ...(description != null && { descr: description }),
    ...(brand !== undefined && { brand }),
    ...(category_id !== undefined && { category_id }),
    ...(attributes != null && { attrs: attributes.map(attributePair) }),
  };
}

const attributePair = ({ name, value }: ProductAttributeInput): [string, string] => [name, value];

function priceMembers({ amount, currency }: MoneyInput) {
  return { unit_price: decimalAmount(amount), currency: currency ?? 'USD' };
}

/** An id inside `input` that may be absent, which leaves as is, or null, which removes. */
function optionalId(name: string, id: string | null | undefined): string | null | undefined {
  return id == null ? id : uuidArgument(`input.${name}`, id);
}

function productRefused(result: Refusal) {
  const { refused } = result;
  if (refused.code === 'VALIDATION') return refusedInput(refused);
  if (refused.code !== 'SKU_TAKEN') throw unexpected(result);
  return { ...problem('SkuTaken', refused), sku: String(refused['sku']) };
}

function categoryRefused(result: Refusal) {
  if (result.refused.code === 'VALIDATION') return refusedInput(result.refused);
  throw unexpected(result);
}
