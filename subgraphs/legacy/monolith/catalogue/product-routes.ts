import { isStaff } from '#platform/identity/identity.ts';
import type { MonolithApp, MonolithDeps } from '../app.ts';
import { caller, requireStaff } from '../caller.ts';
import { groupsOf, listOf } from '../lists.ts';
import { answers, created, idParams, itemsOf, ref } from '../schemas.ts';
import { archiveProductThere, createProductThere, updateProductThere } from './forwarded.ts';
import { listProducts, listProductsByCategories } from './product-lists.ts';
import {
  archiveProduct,
  createProduct,
  productAnswer,
  productById,
  productBySku,
  productsById,
  updateProduct,
} from './products.ts';
import {
  createProductBody,
  productSchema,
  productsByCategoriesBody,
  productsLookupBody,
  productsQuery,
  skuParams,
  updateProductBody,
} from './schemas.ts';

const everyone = { audience: 'everyone' } as const;
const writing = { audience: 'admin', writes: 'product' } as const;
const tags = ['products'];
const product = ref(productSchema);

/** Products: reading them, and writing them for staff. */
export function productRoutes(app: MonolithApp, deps: MonolithDeps): void {
  app.addSchema(productSchema);
  readRoutes(app, deps);
  listRoutes(app, deps);
  writeRoutes(app, deps);
}

function readRoutes(app: MonolithApp, { db }: MonolithDeps): void {
  app.get(
    '/api/products/:id',
    {
      config: everyone,
      schema: {
        operationId: 'getProduct',
        tags,
        summary: 'A product, also when it is off sale.',
        params: idParams,
        response: answers(product),
      },
    },
    async (request) => productAnswer(await productById(db, request.params.id)),
  );
  app.get(
    '/api/products/by-sku/:sku',
    {
      config: everyone,
      schema: {
        operationId: 'getProductBySku',
        tags,
        summary: 'A product by stock-keeping unit, also when it is off sale.',
        params: skuParams,
        response: answers(product),
      },
    },
    async (request) => productAnswer(await productBySku(db, request.params.sku)),
  );
  app.post(
    '/api/products/lookup',
    {
      config: everyone,
      schema: {
        operationId: 'lookUpProducts',
        tags,
        summary: 'Products by id, those that exist, also when they are off sale.',
        body: productsLookupBody,
        response: answers(itemsOf(productSchema)),
      },
    },
    async (request) => ({
      items: (await productsById(db, request.body.ids)).map(productAnswer),
    }),
  );
}

function listRoutes(app: MonolithApp, { db }: MonolithDeps): void {
  app.get(
    '/api/products',
    {
      config: everyone,
      schema: {
        operationId: 'listProducts',
        tags,
        summary: 'The catalogue.',
        querystring: productsQuery,
        response: answers(listOf(productSchema)),
      },
    },
    async (request) => listProducts(db, request.query, isStaff(caller(request))),
  );
  app.post(
    '/api/products/by-categories',
    {
      config: everyone,
      schema: {
        operationId: 'listProductsByCategories',
        tags,
        summary: 'The products on sale in each category and below it.',
        body: productsByCategoriesBody,
        response: answers(groupsOf(productSchema)),
      },
    },
    async (request) => listProductsByCategories(db, request.body),
  );
}

function writeRoutes(app: MonolithApp, { db, clock }: MonolithDeps): void {
  app.post(
    '/api/products',
    {
      config: { ...writing, forward: createProductThere },
      schema: {
        operationId: 'createProduct',
        tags,
        summary: 'Adds a product. For staff. 409 SKU_TAKEN.',
        body: createProductBody,
        response: created(product),
      },
    },
    async (request, reply) => {
      requireStaff(request);
      reply.status(201);
      return productAnswer(await createProduct(db, request.body, clock()));
    },
  );
  app.patch(
    '/api/products/:id',
    {
      config: { ...writing, forward: updateProductThere },
      schema: {
        operationId: 'updateProduct',
        tags,
        summary: 'Changes a product. For staff. 409 SKU_TAKEN.',
        params: idParams,
        body: updateProductBody,
        response: answers(product),
      },
    },
    async (request) => {
      requireStaff(request);
      return productAnswer(await updateProduct(db, request.params.id, request.body, clock()));
    },
  );
  app.post(
    '/api/products/:id/archive',
    {
      config: { ...writing, forward: archiveProductThere },
      schema: {
        operationId: 'archiveProduct',
        tags,
        summary: 'Takes a product off sale; doing it twice is no fault. For staff.',
        params: idParams,
        response: answers(product),
      },
    },
    async (request) => {
      requireStaff(request);
      return productAnswer(await archiveProduct(db, request.params.id, clock()));
    },
  );
}
