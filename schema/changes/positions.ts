import {
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

/** The names of the types that operations can meet, by what they do with them. */
export interface Positions {
  /** Types of values that clients can send. */
  readonly input: ReadonlySet<string>;
  /** Types of values that clients can get. */
  readonly output: ReadonlySet<string>;
}

/** Where the types of a schema are used, seen from its root operations and the directives of operations. */
export function positionsOf(schema: GraphQLSchema): Positions {
  const input = new Set<string>();
  const output = new Set<string>();

  const visitInput = (type: GraphQLNamedType): void => {
    if (input.has(type.name)) return;
    input.add(type.name);
    if (!isInputObjectType(type)) return;
    for (const field of Object.values(type.getFields())) visitInput(getNamedType(field.type));
  };
  // A list of what is left to do: a chain of types may be deeper than the stack.
  const left: GraphQLNamedType[] = [];
  const visitOutput = (type: GraphQLNamedType): void => {
    if (output.has(type.name)) return;
    output.add(type.name);
    left.push(type);
  };
  const visitNext = (type: GraphQLNamedType): void => {
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) visitOutput(possible);
    }
    if (isInterfaceType(type)) {
      for (const child of schema.getImplementations(type).interfaces) visitOutput(child);
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return;
    for (const parent of type.getInterfaces()) visitOutput(parent);
    for (const field of Object.values(type.getFields())) {
      visitOutput(getNamedType(field.type));
      for (const argument of field.args) visitInput(getNamedType(argument.type));
    }
  };

  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const root of roots) if (root) visitOutput(root);
  for (let type = left.pop(); type; type = left.pop()) visitNext(type);
  for (const directive of schema.getDirectives()) {
    for (const argument of directive.args) visitInput(getNamedType(argument.type));
  }
  return { input, output };
}
