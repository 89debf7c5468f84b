import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import {
  buildSchema,
  lexicographicSortSchema,
  printSchema,
  type GraphQLField,
  type GraphQLInputField,
} from 'graphql';
import { expect, test } from 'vitest';
import { compose } from '#schema/compose.ts';
import { readSubgraphs } from '#schema/subgraphs.ts';

const isOutputField = (
  field: GraphQLField<unknown, unknown> | GraphQLInputField,
): field is GraphQLField<unknown, unknown> => 'args' in field;

const CONFIG = fileURLToPath(new URL('../../schema/supergraph.yaml', import.meta.url));
const subgraphs = await readSubgraphs(CONFIG);

test('the API schema is the same bytes whichever domain subgraphs are there', () => {
  const whole = compose(subgraphs).api;
  const domains = subgraphs.filter(({ name }) => name !== 'legacy');
  expect(domains.length).toBeGreaterThanOrEqual(2);
  for (const left of [[], ...domains.map((domain) => [domain])]) {
    const some = subgraphs.filter(
      (subgraph) => subgraph.name === 'legacy' || left.includes(subgraph),
    );
    expect(compose(some).api).toBe(whole);
  }
});

test("Apollo's composition agrees on the API schema", async () => {
  const result = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  );
  expect(result.errors ?? []).toEqual([]);
  const api = Supergraph.build(result.supergraphSdl ?? '')
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
