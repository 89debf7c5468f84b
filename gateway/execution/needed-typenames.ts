import {
  getNamedType,
  isAbstractType,
  isEnumType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  stripIgnoredCharacters,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** An operation for a subgraph, read and as text. */
export interface SubgraphOperation {
  readonly document: DocumentNode;
  readonly text: string;
}

/**
 * Reads an operation for a subgraph, and lets it ask for the types of objects that clients see as an abstract
 * type. The planner leaves that out where the subgraph itself answers with one type of objects; but then nothing
 * would tell which of the client's fragments apply.
 *
 * @param schema the supergraph's, with its directives
 */
export function readOperation(
  schema: GraphQLSchema,
  subgraph: string,
  text: string,
): SubgraphOperation {
  const document = parse(text, { noLocation: true });
  const reading: Reading = { schema, graph: graphName(schema, subgraph), hasChanged: false };
  const complete: DocumentNode = {
    ...document,
    definitions: document.definitions.map((definition) => {
      if (definition.kind === Kind.OPERATION_DEFINITION) {
        const type = schema.getRootType(definition.operation) ?? undefined;
        return { ...definition, selectionSet: completeSet(reading, definition.selectionSet, type) };
      }
      if (definition.kind !== Kind.FRAGMENT_DEFINITION) return definition;
      const type = schema.getType(definition.typeCondition.name.value);
      return { ...definition, selectionSet: completeSet(reading, definition.selectionSet, type) };
    }),
  };
  if (!reading.hasChanged) return { document, text };
  return { document: complete, text: stripIgnoredCharacters(print(complete)) };
}

interface Reading {
  readonly schema: GraphQLSchema;
  readonly graph: string | undefined;
  hasChanged: boolean;
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function completeSet(
  reading: Reading,
  set: SelectionSetNode,
  type: GraphQLNamedType | undefined,
): SelectionSetNode {
  return { ...set, selections: set.selections.map((each) => completeOne(reading, each, type)) };
}

function completeOne(
  reading: Reading,
  selection: SelectionNode,
  type: GraphQLNamedType | undefined,
): SelectionNode {
  if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const condition = selection.typeCondition?.name.value;
    const inner = condition === undefined ? type : reading.schema.getType(condition);
    return { ...selection, selectionSet: completeSet(reading, selection.selectionSet, inner) };
  }
  const fieldType = typeOfField(type, selection.name.value);
  const selectionSet = completeSet(reading, selection.selectionSet, fieldType);
  if (!isNeeded(reading, selectionSet, fieldType)) return { ...selection, selectionSet };
  reading.hasChanged = true;
  return {
    ...selection,
    selectionSet: { ...selectionSet, selections: [TYPENAME, ...selectionSet.selections] },
  };
}

function isNeeded(
  { graph }: Reading,
  { selections }: SelectionSetNode,
  type: GraphQLNamedType | undefined,
): boolean {
  if (!isAbstractType(type) || isObjectWithin(type, graph)) return false;
  return !selections.some(
    (selection) =>
      selection.kind === Kind.FIELD && !selection.alias && selection.name.value === '__typename',
  );
}

/** Whether a subgraph knows an interface as one type of objects, and so cannot tell what its objects are. */
function isObjectWithin(type: GraphQLNamedType, graph: string | undefined): boolean {
  const joined = (type.astNode?.directives ?? []).filter(({ name }) => name.value === 'join__type');
  return joined.some(
    (directive) =>
      argumentOf(directive, 'graph') === graph &&
      argumentOf(directive, 'isInterfaceObject') === true,
  );
}

/** How the supergraph's directives call a subgraph. */
function graphName(schema: GraphQLSchema, subgraph: string): string | undefined {
  const graphs = schema.getType('join__Graph');
  if (!isEnumType(graphs)) return undefined;
  return graphs
    .getValues()
    .find(({ astNode }) =>
      astNode?.directives?.some((directive) => argumentOf(directive, 'name') === subgraph),
    )?.name;
}

function argumentOf(
  { arguments: given }: ConstDirectiveNode,
  name: string,
): string | boolean | undefined {
  const value = given?.find((argument) => argument.name.value === name)?.value;
  return value && 'value' in value ? value.value : undefined;
}

function typeOfField(
  type: GraphQLNamedType | undefined,
  name: string,
): GraphQLNamedType | undefined {
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  const field = type.getFields()[name];
  return field && getNamedType(field.type);
}
