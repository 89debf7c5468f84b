import {
  Kind,
  visit,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { conditionsOf, type Condition } from '../execution/conditions.ts';
import type { ProtectedNode, ProtectedOperation } from './protected-operation.ts';

/** What is left of an operation, and what is not. */
export interface FilteredOperation {
  /** The operation without what is denied; null where nothing is left. */
  readonly document: DocumentNode | null;
  /** The fields of the original document that are null: denied, or without a selection that is left. */
  readonly denied: ReadonlySet<FieldNode>;
  readonly denials: readonly Denial[];
}

/** Something that is denied. */
export interface Denial {
  /** Response names, `@` for the items of a list, and `... on Type` at the end for a whole fragment. */
  readonly path: readonly string[];
  /** It is selected only where these hold. */
  readonly conditions: readonly Condition[];
}

/** More denials than these are no help to anybody, and fragments can spell out thousands. */
const MAX_DENIALS = 100;

interface Filtering {
  readonly operation: ProtectedOperation;
  readonly isDenied: (node: ProtectedNode) => boolean;
  readonly denied: Set<FieldNode>;
  /** Fields that are left somewhere. A field of a named fragment may be denied elsewhere. */
  readonly kept: Set<FieldNode>;
  /** Fragments that were filtered, and those that were denied with what is around them. */
  readonly fragments: Map<string, Remains>;
  readonly deniedFragments: Set<string>;
}

/** What is left of selections. The paths begin where these stand. */
interface Remains {
  readonly selections: readonly SelectionNode[];
  readonly denials: readonly Denial[];
}

/** @param isUnmet says of a requirement, by its index, that the caller does not meet it */
export function filterOperation(
  operation: ProtectedOperation,
  isUnmet: (requirement: number) => boolean,
): FilteredOperation {
  const filtering: Filtering = {
    operation,
    isDenied: (node) => operation.needs.get(node)?.some(isUnmet) === true,
    denied: new Set(),
    kept: new Set(),
    fragments: new Map(),
    deniedFragments: new Set(),
  };
  const { selections, denials } = filterSelections(filtering, operation.operation.selectionSet);
  const { denied, kept } = filtering;
  return {
    document: selections.length > 0 ? documentOf(filtering, selections) : null,
    denied: denied.difference(kept),
    denials,
  };
}

function filterSelections(filtering: Filtering, { selections }: SelectionSetNode): Remains {
  const left: SelectionNode[] = [];
  const denials = new Map<string, Denial>();
  for (const selection of selections) {
    const remains = filterSelection(filtering, selection);
    left.push(...remains.selections);
    for (const denial of remains.denials) {
      if (denials.size < MAX_DENIALS) denials.set(JSON.stringify(denial), denial);
    }
  }
  return { selections: left, denials: [...denials.values()] };
}

function filterSelection(filtering: Filtering, selection: SelectionNode): Remains {
  if (selection.kind === Kind.FIELD) return filterField(filtering, selection);
  return selection.kind === Kind.INLINE_FRAGMENT
    ? filterInlineFragment(filtering, selection)
    : filterSpread(filtering, selection);
}

function filterField(filtering: Filtering, node: FieldNode): Remains {
  const name = node.alias?.value ?? node.name.value;
  if (filtering.isDenied(node)) {
    deny(filtering, [node]);
    return { selections: [], denials: below([name], node.directives, [HERE]) };
  }
  if (!node.selectionSet) {
    filtering.kept.add(node);
    return { selections: [node], denials: [] };
  }
  const inner = filterSelections(filtering, node.selectionSet);
  const items = Array.from({ length: filtering.operation.lists.get(node) ?? 0 }, () => '@');
  const denials = below([name, ...items], node.directives, inner.denials);
  if (inner.selections.length === 0 && inner.denials.some(isUnconditional)) {
    filtering.denied.add(node);
    return { selections: [], denials };
  }
  filtering.kept.add(node);
  // Where variables may leave out all that is denied, nothing explains a null: whether there is an object has to
  // be found out.
  const selections = inner.selections.length > 0 ? inner.selections : [TYPENAME];
  return { selections: [withSelections(node, selections)], denials };
}

function filterInlineFragment(filtering: Filtering, node: InlineFragmentNode): Remains {
  if (filtering.isDenied(node)) {
    deny(filtering, node.selectionSet.selections);
    return { selections: [], denials: below(conditionPath(node), node.directives, [HERE]) };
  }
  const inner = filterSelections(filtering, node.selectionSet);
  return {
    selections: inner.selections.length > 0 ? [withSelections(node, inner.selections)] : [],
    denials: below([], node.directives, inner.denials),
  };
}

function filterSpread(filtering: Filtering, node: FragmentSpreadNode): Remains {
  const remains = filterFragment(filtering, node.name.value);
  return {
    selections: remains.selections.length > 0 ? [node] : [],
    denials: below([], node.directives, remains.denials),
  };
}

/** What is left of a named fragment: the same wherever it is used. */
function filterFragment(filtering: Filtering, name: string): Remains {
  const known = filtering.fragments.get(name);
  if (known) return known;
  const fragment = filtering.operation.fragments.get(name);
  let remains: Remains = { selections: [], denials: [] };
  if (fragment && filtering.isDenied(fragment)) {
    deny(filtering, fragment.selectionSet.selections);
    remains = { selections: [], denials: below(conditionPath(fragment), [], [HERE]) };
  } else if (fragment) {
    remains = filterSelections(filtering, fragment.selectionSet);
  }
  filtering.fragments.set(name, remains);
  return remains;
}

/** Denies selections with all that is below them. */
function deny(filtering: Filtering, selections: readonly SelectionNode[]): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      const { value: name } = selection.name;
      const fragment = filtering.operation.fragments.get(name);
      if (!fragment || filtering.deniedFragments.has(name)) continue;
      filtering.deniedFragments.add(name);
      deny(filtering, fragment.selectionSet.selections);
      continue;
    }
    if (selection.kind === Kind.FIELD) filtering.denied.add(selection);
    deny(filtering, selection.selectionSet?.selections ?? []);
  }
}

const HERE: Denial = { path: [], conditions: [] };

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Denials as they are seen from above a selection. None where the selection is never made. */
function below(
  path: readonly string[],
  directives: readonly DirectiveNode[] | undefined,
  denials: readonly Denial[],
): readonly Denial[] {
  const conditions = conditionsOf(directives);
  if (conditions === null) return [];
  return denials.map((denial) => ({
    path: [...path, ...denial.path],
    conditions: [...conditions, ...denial.conditions],
  }));
}

function isUnconditional({ conditions }: Denial): boolean {
  return conditions.length === 0;
}

function conditionPath({ typeCondition }: InlineFragmentNode | FragmentDefinitionNode): string[] {
  return typeCondition ? [`... on ${typeCondition.name.value}`] : [];
}

/** The same node where nothing was taken away. */
function withSelections<Node extends { readonly selectionSet?: SelectionSetNode }>(
  node: Node,
  selections: readonly SelectionNode[],
): Node {
  const before = node.selectionSet?.selections ?? [];
  const isSame =
    before.length === selections.length &&
    before.every((selection, index) => selection === selections[index]);
  return isSame ? node : { ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** A document with what is left, without fragments and variables that it has no use for. */
function documentOf(filtering: Filtering, selections: readonly SelectionNode[]): DocumentNode {
  const { operation } = filtering.operation;
  const fragments = new Map<string, FragmentDefinitionNode>();
  const variables = new Set<string>();
  const use = (node: SelectionSetNode | readonly DirectiveNode[]): void => {
    const nodes = Array.isArray(node) ? node : [node];
    for (const each of nodes) {
      visit(each, {
        Variable: ({ name }) => void variables.add(name.value),
        FragmentSpread: ({ name }) => {
          const fragment = filtering.operation.fragments.get(name.value);
          if (!fragment || fragments.has(name.value)) return;
          const left = filterFragment(filtering, name.value);
          const filtered = withSelections(fragment, left.selections);
          fragments.set(name.value, filtered);
          use(filtered.selectionSet);
        },
      });
    }
  };
  const filtered: OperationDefinitionNode = withSelections(operation, selections);
  use(filtered.selectionSet);
  use(operation.directives ?? []);
  return {
    kind: Kind.DOCUMENT,
    definitions: [
      {
        ...filtered,
        variableDefinitions: operation.variableDefinitions?.filter(({ variable }) =>
          variables.has(variable.name.value),
        ),
      },
      ...fragments.values(),
    ],
  };
}
