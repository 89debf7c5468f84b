import type { MonolithApp, MonolithDeps } from '../app.ts';
import { requireStaff } from '../caller.ts';
import { answers, created, idParams, itemsOf, ref } from '../schemas.ts';
import {
  categoriesById,
  categoryAnswer,
  categoryBySlug,
  childCategories,
  createCategory,
  listCategories,
  updateCategory,
} from './categories.ts';
import { createCategoryThere, updateCategoryThere } from './forwarded-categories.ts';
import {
  categoriesLookupBody,
  categoriesQuery,
  categorySchema,
  childrenAnswer,
  childrenBody,
  createCategoryBody,
  slugParams,
  updateCategoryBody,
} from './schemas.ts';

const everyone = { audience: 'everyone' } as const;
const writing = { audience: 'admin', writes: 'product' } as const;
const tags = ['categories'];
const category = ref(categorySchema);

/** The category tree: reading it, and writing it for staff. */
export function categoryRoutes(app: MonolithApp, deps: MonolithDeps): void {
  app.addSchema(categorySchema);
  readRoutes(app, deps);
  writeRoutes(app, deps);
}

function readRoutes(app: MonolithApp, { db }: MonolithDeps): void {
  app.get(
    '/api/categories',
    {
      config: everyone,
      schema: {
        operationId: 'listCategories',
        tags,
        summary: 'All categories, those at the top, or those of some ids, by position and name.',
        querystring: categoriesQuery,
        response: answers(itemsOf(categorySchema)),
      },
    },
    async (request) => ({
      items: (await listCategories(db, request.query)).map(categoryAnswer),
    }),
  );
  app.get(
    '/api/categories/by-slug/:slug',
    {
      config: everyone,
      schema: {
        operationId: 'getCategoryBySlug',
        tags,
        summary: 'A category by its name in addresses.',
        params: slugParams,
        response: answers(category),
      },
    },
    async (request) => categoryAnswer(await categoryBySlug(db, request.params.slug)),
  );
  app.post(
    '/api/categories/lookup',
    {
      config: everyone,
      schema: {
        operationId: 'lookUpCategories',
        tags,
        summary: 'Categories by id, those that exist.',
        body: categoriesLookupBody,
        response: answers(itemsOf(categorySchema)),
      },
    },
    async (request) => ({
      items: (await categoriesById(db, request.body.ids)).map(categoryAnswer),
    }),
  );
  app.post(
    '/api/categories/children',
    {
      config: everyone,
      schema: {
        operationId: 'listChildCategories',
        tags,
        summary: 'The categories directly below each of some, by position and name.',
        body: childrenBody,
        response: answers(childrenAnswer),
      },
    },
    async (request) => childCategories(db, request.body.parent_ids),
  );
}

function writeRoutes(app: MonolithApp, { db }: MonolithDeps): void {
  app.post(
    '/api/categories',
    {
      config: { ...writing, forward: createCategoryThere },
      schema: {
        operationId: 'createCategory',
        tags,
        summary: 'Adds a category. For staff.',
        body: createCategoryBody,
        response: created(category),
      },
    },
    async (request, reply) => {
      requireStaff(request);
      reply.status(201);
      return categoryAnswer(await createCategory(db, request.body));
    },
  );
  app.patch(
    '/api/categories/:id',
    {
      config: { ...writing, forward: updateCategoryThere },
      schema: {
        operationId: 'updateCategory',
        tags,
        summary: 'Changes a category or moves it in the tree. For staff.',
        params: idParams,
        body: updateCategoryBody,
        response: answers(category),
      },
    },
    async (request) => {
      requireStaff(request);
      return categoryAnswer(await updateCategory(db, request.params.id, request.body));
    },
  );
}
