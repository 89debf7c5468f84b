import { composeServices, type CompositionResult } from '@theguild/federation-composition';
import { buildSchema, lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import type { Finding } from '#schema/finding.ts';
import { problemOf } from './problems.ts';
import type { Subgraph } from './subgraphs.ts';

/** What a set of subgraphs makes together. */
export interface Composition {
  /** The supergraph with its `join__` directives, for the gateway. */
  readonly supergraph: string;
  /** The schema that clients see, sorted, so that equal schemas are equal bytes. */
  readonly api: string;
  /** The schema of `api`. */
  readonly schema: GraphQLSchema;
}

/** The subgraphs do not fit together. */
export class CompositionError extends Error {
  readonly code = 'COMPOSITION';
  readonly problems: readonly Finding[];

  constructor(problems: readonly Finding[]) {
    super(
      `The subgraphs do not compose: ${problems.length} problem(s)\n` +
        problems.map((problem) => `  - ${lineOf(problem)}`).join('\n'),
    );
    this.name = 'CompositionError';
    this.problems = problems;
  }
}

function lineOf({ at, message, rule, mend }: Finding): string {
  const place = at ? `${at.file}:${at.line}:${at.column}: ` : '';
  const way = mend === undefined ? '' : `\n    ${mend}`;
  return `${place}${message.replaceAll('\n', '\n    ')} (${rule})${way}`;
}

const GENERATED =
  '# Written by `npm run schema -- compose`: change the subgraphs, not this file.\n';

/** Composes subgraphs (Federation 2.9). @throws CompositionError that lists every problem */
export function compose(subgraphs: readonly Subgraph[]): Composition {
  return compositionOf(composeServices(servicesOf(subgraphs)), subgraphs);
}

/** Subgraphs as the composers take them. */
export function servicesOf(subgraphs: readonly Subgraph[]) {
  return subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs }));
}

/** What a composer made of subgraphs. @throws CompositionError */
export function compositionOf(
  result: CompositionResult,
  subgraphs: readonly Subgraph[],
): Composition {
  if (result.errors?.length || result.supergraphSdl === undefined) {
    throw new CompositionError((result.errors ?? []).map((error) => problemOf(error, subgraphs)));
  }
  const schema = buildSchema(result.publicSdl);
  return {
    supergraph: `${GENERATED}${result.supergraphSdl.trim()}\n`,
    // Types and fields sorted by name.
    api: `${GENERATED}${printSchema(lexicographicSortSchema(schema))}\n`,
    schema,
  };
}
