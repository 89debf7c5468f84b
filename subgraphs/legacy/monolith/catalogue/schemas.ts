import { Type, type Static } from '@fastify/type-provider-typebox';
import { groupBody, idsQuery, listQuery } from '../lists.ts';
import { idList, nullableText, ref, requestBody, uuidSchema } from '../schemas.ts';

const sku = Type.String({ description: '3 to 32 of A-Z, 0-9 and -; lower case is raised.' });
const dollars = Type.String({ description: 'Decimal dollars such as 19.99.' });
const attrs = Type.Array(Type.Tuple([Type.String(), Type.String()]), {
  description: 'Pairs of name and value.',
});
const nullableId = (description: string) => nullableText({ format: 'uuid', description });

export const productSchema = Type.Object(
  {
    product_id: uuidSchema(),
    sku: Type.String(),
    product_name: Type.String(),
    descr: Type.String(),
    brand: nullableText(),
    unit_price: dollars,
    currency: Type.Literal('USD'),
    category_id: nullableId('Null for a product outside the tree.'),
    attrs,
    discontinued: Type.Boolean(),
    created_at: Type.String(),
    updated_at: Type.String(),
  },
  { $id: 'Product' },
);
export type ProductAnswer = Static<typeof productSchema>;

const sort = Type.Union(
  [
    Type.Literal('relevance'),
    Type.Literal('name'),
    Type.Literal('price'),
    Type.Literal('-price'),
    Type.Literal('newest'),
  ],
  { description: 'relevance is by name where nothing is searched for.' },
);
export type ProductSort = Static<typeof sort>;

export const productsQuery = Type.Object({
  q: Type.Optional(Type.String({ description: 'Words to look for; forgives spelling mistakes.' })),
  category_id: Type.Optional(uuidSchema('This category and everything below it.')),
  min_price: Type.Optional(dollars),
  max_price: Type.Optional(dollars),
  status: Type.Optional(
    Type.Union([Type.Literal('active'), Type.Literal('archived'), Type.Literal('all')], {
      description:
        'active where absent, or all where ids are given. For all but staff, always that.',
    }),
  ),
  sort: Type.Optional(sort),
  ...idsQuery,
  ...listQuery,
});
export type ProductsQuery = Static<typeof productsQuery>;

export const skuParams = Type.Object({ sku: Type.String() });

export const productsLookupBody = requestBody({ ids: idList() });

export const productsByCategoriesBody = requestBody({
  category_ids: idList(),
  sort: Type.Optional(sort),
  ...groupBody,
});
export type ProductsByCategoriesBody = Static<typeof productsByCategoriesBody>;

const productMembers = {
  descr: Type.Optional(Type.String()),
  brand: Type.Optional(nullableText()),
  currency: Type.Optional(Type.String({ description: 'USD.' })),
  category_id: Type.Optional(nullableId('Null takes the product out of the tree.')),
  attrs: Type.Optional(attrs),
};

export const createProductBody = requestBody({
  sku,
  product_name: Type.String(),
  unit_price: dollars,
  ...productMembers,
});
export type CreateProductBody = Static<typeof createProductBody>;

export const updateProductBody = requestBody({
  sku: Type.Optional(sku),
  product_name: Type.Optional(Type.String()),
  unit_price: Type.Optional(dollars),
  ...productMembers,
});
export type UpdateProductBody = Static<typeof updateProductBody>;

export const categorySchema = Type.Object(
  {
    category_id: uuidSchema(),
    parent_id: nullableId('Null at the top.'),
    cat_name: Type.String(),
    slug: Type.String(),
    sort_no: Type.Integer({ description: 'Its place among its siblings, lowest first.' }),
  },
  { $id: 'Category' },
);
export type CategoryAnswer = Static<typeof categorySchema>;

export const categoriesQuery = Type.Object({
  root: Type.Optional(Type.Boolean({ description: 'Only those at the top.' })),
  ...idsQuery,
});

export type CategoriesQuery = Static<typeof categoriesQuery>;

export const slugParams = Type.Object({ slug: Type.String() });

export const categoriesLookupBody = requestBody({ ids: idList() });

export const childrenBody = requestBody({ parent_ids: idList() });

export const childrenAnswer = Type.Object({
  groups: Type.Array(
    Type.Object({ owner_id: Type.String(), items: Type.Array(ref(categorySchema)) }),
  ),
});

const sortNo = Type.Integer({ minimum: -2_147_483_648, maximum: 2_147_483_647 });

export const createCategoryBody = requestBody({
  parent_id: Type.Optional(nullableId('Null or absent at the top.')),
  cat_name: Type.String(),
  slug: Type.String(),
  sort_no: Type.Optional(sortNo),
});
export type CreateCategoryBody = Static<typeof createCategoryBody>;

export const updateCategoryBody = requestBody({
  parent_id: Type.Optional(nullableId('Null moves it to the top.')),
  cat_name: Type.Optional(Type.String()),
  slug: Type.Optional(Type.String()),
  sort_no: Type.Optional(sortNo),
});
export type UpdateCategoryBody = Static<typeof updateCategoryBody>;
