import { randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { BehaviourStack, GraphqlReply } from './behaviour-stack.ts';

export const PRODUCT = `id sku name description brand price { amount currency } category { id slug }
  attributes { name value } status createdAt updatedAt`;
export const PROBLEM = '... on Problem { message }';
export const INVALID = '... on InvalidInput { fields { path message } }';
export const CREATE = `mutation ($input: CreateProductInput!) { result: createProduct(input: $input) {
  __typename ... on ProductPayload { product { ${PRODUCT} } } ${PROBLEM} ${INVALID} ... on SkuTaken { sku } } }`;
export const UPDATE = `mutation ($input: UpdateProductInput!) { result: updateProduct(input: $input) {
  __typename ... on ProductPayload { product { ${PRODUCT} } } ${PROBLEM} ${INVALID} ... on SkuTaken { sku } ... on NotFound { id } } }`;
export const ARCHIVE = `mutation ($input: ArchiveProductInput!) { result: archiveProduct(input: $input) {
  __typename ... on ProductPayload { product { ${PRODUCT} } } ${PROBLEM} ... on NotFound { id } } }`;
export const CATEGORY = 'id name slug parent { id } children { id }';
export const CREATE_CATEGORY = `mutation ($input: CreateCategoryInput!) { result: createCategory(input: $input) {
  __typename ... on CategoryPayload { category { ${CATEGORY} } } ${PROBLEM} ${INVALID} } }`;
export const UPDATE_CATEGORY = `mutation ($input: UpdateCategoryInput!) { result: updateCategory(input: $input) {
  __typename ... on CategoryPayload { category { ${CATEGORY} } } ${PROBLEM} ${INVALID} ... on NotFound { id } } }`;
export const READ = `query ($id: ID!, $sku: String!) { product(id: $id) { ${PRODUCT} } productBySku(sku: $sku) { ${PRODUCT} } }`;
export const PAGE =
  'totalCount nodes { id sku name } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
export const LIST = `query ($first: Int, $after: String, $filter: ProductFilter, $sort: ProductSort) {
  products(first: $first, after: $after, filter: $filter, sort: $sort) { ${PAGE} } }`;
export const SORTS = [
  'RELEVANCE',
  'NAME',
  'PRICE_LOW_TO_HIGH',
  'PRICE_HIGH_TO_LOW',
  'NEWEST',
] as const;

export type Data = NonNullable<GraphqlReply['body']['data']>;

/** The catalogue as its clients meet it: who may do what, and what comes of it. */
export interface Catalogue {
  readonly customer: string;
  readonly staff: string;
  /** A word that no other run has used. */
  readonly word: string;
  /** Runs an operation that must not fail. */
  readonly data: (
    query: string,
    variables?: Record<string, unknown>,
    token?: string,
  ) => Promise<Data>;
  /** Runs an operation that must fail. @returns code and message of each error */
  readonly errors: (
    query: string,
    variables: Record<string, unknown>,
    token?: string,
  ) => Promise<string[]>;
  /** Runs a mutation as staff. @returns its result */
  readonly write: (mutation: string, input: Record<string, unknown>) => Promise<Data>;
  readonly create: (input?: Record<string, unknown>) => Promise<Data>;
  /** Adds a category. @returns it */
  readonly category: (input?: Record<string, unknown>) => Promise<Data>;
  readonly list: (variables: Record<string, unknown>, token?: string) => Promise<Data>;
}

export async function openCatalogue(stack: BehaviourStack): Promise<Catalogue> {
  const [customer, staff] = await Promise.all([
    stack.login('customer@example.com'),
    stack.login('staff@example.com'),
  ]);
  const run = (query: string, variables: Record<string, unknown> = {}, token?: string) =>
    stack.graphql(query, variables, token === undefined ? {} : { token });
  const data: Catalogue['data'] = async (query, variables, token) => {
    const { body } = await run(query, variables, token);
    expect(body.errors).toBeUndefined();
    return body.data;
  };
  const write: Catalogue['write'] = async (mutation, input) =>
    (await data(mutation, { input }, staff)).result;
  return {
    customer,
    staff,
    word: letters(),
    data,
    errors: async (query, variables, token) => {
      const { body } = await run(query, variables, token);
      return (body.errors ?? []).map(({ extensions, message }) => `${extensions.code} ${message}`);
    },
    write,
    create: (input) =>
      write(CREATE, { sku: newSku(), name: 'Lamp', price: { amount: 1_999 }, ...input }),
    category: async (input) =>
      (await write(CREATE_CATEGORY, { name: 'Shelf', slug: newSlug(), ...input })).category,
    list: async (variables, token) => (await data(LIST, variables, token)).products,
  };
}

/** Ten letters: a word that is like no other. */
export const letters = () =>
  Array.from(randomBytes(10), (byte) => 'bdfghjkmnpqrstvwxz'[byte % 18]).join('');
export const newSku = () => `TEST-${randomUUID().slice(0, 13).toUpperCase()}`;
export const newSlug = () => `test-${randomUUID()}`;
export const namesOf = ({ nodes }: { nodes: { name: string }[] }) => nodes.map(({ name }) => name);
export const idsOf = ({ nodes }: { nodes: { id: string }[] }) => nodes.map(({ id }) => id);
export const invalid = (...fields: { path: string; message: string }[]) => ({
  __typename: 'InvalidInput',
  message: 'The input is not valid: see `fields`.',
  fields,
});
export const noProduct = (id: string) => ({
  __typename: 'NotFound',
  message: 'There is no product with this id.',
  id,
});
