import { Kind, valueFromASTUntyped, type GraphQLSchema } from 'graphql';

/**
 * The labels under which each root field of mutations is overridden, as the supergraph's `@join__field` has
 * them (https://specs.apollo.dev/join/v0.4).
 */
export function mutationLabels(supergraph: GraphQLSchema): ReadonlyMap<string, readonly string[]> {
  const fields = Object.values(supergraph.getMutationType()?.getFields() ?? {});
  return new Map(
    fields.map(({ name, astNode }) => [
      name,
      (astNode?.directives ?? [])
        .filter((directive) => directive.name.value === 'join__field')
        .flatMap((directive) => directive.arguments ?? [])
        .filter((argument) => argument.name.value === 'overrideLabel')
        .filter(({ value }) => value.kind === Kind.STRING)
        .map(({ value }) => String(valueFromASTUntyped(value))),
    ]),
  );
}
