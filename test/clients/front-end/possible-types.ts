import { isAbstractType, type GraphQLSchema } from 'graphql';

/**
 * A plugin of the code generator: which object types stand behind each union and interface, so that a cache
 * can tell whether a fragment on one of them applies.
 */
export function plugin(schema: GraphQLSchema): string {
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const entries = abstract.map((type) => [
    type.name,
    schema.getPossibleTypes(type).map(({ name }) => name),
  ]);
  const types = JSON.stringify(Object.fromEntries(entries), null, 2);
  return `export const possibleTypes: Record<string, string[]> = ${types};\n`;
}
