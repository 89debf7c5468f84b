import {
  Kind,
  parse,
  print,
  validate,
  visit,
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import type { Operation } from './operation-generator.ts';

/** The operations that have one thing less: a selection, a fragment, a condition, an alias, an argument. */
export function* simplerOperations(
  schema: GraphQLSchema,
  { text, variables }: Operation,
): IterableIterator<Operation> {
  const document = parse(text, { noLocation: true });
  const seen = new Set([print(document)]);
  for (const simpler of simplerDocuments(document)) {
    const tidy = withoutUnused(simpler);
    const printed = print(tidy);
    if (seen.has(printed)) continue;
    seen.add(printed);
    if (validate(schema, parse(printed)).length > 0) continue;
    const defined = variablesOf(tidy).map(({ variable }) => variable.name.value);
    const left = Object.entries(variables).filter(([name]) => defined.includes(name));
    yield { text: printed, variables: Object.fromEntries(left) };
  }
}

function* simplerDocuments(document: DocumentNode): IterableIterator<DocumentNode> {
  for (const set of nodesOf(document, Kind.SELECTION_SET)) {
    const { selections } = set as SelectionSetNode;
    for (const selection of selections) {
      const others = selections.filter((other) => other !== selection);
      if (others.length > 0)
        yield replaced(document, set, { ...set, selections: others } as ASTNode);
      for (const simpler of simplerSelections(document, selection)) {
        const changed = selections.flatMap((other) => (other === selection ? simpler : other));
        yield replaced(document, set, { ...set, selections: changed } as ASTNode);
      }
    }
  }
}

/** What can stand in the place of a selection. */
function* simplerSelections(
  document: DocumentNode,
  selection: SelectionNode,
): IterableIterator<readonly SelectionNode[]> {
  if (selection.directives && selection.directives.length > 0) {
    yield [{ ...selection, directives: [] }];
  }
  if (selection.kind === Kind.INLINE_FRAGMENT) yield selection.selectionSet.selections;
  if (selection.kind === Kind.FRAGMENT_SPREAD) {
    const fragment = document.definitions.find(
      (definition): definition is FragmentDefinitionNode =>
        definition.kind === Kind.FRAGMENT_DEFINITION &&
        definition.name.value === selection.name.value,
    );
    if (fragment) {
      const { typeCondition, selectionSet } = fragment;
      yield [
        {
          kind: Kind.INLINE_FRAGMENT,
          typeCondition,
          selectionSet,
          directives: selection.directives,
        },
      ];
    }
  }
  if (selection.kind !== Kind.FIELD) return;
  if (selection.alias) yield [withoutAlias(selection)];
  if (selection.arguments && selection.arguments.length > 0) {
    yield [{ ...selection, arguments: [] }];
  }
  if (selection.selectionSet && print(selection.selectionSet) !== print(TYPENAME)) {
    yield [{ ...selection, selectionSet: TYPENAME }];
  }
}

const TYPENAME: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

function withoutAlias({ alias: _alias, ...field }: FieldNode): FieldNode {
  return field;
}

function nodesOf(document: DocumentNode, kind: Kind): ASTNode[] {
  const nodes: ASTNode[] = [];
  visit(document, { enter: (node) => void (node.kind === kind && nodes.push(node)) });
  return nodes;
}

function replaced(document: DocumentNode, node: ASTNode, by: ASTNode): DocumentNode {
  return visit(document, { enter: (other) => (other === node ? by : undefined) });
}

function variablesOf(document: DocumentNode): readonly VariableDefinitionNode[] {
  return document.definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
  );
}

/** Fragments and variables that nothing uses any more are errors: they go too. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const spread = new Set<string>();
  const used = new Set<string>();
  visit(document, {
    FragmentSpread: ({ name }) => void spread.add(name.value),
    VariableDefinition: () => false,
    Variable: ({ name }) => void used.add(name.value),
  });
  const kept = visit(document, {
    FragmentDefinition: ({ name }) => (spread.has(name.value) ? undefined : null),
    VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null),
  });
  const isSmaller = kept.definitions.length < document.definitions.length;
  return isSmaller || variablesOf(kept).length < variablesOf(document).length
    ? withoutUnused(kept)
    : kept;
}
