import type { CodegenConfig } from '@graphql-codegen/cli';

/**
 * Types of the resolvers of each subgraph, from its `schema.graphql`. A mapper names the row type that a
 * resolver is given as parent, where it is not the GraphQL type itself.
 */
const resolverTypes = (mappers: Record<string, string> = {}) => ({
  plugins: ['typescript', 'typescript-resolvers'],
  config: {
    federation: true,
    enumsAsTypes: true,
    useTypeImports: true,
    importExtension: '.ts',
    contextType: './context.ts#Context',
    scalars: { ID: 'string', DateTime: 'Date' },
    defaultScalarType: 'unknown',
    maybeValue: 'T | null',
    inputMaybeValue: 'T | null | undefined',
    mappers,
  },
});

const subgraph = (name: string, mappers?: Record<string, string>) => ({
  [`subgraphs/${name}/schema.generated.ts`]: {
    schema: `subgraphs/${name}/schema.graphql`,
    ...resolverTypes(mappers),
  },
});

/** Typed documents of the operations of a client, with the types of the contract that it is served. */
const clientOperations = (client: string, contract: string, folder: string) => ({
  [`test/clients/${folder}/operations.generated.ts`]: {
    schema: `schema/contracts/${contract}/api.graphql`,
    documents: `schema/operations/${client}/*.graphql`,
    plugins: ['typescript-operations', 'typed-document-node'],
    config: {
      documentNodeImport: '@apollo/client#TypedDocumentNode',
      enumType: 'string-literal' as const,
      useTypeImports: true,
      // Apollo Client asks for `__typename` everywhere but at the root.
      nonOptionalTypename: true,
      skipTypeNameForRoot: true,
      scalars: { ID: 'string', DateTime: 'string' },
      defaultScalarType: 'unknown',
      disableDescriptions: true,
    },
  },
});

const config: CodegenConfig = {
  generates: {
    ...clientOperations('store', 'store', 'store-front'),
    ...clientOperations('resume', 'store', 'resume'),
    ...clientOperations('admin', 'admin', 'admin'),
    'test/clients/front-end/possible-types.generated.ts': {
      schema: 'schema/api.graphql',
      plugins: ['test/clients/front-end/possible-types.ts'],
    },
    // #region monolith
    ...subgraph('legacy', {
      User: './mapping/entities.ts#UserSource',
      Product: './mapping/entities.ts#ProductSource',
      Category: './mapping/entities.ts#CategorySource',
      Warehouse: './mapping/entities.ts#WarehouseSource',
      Order: './mapping/entities.ts#OrderSource',
      Resume: './mapping/entities.ts#ResumeSource',
      ResumeReview: './mapping/entities.ts#ReviewSource',
      IllegalTransition: './mapping/problems.ts#IllegalTransitionSource',
    }),
    // #endregion monolith
    ...subgraph('auth', { User: './resolvers.ts#UserParent' }),
    ...subgraph('product', {
      Product: './repository/products.ts#ProductRow',
      Category: './repository/categories.ts#CategoryRow',
      ProductConnection: './repository/product-pages.ts#ProductList',
    }),
    ...subgraph('inventory', {
      Warehouse: './repository/warehouses.ts#WarehouseRow',
      StockLevel: './repository/levels.ts#LevelRow',
      StockLevelConnection: './repository/levels.ts#LevelList',
      StockMovement: './repository/movements.ts#MovementRow',
      StockMovementConnection: './repository/movements.ts#MovementList',
      StockReservation: './repository/reservations.ts#ReservationRow',
      StockReservationLine: './allocation.ts#AllocatedLine',
      StockShortage: './allocation.ts#Shortage',
    }),
    ...subgraph('order', {
      User: './resolvers.ts#UserParent',
      Order: './repository/orders.ts#OrderRow',
      OrderConnection: './resolvers.ts#OrderList',
    }),
    ...subgraph('resume-review', {
      Resume: './repository/resumes.ts#ResumeRow',
      ResumeReview: './repository/reviews.ts#ReviewRow',
    }),
  },
};

// The codegen command line reads the default export.
export default config;
