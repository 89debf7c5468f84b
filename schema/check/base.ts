import type { GraphQLSchema } from 'graphql';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';

/** What a schema is compared with. */
export interface BaseSchemas {
  /** What a person knows it by: a reference, a file or a URL. */
  readonly name: string;
  readonly api: GraphQLSchema;
  /** By name; empty where they are not known. */
  readonly contracts: ReadonlyMap<string, GraphQLSchema>;
  /** null where only the schema is known. */
  readonly subgraphs: readonly Subgraph[] | null;
  /** What they compose to; null where they are not known. */
  readonly supergraph: string | null;
  /** The operations of clients that go with it: those versions are out there, whatever the files say now. */
  readonly operations: readonly UsedOperation[];
}
