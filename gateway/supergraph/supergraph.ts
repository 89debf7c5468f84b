import { createHash } from 'node:crypto';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { PlanningWorker } from '../planning/planning-worker.ts';

/** A subgraph and where it answers. */
export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** A supergraph as the gateway uses it. Nothing in it ever changes. */
export interface LoadedSupergraph {
  readonly sdl: string;
  /** SHA-256 of the SDL, in hexadecimal digits. */
  readonly digest: string;
  /** All types of all subgraphs, with the directives of the supergraph. */
  readonly schema: GraphQLSchema;
  /** What clients see. */
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

/**
 * Builds a supergraph. Whether it is valid is found out in the planning worker, which is also the only one
 * that reads its federation directives: here the schemas are taken as they are.
 *
 * @param worker plans on this supergraph from then on
 * @throws SupergraphError where the text is no supergraph, or needs what this gateway does not know
 */
export async function loadSupergraph(
  sdl: string,
  worker: PlanningWorker,
): Promise<LoadedSupergraph> {
  try {
    const { apiSdl, subgraphs, labels } = await worker.load(sdl);
    return Object.freeze({
      sdl,
      digest: supergraphDigest(sdl),
      schema: buildSchema(sdl, { assumeValid: true, assumeValidSDL: true }),
      clientSchema: buildSchema(apiSdl, { assumeValid: true, assumeValidSDL: true }),
      subgraphs,
      labels: new Set(labels),
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SupergraphError(
      `it is not a valid supergraph for this gateway: ${oneLine(reason)}`,
      error,
    );
  }
}

/** SHA-256 of the SDL, in hexadecimal digits. */
export function supergraphDigest(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex');
}

const LONGEST_REASON = 400;

/** A reason of many lines as one, cut where nobody would read on. */
export function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
