import type { GraphQLSchema } from 'graphql';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import type { Finding } from '#schema/finding.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';

/** What is known of the moves beside the schema. */
export interface MoveFacts {
  readonly moves: readonly { readonly name: string; readonly domain: string }[];
  /** The moves that are over: nothing goes back to the other side. */
  readonly sealed: readonly string[];
  /** The stage of each move, where somebody has looked; missing: a move that is not said to be sealed is taken as open. */
  readonly stages?: ReadonlyMap<string, string>;
}

export interface MovesInput {
  readonly subgraphs: readonly Subgraph[];
  /** What they compose to. */
  readonly supergraph: string;
  /** What clients see of it. */
  readonly schema: GraphQLSchema;
  /** Operations with their text. Those that are not valid are left out: no state of a label would answer them. */
  readonly operations: readonly UsedOperation[];
  readonly facts: MoveFacts;
}

/** How an operation is answered in one state of its labels. */
export interface PlannedState {
  /** The labels that are on, of those that matter to the operation. */
  readonly on: readonly string[];
  /** How many requests to subgraphs it takes. */
  readonly fetches: number;
  /** How many of them wait for one another. */
  readonly roundTrips: number;
}

export interface PlannedOperation {
  readonly name: string;
  readonly client: string;
  /** The labels that its plans depend on. */
  readonly labels: readonly string[];
  readonly states: readonly PlannedState[];
}

/** What is left to do for one label. */
export interface LabelProgress {
  readonly name: string;
  readonly subgraph: string;
  /** How far it is; null where nobody has looked. */
  readonly stage: string | null;
  /** The fields that move with it. */
  readonly fields: readonly string[];
  /** The fields whose `@override` can be removed now. */
  readonly removable: readonly string[];
}

export interface MovesReport {
  readonly labels: readonly LabelProgress[];
  readonly operations: readonly PlannedOperation[];
  /** Fields of subgraphs that others move away from, which nothing moves. */
  readonly remaining: readonly string[];
}

export interface MovesResult {
  readonly report: MovesReport;
  readonly findings: readonly Finding[];
}
