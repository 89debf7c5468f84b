import {
  getOperationAST,
  Kind,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

/** One root field of a mutation, as a document of its own. */
export interface RootField {
  /** The name in the schema. */
  readonly name: string;
  /** The name in the answer. */
  readonly responseName: string;
  readonly document: DocumentNode;
}

const known = new WeakMap<DocumentNode, Map<string | null, readonly RootField[]>>();

/**
 * The root fields of a mutation in the order in which they are to run. Selections of one response name are one field,
 * as CollectFields of the GraphQL specification has it (§ 6.3.2).
 *
 * @param document valid, so that selections of one response name are of one field
 */
export function rootFields(
  document: DocumentNode,
  operationName: string | null,
): readonly RootField[] {
  let byName = known.get(document);
  if (!byName) known.set(document, (byName = new Map()));
  let fields = byName.get(operationName);
  if (!fields) byName.set(operationName, (fields = split(document, operationName)));
  return fields;
}

function split(document: DocumentNode, operationName: string | null): readonly RootField[] {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error(`The document has no operation "${operationName ?? ''}".`);
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  const groups = new Map<string, { name: string; selections: SelectionNode[] }>();
  collect(operation.selectionSet.selections, [], fragments, groups);
  // An operation of one field is left as it is: it keeps its text, and so its plans.
  if (groups.size === 1) {
    return [...groups].map(([responseName, { name }]) => ({ name, responseName, document }));
  }
  return [...groups].map(([responseName, { name, selections }]) => ({
    name,
    responseName,
    document: {
      kind: Kind.DOCUMENT,
      definitions: [withSelections(operation, selections), ...fragments],
    },
  }));
}

/** Takes fields out of fragments, and keeps each under the conditions of the fragments that it was in. */
function collect(
  selections: readonly SelectionNode[],
  conditions: readonly (readonly DirectiveNode[])[],
  fragments: readonly FragmentDefinitionNode[],
  groups: Map<string, { name: string; selections: SelectionNode[] }>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const responseName = selection.alias?.value ?? name;
      const group = groups.get(responseName) ?? { name, selections: [] };
      groups.set(responseName, group);
      group.selections.push(conditions.reduceRight<SelectionNode>(within, selection));
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT
        ? selection
        : fragments.find(({ name }) => name.value === selection.name.value);
    const directives = selection.directives ?? [];
    const inner = directives.length > 0 ? [...conditions, directives] : conditions;
    collect(fragment?.selectionSet.selections ?? [], inner, fragments, groups);
  }
}

function within(selection: SelectionNode, directives: readonly DirectiveNode[]): SelectionNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    directives,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [selection] },
  };
}

function withSelections(
  operation: OperationDefinitionNode,
  selections: readonly SelectionNode[],
): OperationDefinitionNode {
  return { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}
