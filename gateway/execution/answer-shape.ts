import {
  getNamedType,
  isCompositeType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLOutputType,
} from 'graphql';
import {
  collectFields,
  type CollectedField,
  type Reading,
  type Source,
} from './collected-fields.ts';
import { isInherited } from './own-property.ts';

/** How a value is written. `any` is a scalar of the subgraphs' own making. */
export type ValueKind =
  | 'any'
  | 'Boolean'
  | 'Enum'
  | 'Float'
  | 'ID'
  | 'Int'
  | 'List'
  | 'Object'
  | 'String';

/** What a value of the answer must be like. */
export interface ValueShape {
  readonly kind: ValueKind;
  readonly isNonNull: boolean;
  /** The type, without the mark that says that it is never null. */
  readonly typeName: string;
  /** The JSON texts of an enum's values. */
  readonly enumTexts: ReadonlyMap<unknown, string> | null;
  readonly item: ValueShape | null;
  readonly objects: ObjectShapes | null;
}

/** What an object of the answer must be like, by the type that it names; made when such an object is met. */
export interface ObjectShapes {
  readonly reading: Reading;
  readonly sources: readonly Source[];
  readonly byType: Map<string, ObjectShape>;
  /** For objects that name no type. */
  untyped: ObjectShape | null;
}

export interface ObjectShape {
  readonly typeName: string;
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  readonly name: string;
  /** What is written before the value. */
  readonly before: string;
  /** Every object has a property of this name. */
  readonly isInherited: boolean;
  /** The type that messages name. */
  readonly parentName: string;
  /** Null for the fields that no subgraph answers. */
  readonly value: ValueShape | null;
  /** For `__typename` under any name: the type's JSON text; null where that is no type of objects. */
  readonly typename: string | null;
  /** For `__schema` and `__type`. */
  readonly introspection: readonly FieldNode[] | null;
  /** For a field that the caller may not see: `nonNull` where it takes its object along. */
  readonly denied: 'nullable' | 'nonNull' | null;
}

/** The shape of an object that names a type of the client's schema, or none; undefined where it names another. */
export function shapeOf(shapes: ObjectShapes, typename: unknown): ObjectShape | undefined {
  if (typeof typename !== 'string' || typename === '') {
    return (shapes.untyped ??= objectShape(shapes.reading, shapes.sources, null));
  }
  const known = shapes.byType.get(typename);
  if (known) return known;
  const type = shapes.reading.schema.getType(typename);
  if (!isCompositeType(type)) return undefined;
  const made = objectShape(shapes.reading, shapes.sources, type);
  shapes.byType.set(typename, made);
  return made;
}

/** The shape of objects of one type. @param type null where the object names none */
export function objectShape(
  reading: Reading,
  sources: readonly Source[],
  type: GraphQLCompositeType | null,
): ObjectShape {
  // Where the field can only be of one type of objects, its objects need not name it.
  const runtimeType = type ?? sources.map((source) => source.type).find(isObjectType) ?? null;
  const typeName = (runtimeType ?? sources[0]?.type)?.name ?? '';
  const fields: FieldShape[] = [];
  for (const field of collectFields(reading, sources, runtimeType)) {
    const separator = fields.length === 0 ? '{' : ',';
    fields.push(fieldShape(reading, field, runtimeType, typeName, separator));
  }
  return { typeName, fields };
}

function fieldShape(
  reading: Reading,
  field: CollectedField,
  runtimeType: GraphQLCompositeType | null,
  typeName: string,
  separator: string,
): FieldShape {
  const { responseName, nodes, types, condition } = field;
  const type = types[0];
  const name = nodes[0]?.name.value ?? '';
  const common = {
    name: responseName,
    before: `${separator}${JSON.stringify(responseName)}:`,
    isInherited: isInherited(responseName),
    parentName: condition?.name ?? typeName,
    value: null,
    typename: null,
    introspection: null,
    denied: null,
  };
  if (name === '__typename') {
    const own = runtimeType ?? type;
    return { ...common, typename: isObjectType(own) ? JSON.stringify(own.name) : null };
  }
  if (name === '__schema' || name === '__type') return { ...common, introspection: nodes };
  const outputType = typeOfField(type, name);
  // The operation was validated: there is no such case.
  if (!outputType) throw new Error(`The type "${typeName}" has no field "${name}".`);
  if (nodes.every((node) => reading.denied.has(node))) {
    return { ...common, denied: isNonNullType(outputType) ? 'nonNull' : 'nullable' };
  }
  return { ...common, value: valueShape(reading, outputType, field) };
}

function valueShape(reading: Reading, type: GraphQLOutputType, field: CollectedField): ValueShape {
  const nullable = isNonNullType(type) ? type.ofType : type;
  return {
    kind: kindOf(nullable),
    isNonNull: isNonNullType(type),
    typeName: String(nullable),
    enumTexts: isEnumType(nullable)
      ? new Map(nullable.getValues().map(({ name }) => [name, JSON.stringify(name)]))
      : null,
    item: isListType(nullable) ? valueShape(reading, nullable.ofType, field) : null,
    objects: isCompositeType(nullable)
      ? { reading, sources: sourcesOf(field), byType: new Map(), untyped: null }
      : null,
  };
}

function kindOf(type: GraphQLOutputType): ValueKind {
  if (isListType(type)) return 'List';
  if (isCompositeType(type)) return 'Object';
  if (isEnumType(type)) return 'Enum';
  return isSpecifiedScalarType(type as GraphQLNamedType)
    ? ((type as GraphQLNamedType).name as ValueKind)
    : 'any';
}

/** What is selected below a field, at all places where the field is selected. */
function sourcesOf({ nodes, types }: CollectedField): Source[] {
  return nodes.flatMap((node, index) => {
    const parent = types[index];
    const fieldType = parent && typeOfField(parent, node.name.value);
    const type = fieldType && getNamedType(fieldType);
    return isCompositeType(type) && node.selectionSet
      ? [{ selections: node.selectionSet.selections, type }]
      : [];
  });
}

function typeOfField(
  type: GraphQLCompositeType | undefined,
  name: string,
): GraphQLOutputType | undefined {
  return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name]?.type : undefined;
}
