import {
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type SelectionNode,
} from 'graphql';
import { conditionsOf, hold, type VariableValues } from './conditions.ts';

/** What is known of the client's operation wherever its selections are read. */
export interface Reading {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** For @skip and @include. */
  readonly variables: VariableValues;
  /** Fields that are null whatever was fetched: the caller may not see them. */
  readonly denied: ReadonlySet<FieldNode>;
}

/** Selections of the operation, and the type that they were written for. */
export interface Source {
  readonly selections: readonly SelectionNode[];
  readonly type: GraphQLCompositeType;
}

/** A field as it was selected, maybe at several places of the operation. */
export interface CollectedField {
  readonly responseName: string;
  readonly nodes: FieldNode[];
  /** For each node the type that it was selected on. */
  readonly types: GraphQLCompositeType[];
  /** The condition of the innermost fragment around the first node; null where there is none. */
  readonly condition: GraphQLCompositeType | null;
}

/**
 * The fields that are selected for objects of one type, in the order of the answer.
 *
 * @param runtimeType the type that the object names; null where it names none: the written types count then
 */
export function collectFields(
  reading: Reading,
  sources: readonly Source[],
  runtimeType: GraphQLCompositeType | null,
): Iterable<CollectedField> {
  const fields = new Map<string, CollectedField>();
  for (const { selections, type } of sources) {
    collect(reading, { selections, type }, runtimeType, null, fields);
  }
  return fields.values();
}

function collect(
  reading: Reading,
  { selections, type }: Source,
  runtimeType: GraphQLCompositeType | null,
  outer: GraphQLCompositeType | null,
  fields: Map<string, CollectedField>,
): void {
  for (const selection of selections) {
    const conditions = conditionsOf(selection.directives);
    if (!conditions || !hold(conditions, reading.variables)) continue;
    if (selection.kind === Kind.FIELD) {
      addField(fields, selection, type, outer);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? reading.fragments.get(selection.name.value)
        : selection;
    if (!fragment) continue;
    const named =
      fragment.typeCondition && reading.schema.getType(fragment.typeCondition.name.value);
    const condition = isCompositeType(named) ? named : null;
    if (condition && !isSubtype(reading.schema, condition, runtimeType ?? type)) continue;
    const inner = { selections: fragment.selectionSet.selections, type: condition ?? type };
    collect(reading, inner, runtimeType, condition ?? outer, fields);
  }
}

function addField(
  fields: Map<string, CollectedField>,
  node: FieldNode,
  type: GraphQLCompositeType,
  condition: GraphQLCompositeType | null,
): void {
  const responseName = node.alias?.value ?? node.name.value;
  const known = fields.get(responseName);
  if (known) {
    known.nodes.push(node);
    known.types.push(type);
  } else {
    fields.set(responseName, { responseName, nodes: [node], types: [type], condition });
  }
}

function isSubtype(
  schema: GraphQLSchema,
  general: GraphQLCompositeType,
  type: GraphQLCompositeType,
): boolean {
  if (general === type) return true;
  return (
    isAbstractType(general) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(general, type)
  );
}
