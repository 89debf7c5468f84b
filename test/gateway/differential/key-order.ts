import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { DocumentNode } from 'graphql';

interface Reading {
  readonly schema: GraphQLSchema;
  readonly fragments: Record<string, FragmentDefinitionNode>;
  readonly variables: Record<string, unknown>;
}

type Collected = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * Where the keys of an answer are not in the order of the operation (section 6.3.2, `CollectFields`, as graphql-js
 * does it): the path of the first such object; null where all are right.
 */
export function misorderedAt(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
  data: unknown,
): string | null {
  const fragments: Reading['fragments'] = Object.create(null) as Reading['fragments'];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const operation = document.definitions.find(
    (part): part is OperationDefinitionNode => part.kind === Kind.OPERATION_DEFINITION,
  );
  const root = operation && schema.getRootType(operation.operation);
  if (!operation || !root || data === null) return null;
  const reading = { schema, fragments, variables };
  const fields = rootFields(reading, root, operation.selectionSet);
  return misordered(reading, [{ type: root, fields }], data, '');
}

function rootFields(
  { schema, fragments, variables }: Reading,
  type: GraphQLObjectType,
  selections: SelectionSetNode,
): Collected {
  return collectFields(schema, fragments, variables, type, selections);
}

/** What an object must look like if it is of a type. */
interface Candidate {
  readonly type: GraphQLObjectType;
  readonly fields: Collected;
}

function misordered(
  reading: Reading,
  candidates: readonly Candidate[],
  value: unknown,
  path: string,
): string | null {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const found = misordered(reading, candidates, item, `${path}/${index}`);
      if (found !== null) return found;
    }
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const keys = Object.keys(value).join();
  // The answer need not say its type: then it must be right for one of those that it can be of.
  const fitting = candidates.filter(
    ({ fields }) => sortedKeys(fields) === Object.keys(value).sort().join(),
  );
  // A subgraph that does not say the type of an object leaves fields out.
  if (fitting.length === 0) return null;
  const ordered = fitting.filter(({ fields }) => [...fields.keys()].join() === keys);
  if (ordered.length === 0) return path || '/';
  let first: string | null = null;
  for (const candidate of ordered) {
    const found = misorderedFields(reading, candidate, value, path);
    if (found === null) return null;
    first ??= found;
  }
  return first;
}

function sortedKeys(fields: Collected): string {
  return [...fields.keys()].sort().join();
}

function misorderedFields(
  reading: Reading,
  { type, fields }: Candidate,
  object: object,
  path: string,
): string | null {
  for (const [name, nodes] of fields) {
    const definition = type.getFields()[nodes[0]?.name.value ?? ''];
    const inner = definition && getNamedType(definition.type);
    if (!isCompositeType(inner)) continue;
    const objects = isAbstractType(inner) ? reading.schema.getPossibleTypes(inner) : [inner];
    const { schema, fragments, variables } = reading;
    const candidates = objects.map((type) => ({
      type,
      fields: collectSubfields(schema, fragments, variables, type, nodes),
    }));
    const value = (object as Record<string, unknown>)[name];
    const found = misordered(reading, candidates, value, `${path}/${name}`);
    if (found !== null) return found;
  }
  return null;
}
