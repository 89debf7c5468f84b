import { Supergraph, type Schema } from '@apollo/federation-internals';
import type { GraphQLSchema } from 'graphql';
import { overrideLabels } from '../labels/override-labels.ts';

/** A subgraph and where it answers. */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** A supergraph as the gateway uses it. Nothing in it ever changes. */
export interface LoadedSupergraph {
  readonly sdl: string;
  /** What the planner reads. */
  readonly supergraph: Supergraph;
  /** All types of all subgraphs, for execution. */
  readonly schema: GraphQLSchema;
  /** What clients see, for planning. */
  readonly apiSchema: Schema;
  /** What clients see, for validation and introspection. */
  readonly clientSchema: GraphQLSchema;
  readonly subgraphs: readonly SubgraphAddress[];
  /** The labels of its `@override` directives, in alphabetical order. */
  readonly labels: ReadonlySet<string>;
}

/** A supergraph cannot be used. The message is one line: what is wrong, and what to do. */
export class SupergraphError extends Error {
  readonly code = 'SUPERGRAPH_INVALID';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SupergraphError';
  }
}

/** @throws SupergraphError where the text is no supergraph, or needs what this gateway does not enforce, such as `@authenticated` */
export function loadSupergraph(sdl: string): LoadedSupergraph {
  try {
    const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
    const apiSchema = supergraph.apiSchema();
    return Object.freeze({
      sdl,
      supergraph,
      schema: supergraph.schema.toGraphQLJSSchema(),
      apiSchema,
      clientSchema: apiSchema.toGraphQLJSSchema(),
      subgraphs: supergraph.subgraphsMetadata(),
      labels: overrideLabels(supergraph.schema),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SupergraphError(`it is not a valid supergraph: ${oneLine(reason)}`, error);
  }
}

const LONGEST_REASON = 400;

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
