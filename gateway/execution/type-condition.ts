import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';

/** Whether objects of a type are also of another: the same, or an interface or a union that has it. */
export function isOfType(schema: GraphQLSchema, name: string, condition: string): boolean {
  if (name === condition) return true;
  const type = schema.getType(name);
  const general = schema.getType(condition);
  return (
    (isObjectType(type) || isInterfaceType(type)) &&
    isAbstractType(general) &&
    schema.isSubType(general, type)
  );
}

const abstract = new WeakMap<GraphQLSchema, ReadonlySet<string>>();

/** The names of the interfaces and unions of a schema. */
export function abstractTypes(schema: GraphQLSchema): ReadonlySet<string> {
  const known = abstract.get(schema);
  if (known) return known;
  const types = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const names = new Set(types.map(({ name }) => name));
  abstract.set(schema, names);
  return names;
}
