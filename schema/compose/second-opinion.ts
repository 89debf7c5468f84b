import { composeServices, type CompositionResult } from '@apollo/composition';
import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
  type Schema,
} from '@apollo/federation-internals';
import { applyTagFilterOnSubgraphs } from '@theguild/federation-composition';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Finding } from '#schema/finding.ts';
import { servicesOf } from './compose.ts';
import { filterOf, type Contract } from './contracts.ts';
import { NO_OPINION } from './disagreements.ts';
import { located, problemOf } from './problems.ts';
import type { Subgraph } from './subgraphs.ts';

type CompositionHint = NonNullable<CompositionResult['hints']>[number];

/** What Apollo's composition says of subgraphs. */
export interface SecondOpinion {
  /** What it refuses, and what it warns of. */
  readonly findings: readonly Finding[];
  /** The schema that clients see; null where it does not compose. */
  readonly schema: GraphQLSchema | null;
}

/** That a field is about to move is not worth a hint: the checks of moves tell it. */
const LEFT_OUT = ['OVERRIDE_MIGRATION_IN_PROGRESS'];

/** Composes with Apollo's composition. */
export function secondOpinion(subgraphs: readonly Subgraph[]): SecondOpinion {
  return orFault(() => opinion(subgraphs));
}

function opinion(subgraphs: readonly Subgraph[]): SecondOpinion {
  const result = composeServices(servicesOf(subgraphs));
  if (result.errors) {
    const errors: readonly GraphQLError[] = result.errors;
    return { findings: errors.map((error) => problemOf(error, subgraphs)), schema: null };
  }
  const hints = result.hints
    .filter(({ definition }) => !LEFT_OUT.includes(definition.code))
    .map((hint) => hintOf(hint, subgraphs));
  return { findings: hints, schema: apiOf(result.schema) };
}

/** Composes a contract with Apollo's composition. Whether it can be satisfied is known of the whole graph. */
export function secondOpinionOnContract(
  subgraphs: readonly Subgraph[],
  contract: Contract,
): SecondOpinion {
  return orFault(() => opinionOnContract(subgraphs, contract));
}

function opinionOnContract(subgraphs: readonly Subgraph[], contract: Contract): SecondOpinion {
  const filtered = applyTagFilterOnSubgraphs(servicesOf(subgraphs), filterOf(contract));
  const result = composeServices(filtered, { runSatisfiability: false });
  if (!result.errors) return { findings: [], schema: apiOf(result.schema) };
  return { findings: result.errors.map((error) => problemOf(error, subgraphs)), schema: null };
}

/** Apollo's composition refuses most of what is wrong, and stumbles over some of it. */
function orFault(work: () => SecondOpinion): SecondOpinion {
  try {
    return work();
  } catch (error) {
    const message = `Apollo's composition stopped with a fault of its own: ${(error as Error).message}`;
    return { findings: [{ rule: NO_OPINION, severity: 'error', message }], schema: null };
  }
}

function apiOf(supergraph: Schema): GraphQLSchema {
  return new Supergraph(supergraph, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES)
    .apiSchema()
    .toGraphQLJSSchema();
}

function hintOf(hint: CompositionHint, subgraphs: readonly Subgraph[]): Finding {
  const { code, level } = hint.definition;
  const finding = located(
    {
      rule: code,
      message: hint.message,
      nodes: hint.nodes,
      name: undefined,
      path: hint.coordinate,
    },
    subgraphs,
  );
  return { ...finding, severity: level.name === 'WARN' ? 'warning' : 'info' };
}
