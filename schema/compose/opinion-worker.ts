import { parentPort, workerData } from 'node:worker_threads';
import { Source, parse, printSchema } from 'graphql';
import type { Finding } from '#schema/finding.ts';
import type { Contract } from './contracts.ts';
import { secondOpinion, secondOpinionOnContract, type SecondOpinion } from './second-opinion.ts';
import type { Subgraph } from './subgraphs.ts';

/** What the worker is given: threads pass on neither documents nor schemas, so they go as text. */
export interface OpinionRequest {
  readonly subgraphs: readonly (Omit<Subgraph, 'typeDefs'> & { readonly text: string })[];
  readonly contracts: readonly Contract[];
}

interface OpinionText {
  readonly findings: readonly Finding[];
  readonly sdl: string | null;
}

export interface OpinionReply {
  readonly graph: OpinionText;
  readonly contracts: readonly OpinionText[];
}

const request = workerData as OpinionRequest;
const subgraphs = request.subgraphs.map(({ text, ...subgraph }): Subgraph => ({
  ...subgraph,
  typeDefs: parse(new Source(text, subgraph.file)),
}));

function textOf({ findings, schema }: SecondOpinion): OpinionText {
  return { findings, sdl: schema && printSchema(schema) };
}

const graph = textOf(secondOpinion(subgraphs));
const reply: OpinionReply = {
  graph,
  contracts:
    graph.sdl === null
      ? []
      : request.contracts.map((contract) => textOf(secondOpinionOnContract(subgraphs, contract))),
};
// Windows have a target origin, threads have none.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
parentPort?.postMessage(reply);
