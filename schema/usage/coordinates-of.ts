import {
  Kind,
  TypeInfo,
  getNamedType,
  isEnumType,
  isInputObjectType,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import type { Coordinates, UsedOperation } from './used-operation.ts';

/**
 * What an operation uses of a schema: fields, arguments, input fields, enum values, directives, and types. A type is
 * used where the text names it, and where a field or an argument of it is. `Abstract > Member` stands for a fragment on
 * `Member` where `Abstract` is selected, `> Enum` for a field that gives an `Enum`. What the schema does not have is left out.
 */
export function coordinatesOf(schema: GraphQLSchema, operation: UsedOperation): Coordinates {
  return operation.document
    ? ofDocument(schema, operation.document, operation.isSignature === true)
    : ofFields(schema, operation.fields);
}

function ofDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  isSignature: boolean,
): Coordinates {
  const sure = new Set<string>();
  const maybe = new Set<string>();
  const types = new TypeInfo(schema);
  const conditions = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.typeCondition.name.value] as const]
        : [],
    ),
  );
  const fragment = (parent: string | undefined, condition: string | undefined): void => {
    if (condition === undefined) return;
    sure.add(condition);
    if (parent !== undefined) sure.add(`${parent} > ${condition}`);
  };
  /** What stood in an empty list or object of a signature may have been anything. */
  const hidden = ({ length }: readonly unknown[]): void => {
    const type = types.getInputType();
    if (isSignature && length === 0 && type) addInput(getNamedType(type), maybe);
  };
  const collect = visitWithTypeInfo(types, {
    ListValue: ({ values }) => hidden(values),
    ObjectValue: ({ fields }) => hidden(fields),
    InlineFragment: (node) => fragment(types.getParentType()?.name, node.typeCondition?.name.value),
    Field: () => {
      const [parent, field] = [types.getParentType(), types.getFieldDef()];
      if (!parent || !field || field.name.startsWith('__')) return;
      sure.add(`${parent.name}.${field.name}`);
      addGiven(getNamedType(field.type), sure);
    },
    FragmentSpread: (node) =>
      fragment(types.getParentType()?.name, conditions.get(node.name.value)),
    FragmentDefinition: (node) => void sure.add(node.typeCondition.name.value),
    Directive: (node) => void sure.add(`@${node.name.value}`),
    Argument: () => {
      const argument = types.getArgument();
      const directive = types.getDirective();
      if (!argument) return;
      const [parent, field] = [types.getParentType(), types.getFieldDef()];
      const holder = directive
        ? `@${directive.name}`
        : `${parent?.name ?? ''}.${field?.name ?? ''}`;
      sure.add(`${holder}(${argument.name}:)`);
      sure.add(getNamedType(argument.type).name);
    },
    ObjectField: (node) => {
      const holder = types.getParentInputType();
      if (holder) sure.add(`${getNamedType(holder).name}.${node.name.value}`);
      const type = types.getInputType();
      if (type) sure.add(getNamedType(type).name);
    },
    EnumValue: (node) => {
      const type = types.getInputType();
      if (type) sure.add(`${getNamedType(type).name}.${node.value}`);
    },
    VariableDefinition: () => {
      const type = types.getInputType();
      if (!type) return;
      sure.add(getNamedType(type).name);
      addInput(getNamedType(type), maybe);
    },
  });
  visit(document, collect);
  return { sure, maybe };
}

/** Of fields alone nobody knows which arguments were given: all of them may have been. */
function ofFields(schema: GraphQLSchema, fields: readonly string[]): Coordinates {
  const sure = new Set<string>();
  const maybe = new Set<string>();
  for (const coordinate of fields) {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    const field = type && 'getFields' in type ? type.getFields()[fieldName] : undefined;
    if (!field || !('args' in field)) continue;
    sure.add(coordinate);
    addGiven(getNamedType(field.type), sure);
    for (const argument of field.args) {
      maybe.add(`${coordinate}(${argument.name}:)`);
      addInput(getNamedType(argument.type), maybe);
    }
  }
  return { sure, maybe };
}

/** Adds the type of a field that is selected. */
function addGiven(type: GraphQLNamedType, to: Set<string>): void {
  to.add(type.name);
  if (isEnumType(type)) to.add(`> ${type.name}`);
}

/** Adds an input type with everything that a value of it may hold. */
function addInput(type: GraphQLNamedType, to: Set<string>): void {
  if (to.has(type.name)) return;
  to.add(type.name);
  if (isEnumType(type)) {
    for (const value of type.getValues()) to.add(`${type.name}.${value.name}`);
  }
  if (!isInputObjectType(type)) return;
  for (const field of Object.values(type.getFields())) {
    to.add(`${type.name}.${field.name}`);
    addInput(getNamedType(field.type), to);
  }
}
