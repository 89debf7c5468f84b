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

const config: CodegenConfig = {
  generates: {
    ...subgraph('legacy'),
    ...subgraph('auth'),
    ...subgraph('product'),
  },
};

// The codegen command line reads the default export.
export default config;
