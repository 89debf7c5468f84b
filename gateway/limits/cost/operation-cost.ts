import {
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { argumentCosts, type WeightOf } from './argument-cost.ts';
import type { CostDirectives, ListSize } from './cost-directives.ts';
import { product, sum, type Formula, type Variables } from './cost-formula.ts';
import { connectionSize, expectedSize, returnsList } from './list-sizes.ts';

/** What costs are counted by. */
export interface CostModel {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly directives: CostDirectives;
  /** The length of a list of which nothing is known. */
  readonly listSize: number;
}

const MUTATION_COST = 10;

/**
 * What a valid operation costs at most, as Apollo Router's demand control counts: 10 for a mutation, 1 for each object,
 * nothing for scalars and the schema, as often as the lists that it stands in are long; `@cost` and `@listSize` say
 * otherwise. A connection without `@listSize` is as long as its argument `first` or `last` says.
 *
 * @returns the cost by the variables of a request, which need not be valid
 * @throws GraphQLError where `@listSize` requires one slicing argument, and there is none or several
 */
export function operationCost(
  operation: OperationDefinitionNode,
  document: DocumentNode,
  model: CostModel,
): Formula {
  const root = model.schema.getRootType(operation.operation);
  if (!root) return 0;
  const fragments = document.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const counting: Counting = {
    ...model,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    counted: new Map(),
    defaults: defaultsOf(operation),
    weightOf: (coordinate, type) =>
      model.directives.weights.get(coordinate) ?? model.directives.weights.get(type),
  };
  const own = operation.operation === OperationTypeNode.MUTATION ? MUTATION_COST : 0;
  const formula = sum([own, costOfSet(operation.selectionSet, root, [], counting)]);
  if (typeof formula === 'number' || Object.keys(counting.defaults).length === 0) return formula;
  return (variables) => formula({ ...counting.defaults, ...variables });
}

interface Counting extends CostModel {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** The costs of fragments in which nothing is sized from outside. */
  readonly counted: Map<string, Formula>;
  readonly defaults: Variables;
  readonly weightOf: WeightOf;
}

/** The length of a list further down, that a field above it says. */
interface Sizing {
  readonly path: readonly string[];
  readonly size: Formula;
}

function costOfSet(
  set: SelectionSetNode,
  parent: GraphQLNamedType,
  sizings: readonly Sizing[],
  counting: Counting,
): Formula {
  return sum(
    set.selections.map((selection) => {
      const share = shareOf(selection);
      return share === 0 ? 0 : product(share, costOf(selection, parent, sizings, counting));
    }),
  );
}

function costOf(
  selection: SelectionNode,
  parent: GraphQLNamedType,
  sizings: readonly Sizing[],
  counting: Counting,
): Formula {
  switch (selection.kind) {
    case Kind.FIELD:
      return costOfField(selection, parent, sizings, counting);
    case Kind.INLINE_FRAGMENT: {
      const condition = selection.typeCondition?.name.value;
      const type = condition === undefined ? parent : counting.schema.getType(condition);
      return type ? costOfSet(selection.selectionSet, type, sizings, counting) : 0;
    }
    default:
      return costOfFragment(selection.name.value, sizings, counting);
  }
}

function costOfFragment(name: string, sizings: readonly Sizing[], counting: Counting): Formula {
  const known = sizings.length === 0 ? counting.counted.get(name) : undefined;
  if (known !== undefined) return known;
  const fragment = counting.fragments.get(name);
  const type = fragment && counting.schema.getType(fragment.typeCondition.name.value);
  if (!type) return 0;
  const cost = costOfSet(fragment.selectionSet, type, sizings, counting);
  if (sizings.length === 0) counting.counted.set(name, cost);
  return cost;
}

function costOfField(
  node: FieldNode,
  parent: GraphQLNamedType,
  sizings: readonly Sizing[],
  counting: Counting,
): Formula {
  const name = node.name.value;
  const isRead = isObjectType(parent) || isInterfaceType(parent);
  // `__typename` and the schema are free.
  const field = isRead ? parent.getFields()[name] : undefined;
  if (!field) return 0;
  const coordinate = `${parent.name}.${name}`;
  const type = getNamedType(field.type);
  const listSize = counting.directives.listSizes.get(coordinate) ?? connectionSize(field);
  const size =
    listSize === null
      ? counting.listSize
      : expectedSize(coordinate, listSize, node, field, counting.listSize);
  const above = sizings.filter(({ path }) => path[0] === name);
  const inner = [...below(above), ...sizingsBy(listSize, size)];
  const weight = counting.weightOf(coordinate, type.name) ?? (isCompositeType(type) ? 1 : 0);
  const each = sum([
    weight,
    node.selectionSet ? costOfSet(node.selectionSet, type, inner, counting) : 0,
  ]);
  const given = above.find(({ path }) => path.length === 1)?.size;
  const times = returnsList(field.type) ? (given ?? size) : 1;
  return sum([product(times, each), ...argumentCosts(coordinate, node, field, counting.weightOf)]);
}

function below(sizings: readonly Sizing[]): readonly Sizing[] {
  const further = sizings.filter(({ path }) => path.length > 1);
  return further.map(({ path, size }) => ({ path: path.slice(1), size }));
}

function sizingsBy(listSize: ListSize | null, size: Formula): readonly Sizing[] {
  return (listSize?.sizedFields ?? []).map((path) => ({ path, size }));
}

/** 1 for a selection that is answered, 0 for one that `@skip` or `@include` leaves out. */
function shareOf({ directives = [] }: SelectionNode): Formula {
  let share: Formula = 1;
  for (const { name, arguments: given = [] } of directives) {
    const leftOutBy = name.value === 'skip' ? true : name.value === 'include' ? false : null;
    const value = given.find((argument) => argument.name.value === 'if')?.value;
    if (leftOutBy === null || !value) continue;
    if (value.kind === Kind.BOOLEAN) share = product(share, value.value === leftOutBy ? 0 : 1);
    if (value.kind !== Kind.VARIABLE) continue;
    const variable = value.name.value;
    share = product(share, (variables) => (variables[variable] === leftOutBy ? 0 : 1));
  }
  return share;
}

function defaultsOf(operation: OperationDefinitionNode): Variables {
  const entries = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : [],
  );
  return Object.fromEntries(entries);
}
