import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import {
  buildSchema,
  lexicographicSortSchema,
  printSchema,
  type GraphQLField,
  type GraphQLInputField,
} from 'graphql';
// #region monolith
import { Kind, type DefinitionNode } from 'graphql';
// #endregion monolith
import { expect, test } from 'vitest';
import { compose } from '#schema/compose/compose.ts';
import { readSubgraphs } from '#schema/compose/subgraphs.ts';
// #region monolith
import type { Subgraph } from '#schema/compose/subgraphs.ts';
// #endregion monolith

const isOutputField = (
  field: GraphQLField<unknown, unknown> | GraphQLInputField,
): field is GraphQLField<unknown, unknown> => 'args' in field;

const CONFIG = fileURLToPath(new URL('../../schema/supergraph.yaml', import.meta.url));
const subgraphs = await readSubgraphs(CONFIG);

// #region monolith
const legacy = subgraphs.filter(({ name }) => name === 'legacy');
const domains = subgraphs.filter(({ name }) => name !== 'legacy');

/** The names of the fields of each type of the monolith's; no names for a type without fields. */
const legacyFields = new Map(
  legacy.flatMap(({ typeDefs }) =>
    typeDefs.definitions.flatMap((definition) =>
      'name' in definition && definition.name
        ? [[definition.name.value, fieldNames(definition)] as const]
        : [],
    ),
  ),
);

function fieldNames(definition: DefinitionNode): readonly string[] {
  return 'fields' in definition ? (definition.fields ?? []).map(({ name }) => name.value) : [];
}

/** A domain without the types and fields that the monolith never had. */
function withoutItsOwn(domain: Subgraph): Subgraph {
  const definitions = domain.typeDefs.definitions.flatMap((definition): DefinitionNode[] => {
    if (!('name' in definition) || !definition.name) return [definition];
    const known = legacyFields.get(definition.name.value);
    if (!known) return [];
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [definition];
    const fields = definition.fields?.filter(({ name }) => known.includes(name.value)) ?? [];
    return fields.length > 0 ? [{ ...definition, fields }] : [];
  });
  return { ...domain, typeDefs: { ...domain.typeDefs, definitions } };
}

test('what the monolith has is the same bytes of the API schema whichever domain subgraphs are there', () => {
  const alone = compose(legacy).api;
  const movable = domains.map(withoutItsOwn);
  expect(movable.length).toBeGreaterThanOrEqual(2);
  for (const some of [movable, ...movable.map((domain) => [domain])]) {
    expect(compose([...legacy, ...some]).api).toBe(alone);
  }
});
// #endregion monolith

test("Apollo's composition agrees on the API schema", async () => {
  const result = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  );
  expect(result.errors ?? []).toEqual([]);
  const api = Supergraph.build(result.supergraphSdl ?? '', {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  })
    .apiSchema()
    .toGraphQLJSSchema();
  const ours = buildSchema(await readFile('schema/api.graphql', 'utf8'));
  expect(printSchema(lexicographicSortSchema(api))).toBe(
    printSchema(lexicographicSortSchema(ours)),
  );
});

test('every type, field, argument, input field and enum value of the API is described', () => {
  const schema = buildSchema(compose(subgraphs).api);
  const bare: string[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || ['Query', 'Mutation'].includes(type.name)) continue;
    if (!type.description && !['ID', 'Int', 'String', 'Boolean', 'Float'].includes(type.name))
      bare.push(type.name);
  }
  for (const type of Object.values(schema.getTypeMap()).filter(
    ({ name }) => !name.startsWith('__'),
  )) {
    if ('getValues' in type) {
      bare.push(
        ...type
          .getValues()
          .filter((value) => !value.description)
          .map((value) => `${type.name}.${value.name}`),
      );
    }
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) bare.push(`${type.name}.${field.name}`);
      if (!isOutputField(field)) continue;
      bare.push(
        ...field.args
          .filter((a) => !a.description)
          .map((a) => `${type.name}.${field.name}(${a.name})`),
      );
    }
  }
  expect(bare).toEqual([]);
});
