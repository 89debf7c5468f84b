import type { MonolithDeps } from '../app.ts';
import { requireStaff } from '../caller.ts';
import { notFound } from '../errors.ts';
import {
  callerOf,
  INVALID_INPUT,
  invalid,
  mirrored,
  mutate,
  type InvalidInput,
  type Problem,
} from '../forwarding.ts';
import type { Forward } from '../owner.ts';
import { categoriesById, categoryAnswer } from './categories.ts';
import type { CategoryAnswer, UpdateCategoryBody } from './schemas.ts';

// The category tree while the product service owns the catalogue.

interface GraphCategory {
  readonly id: string;
  readonly name: string;
  readonly slug: string;
  readonly parent: { readonly id: string } | null;
}

type Result =
  | { readonly __typename: 'CategoryPayload'; readonly category: GraphCategory }
  | Problem<'NotFound'>
  | InvalidInput;

const document = (field: string, input: string) =>
  `mutation ($input: ${input}!) { result: ${field}(input: $input) { __typename
    ... on CategoryPayload { category { id name slug parent { id } } } ${INVALID_INPUT} } }`;
const CREATE = document('createCategory', 'CreateCategoryInput');
const UPDATE = document('updateCategory', 'UpdateCategoryInput');
const NAMES = { name: 'cat_name', parentId: 'parent_id', position: 'sort_no' };

/** `POST /api/categories` */
export const createCategoryThere: Forward = async (deps, request, reply) => {
  requireStaff(request);
  const body = { sort_no: 0, ...(request.body as UpdateCategoryBody) };
  const answer = await written(deps, request, CREATE, body, {});
  reply.status(201);
  return answer;
};

/** `PATCH /api/categories/{id}` */
export const updateCategoryThere: Forward = async (deps, request) => {
  requireStaff(request);
  const { id } = request.params as { id: string };
  return written(deps, request, UPDATE, request.body as UpdateCategoryBody, { id });
};

async function written(
  deps: MonolithDeps,
  request: Parameters<Forward>[1],
  text: string,
  body: UpdateCategoryBody,
  which: { readonly id?: string },
): Promise<CategoryAnswer> {
  const { parent_id: parentId, cat_name: name, slug, sort_no: position } = body;
  const owner = { name: 'product', client: deps.domains.product };
  const input = { ...which, parentId, name, slug, position };
  const result = await mutate<Result>(owner, text, input, callerOf(request));
  if (result.__typename === 'CategoryPayload') return asMirrored(deps, result.category, position);
  throw result.__typename === 'InvalidInput' ? invalid(result, NAMES) : notFound('category');
}

/**
 * The category as the monolith has it once that has been carried over; until then as the product service gave it.
 *
 * @param position that was written; the graph does not show it. Undefined: it was left as it is
 */
async function asMirrored(
  { db }: MonolithDeps,
  { id, name, slug, parent }: GraphCategory,
  position: number | undefined,
): Promise<CategoryAnswer> {
  const parentId = parent?.id ?? null;
  let lastSeen = 0;
  const row = await mirrored(async () => {
    const [found] = await categoriesById(db, [id]);
    lastSeen = found?.sortNo ?? lastSeen;
    const isWritten =
      found?.catName === name &&
      found.slug === slug &&
      found.parentId === parentId &&
      found.sortNo === (position ?? found.sortNo);
    return isWritten ? found : null;
  });
  if (row) return categoryAnswer(row);
  return {
    category_id: id,
    parent_id: parentId,
    cat_name: name,
    slug,
    sort_no: position ?? lastSeen,
  };
}
