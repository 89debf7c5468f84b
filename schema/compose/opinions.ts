import { Worker } from 'node:worker_threads';
import { buildSchema } from 'graphql';
import type { Contract } from './contracts.ts';
import type { OpinionReply, OpinionRequest } from './opinion-worker.ts';
import type { SecondOpinion } from './second-opinion.ts';
import { textOf, type Subgraph } from './subgraphs.ts';

/** What Apollo's composition says of a graph and of its contracts, in their order. */
export interface Opinions {
  readonly graph: SecondOpinion;
  /** Empty where the graph does not compose. */
  readonly contracts: readonly SecondOpinion[];
}

/** Characters of schemas from which on it is quicker to compose beside the main thread, which composes as well. */
const WORTH_A_WORKER = 40_000;

/** Asks Apollo's composition. A large graph is composed in a thread of its own meanwhile. */
export async function opinionsOn(
  subgraphs: readonly Subgraph[],
  contracts: readonly Contract[],
): Promise<Opinions> {
  const request: OpinionRequest = {
    subgraphs: subgraphs.map(({ typeDefs, ...subgraph }) => ({
      ...subgraph,
      text: textOf({ typeDefs }),
    })),
    contracts,
  };
  const size = request.subgraphs.reduce((sum, { text }) => sum + text.length, 0);
  if (size >= WORTH_A_WORKER) return inWorker(request);
  // Reading Apollo's packages takes a third of a second: only who asks for them waits.
  const { secondOpinion, secondOpinionOnContract } = await import('./second-opinion.ts');
  const graph = secondOpinion(subgraphs);
  return {
    graph,
    contracts: graph.schema
      ? contracts.map((contract) => secondOpinionOnContract(subgraphs, contract))
      : [],
  };
}

async function inWorker(request: OpinionRequest): Promise<Opinions> {
  const worker = new Worker(new URL('./opinion-worker.ts', import.meta.url), {
    workerData: request,
  });
  try {
    const { graph, contracts } = await new Promise<OpinionReply>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', (code) =>
        reject(new Error(`Apollo's composition ended without an answer (code ${code}).`)),
      );
    });
    return { graph: opinionOf(graph), contracts: contracts.map(opinionOf) };
  } finally {
    await worker.terminate();
  }
}

function opinionOf({ findings, sdl }: OpinionReply['graph']): SecondOpinion {
  const valid = { assumeValid: true, assumeValidSDL: true, noLocation: true };
  return { findings, schema: sdl === null ? null : buildSchema(sdl, valid) };
}
