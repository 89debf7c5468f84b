import { Supergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { composeServices } from '@theguild/federation-composition';
import { parse, type GraphQLSchema } from 'graphql';
import { generateGraph, type GraphModel } from './graph-generator.ts';
import { commonTypes } from './world.ts';
import { answeringSubgraph, type AnsweringSubgraph } from './subgraph-answers.ts';

/** A composed graph, ready to plan and to answer. */
export interface Graph {
  readonly seed: number;
  readonly model: GraphModel;
  readonly supergraphSdl: string;
  /** All types of all subgraphs. */
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  /** What clients see. */
  readonly clientSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
  readonly answering: ReadonlyMap<string, AnsweringSubgraph>;
  /** The object types that all subgraphs know, by the abstract types that they belong to. */
  readonly possible: ReadonlyMap<string, readonly string[]>;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
}

/** The graph of a seed; undefined where it does not compose. */
export function composeGraph(seed: number): Graph | undefined {
  const model = generateGraph(seed);
  try {
    const graph = graphOf(seed, model);
    // Where subgraphs have no type of an abstract one in common, they cannot answer alike.
    const isEmpty = ([name, types]: [string, readonly string[]]): boolean =>
      name !== '_Entity' && types.length === 0;
    return [...graph.possible].some(isEmpty) ? undefined : graph;
  } catch {
    // What one composer lets pass and another tool refuses is no graph for us either.
    return undefined;
  }
}

/** The graph of subgraphs written by hand. @throws Error where they do not compose */
export function composeSubgraphs(subgraphs: GraphModel['subgraphs']): Graph {
  return graphOf(0, {
    subgraphs,
    labels: [],
    spaces: new Map(),
    implementations: new Map(),
    neverNull: new Set(),
    requires: new Map(),
  });
}

function graphOf(seed: number, model: GraphModel): Graph {
  const services = model.subgraphs.map(({ name, sdl }) => ({
    name,
    url: `http://${name}.test/graphql`,
    typeDefs: parse(sdl),
  }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new Error(errors.join('\n'));
  const supergraph = Supergraph.build(supergraphSdl, { validateSupergraph: true });
  const apiSchema = supergraph.apiSchema();
  const answering = model.subgraphs.map(({ name, sdl }) => answeringSubgraph(name, sdl));
  return {
    seed,
    model,
    supergraphSdl,
    schema: supergraph.schema.toGraphQLJSSchema(),
    apiSchema,
    clientSchema: apiSchema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph, { debug: MODEST }),
    answering: new Map(answering.map((subgraph) => [subgraph.name, subgraph])),
    possible: commonTypes(answering.map(({ schema }) => schema)),
    subgraphs: supergraph.subgraphsMetadata(),
  };
}

/** What has more ways to be planned than this is given up: the planner can take minutes for interface objects. */
const MODEST = { maxEvaluatedPlans: 50, pathsLimit: 100 };

/** So many composed graphs, drawn from a seed. */
export function createGraphPool(seed: number, count: number): Graph[] {
  const graphs: Graph[] = [];
  for (let next = seed * 1_000_003; graphs.length < count; next += 1) {
    const graph = composeGraph(next);
    if (graph) graphs.push(graph);
  }
  return graphs;
}
