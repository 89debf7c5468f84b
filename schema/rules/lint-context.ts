import type { GraphQLSchema } from 'graphql';
import type { SchemaElement } from '#schema/compose/schema-elements.ts';
import type { Policy } from './policy.ts';

/** What lint rules know beyond an element. */
export interface LintContext {
  /** The schema that clients see; null where the subgraphs do not compose. */
  readonly schema: GraphQLSchema | null;
  readonly policy: Policy;
  /** All elements of all subgraphs. */
  readonly elements: readonly SchemaElement[];
  /** The elements of a coordinate, one for each subgraph that has it. */
  readonly at: (path: string) => readonly SchemaElement[];
}

/** What lint rules are given with each element. */
export function lintContext(
  elements: readonly SchemaElement[],
  schema: GraphQLSchema | null,
  policy: Policy,
): LintContext {
  const byPath = Map.groupBy(elements, ({ path }) => path);
  return { schema, policy, elements, at: (path) => byPath.get(path) ?? [] };
}
