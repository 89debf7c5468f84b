import { assertCompositionSuccess, composeServices } from '@theguild/federation-composition';
import { buildSchema, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import type { Subgraph } from './subgraphs.ts';

/** What a set of subgraphs makes together. */
export interface Composition {
  /** The supergraph with its `join__` directives, for the gateway. */
  readonly supergraph: string;
  /** The schema that clients see, sorted, so that equal schemas are equal bytes. */
  readonly api: string;
}

/** The subgraphs do not fit together. */
export class CompositionError extends Error {
  readonly code = 'COMPOSITION';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(
      `The subgraphs do not compose: ${problems.length} problem(s)\n` +
        problems.map((problem) => `  - ${problem}`).join('\n'),
    );
    this.name = 'CompositionError';
    this.problems = problems;
  }
}

const GENERATED =
  '# Written by `npm run schema -- compose`: change the subgraphs, not this file.\n';

/** Composes subgraphs (Federation 2.9). @throws CompositionError that lists every problem */
export function compose(subgraphs: readonly Subgraph[]): Composition {
  const result = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs })),
  );
  if (result.errors?.length) {
    throw new CompositionError(result.errors.map((error) => describe(error.message, subgraphs)));
  }
  assertCompositionSuccess(result);
  return {
    supergraph: `${GENERATED}${result.supergraphSdl.trim()}\n`,
    api: `${GENERATED}${apiSdl(buildSchema(result.publicSdl))}\n`,
  };
}

/** The text of an API schema: types and fields sorted by name. */
function apiSdl(schema: GraphQLSchema): string {
  return printSchema(lexicographicSortSchema(schema));
}

/** Composition errors begin with `[subgraph]`: the file is what a person has to open. */
function describe(message: string, subgraphs: readonly Subgraph[]): string {
  const name = /^\[([\w-]+)\]/.exec(message)?.[1];
  const file = subgraphs.find((subgraph) => subgraph.name === name)?.file;
  return file === undefined ? message : `${file}: ${message}`;
}
