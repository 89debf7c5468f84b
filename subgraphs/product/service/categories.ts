import { randomUUID } from 'node:crypto';
import type { Database, Db } from '#platform/database/pool.ts';
import { unlessTaken } from '#platform/database/unique-violation.ts';
import { brokenRules } from '#platform/graph/input-rules.ts';
import {
  invalidInput,
  notFound,
  type InvalidField,
  type InvalidInput,
  type NotFound,
} from '#platform/graph/problems.ts';
import {
  categoryBySlug,
  categoryExists,
  insertCategory,
  isWithin,
  lockCategory,
  lockTree,
  updateCategoryRow,
  type CategoryChange,
  type CategoryRow,
} from '../repository/categories.ts';
import { brokenCategoryRules } from '../rules.ts';
import type { CreateCategoryInput, UpdateCategoryInput } from '../schema.generated.ts';

/** The constraint that gives a slug to one category only. */
const SLUG_KEY = 'categories_slug_key';

const categoryPayload = (category: CategoryRow) => ({
  __typename: 'CategoryPayload' as const,
  category,
});
type CategoryPayload = ReturnType<typeof categoryPayload>;

/** A category by its name in addresses. */
export async function findCategoryBySlug(db: Db, slug: string): Promise<CategoryRow | null> {
  // PostgreSQL takes no U+0000, so no category has one.
  return slug.includes('\0') ? null : categoryBySlug(db, slug);
}

/** Adds a category to the tree. */
export async function createCategory(
  db: Db,
  input: CreateCategoryInput,
): Promise<CategoryPayload | InvalidInput> {
  const facts = { ...factsOf(input), name: input.name.trim(), slug: input.slug };
  const invalid = await invalidFields(db, facts);
  if (invalid.length > 0) return invalidInput(invalid);
  return unlessTaken(SLUG_KEY, slugTaken, async () =>
    categoryPayload(await insertCategory(db, { ...facts, id: randomUUID() })),
  );
}

/** Changes what the input has; the rest stays as it is. A null parent moves the category to the top. */
export async function updateCategory(
  { db }: Database,
  input: UpdateCategoryInput,
): Promise<CategoryPayload | NotFound | InvalidInput> {
  const { id } = input;
  const facts = factsOf(input);
  return unlessTaken(SLUG_KEY, slugTaken, () =>
    db.transaction(async (tx) => {
      if (facts.parentId != null) await lockTree(tx);
      const present = await lockCategory(tx, id);
      if (!present) return notFound('category', id);
      const invalid = await invalidFields(tx, facts);
      if (invalid.length > 0) return invalidInput(invalid);
      if (facts.parentId != null && (await isWithin(tx, facts.parentId, id))) return circle();
      const unchanged = Object.values(facts).every((fact) => fact === undefined);
      return categoryPayload(unchanged ? present : await updateCategoryRow(tx, id, facts));
    }),
  );
}

/** An input as it is stored. Null counts as absent (undefined), but where it removes something. */
function factsOf({ name, slug, parentId, position }: Omit<UpdateCategoryInput, 'id'>) {
  return {
    name: name?.trim(),
    slug: slug ?? undefined,
    parentId,
    position: position ?? undefined,
  };
}

async function invalidFields(db: Db, facts: CategoryChange): Promise<InvalidField[]> {
  return [
    ...brokenCategoryRules(facts),
    ...(await brokenReference(db, 'parentId', facts.parentId)),
  ];
}

/** The rule that an id which is no category breaks. @param path of the field with the id, which may be absent */
export async function brokenReference(
  db: Db,
  path: string,
  id: string | null | undefined,
): Promise<InvalidField[]> {
  return brokenRules([[path, id == null || (await categoryExists(db, id)), 'is not a category']]);
}

const circle = () =>
  invalidInput([{ path: 'parentId', message: 'must not be the category itself or one below it' }]);

const slugTaken = () => invalidInput([{ path: 'slug', message: 'belongs to another category' }]);
