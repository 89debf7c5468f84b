import {
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Requirement } from './requirement.ts';
import type { Requirements } from './requirements.ts';

/** A part of an operation that may be denied. */
export type ProtectedNode = FieldNode | InlineFragmentNode | FragmentDefinitionNode;

/** An operation that selects something for which a caller needs a right. */
export interface ProtectedOperation {
  readonly operation: OperationDefinitionNode;
  /** The fragments that it uses. */
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** All that it requires, each once. */
  readonly requirements: readonly Requirement[];
  /** What its parts require, as indices of `requirements`; nothing where a part is not here. */
  readonly needs: ReadonlyMap<ProtectedNode, readonly number[]>;
  /** For each field that gives lists of objects how deep they are nested. */
  readonly lists: ReadonlyMap<FieldNode, number>;
}

interface Reading {
  readonly of: Requirements;
  readonly all: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly fragments: Map<string, FragmentDefinitionNode>;
  readonly indices: Map<string, number>;
  readonly requirements: Requirement[];
  readonly needs: Map<ProtectedNode, readonly number[]>;
  readonly lists: Map<FieldNode, number>;
}

/**
 * Finds what an operation requires of its callers.
 *
 * @param document valid for what clients see of the supergraph
 * @returns null where it requires nothing
 */
export function protectedOperation(
  requirements: Requirements,
  document: DocumentNode,
  operationName: string | null,
): ProtectedOperation | null {
  const operation = getOperationAST(document, operationName);
  const root = operation && requirements.schema.getRootType(operation.operation);
  if (!operation || !root) return null;
  const reading: Reading = {
    of: requirements,
    all: new Map(
      document.definitions
        .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
        .map((fragment) => [fragment.name.value, fragment]),
    ),
    fragments: new Map(),
    indices: new Map(),
    requirements: [],
    needs: new Map(),
    lists: new Map(),
  };
  read(reading, operation.selectionSet, root);
  const { fragments, requirements: required, needs, lists } = reading;
  return needs.size === 0 ? null : { operation, fragments, requirements: required, needs, lists };
}

function read(
  reading: Reading,
  { selections }: SelectionSetNode,
  parent: GraphQLCompositeType,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) readField(reading, selection, parent);
    else if (selection.kind === Kind.INLINE_FRAGMENT) readFragment(reading, selection, parent);
    else {
      const { value: name } = selection.name;
      const fragment = reading.all.get(name);
      if (!fragment || reading.fragments.has(name)) continue;
      reading.fragments.set(name, fragment);
      readFragment(reading, fragment, parent);
    }
  }
}

function readField(reading: Reading, node: FieldNode, parent: GraphQLCompositeType): void {
  const { value: name } = node.name;
  const field =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
  // What GraphQL itself answers, such as `__typename`, everybody may see.
  if (!field) return;
  const type = getNamedType(field.type);
  const { of } = reading;
  // Nobody can select a root type: so what it requires is required by each of its fields.
  const isRoot = parent === of.schema.getQueryType() || parent === of.schema.getMutationType();
  need(reading, node, [
    ...of.ofField(parent.name, name),
    ...(isRoot ? of.ofType(parent.name) : []),
    ...of.ofType(type.name),
    ...(node.selectionSet && selectsFields(node.selectionSet) ? of.ofObjects(type.name) : []),
  ]);
  if (!isCompositeType(type) || !node.selectionSet) return;
  const depth = listDepth(field.type);
  if (depth > 0) reading.lists.set(node, depth);
  read(reading, node.selectionSet, type);
}

function readFragment(
  reading: Reading,
  node: InlineFragmentNode | FragmentDefinitionNode,
  parent: GraphQLCompositeType,
): void {
  const { typeCondition, selectionSet } = node;
  const named = typeCondition && reading.of.schema.getType(typeCondition.name.value);
  const type = isCompositeType(named) ? named : parent;
  if (typeCondition) {
    need(reading, node, [
      ...reading.of.ofType(type.name),
      ...(selectsFields(selectionSet) ? reading.of.ofObjects(type.name) : []),
    ]);
  }
  read(reading, selectionSet, type);
}

/** Whether fields of the type itself are selected, as opposed to those of types that fragments name. */
function selectsFields({ selections }: SelectionSetNode): boolean {
  return selections.some((selection) => {
    if (selection.kind === Kind.FIELD) return selection.name.value !== '__typename';
    return (
      selection.kind === Kind.INLINE_FRAGMENT &&
      !selection.typeCondition &&
      selectsFields(selection.selectionSet)
    );
  });
}

function need(reading: Reading, node: ProtectedNode, required: readonly Requirement[]): void {
  if (required.length === 0) return;
  const indices = required.map((requirement) => {
    const known = reading.indices.get(requirement.key);
    if (known !== undefined) return known;
    const index = reading.requirements.push(requirement) - 1;
    reading.indices.set(requirement.key, index);
    return index;
  });
  reading.needs.set(node, [...new Set(indices)]);
}

function listDepth(type: GraphQLOutputType): number {
  const nullable = getNullableType(type);
  return isListType(nullable) ? 1 + listDepth(nullable.ofType) : 0;
}
