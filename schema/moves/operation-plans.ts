import { createHash } from 'node:crypto';
import {
  ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
  Supergraph,
  operationFromDocument,
} from '@apollo/federation-internals';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { labelPlanner } from './label-planner.ts';

/** A plan, or why there is none, for every state that agrees with the labels that were read for it. */
export interface Leaf {
  readonly read: ReadonlyMap<string, boolean>;
  readonly fetches: number;
  readonly roundTrips: number;
  /** Equal for equal plans. */
  readonly digest: string;
  /** Why there is no plan. */
  readonly error: string | null;
}

/** Plans an operation in every state of its labels. */
export interface StatePlanner {
  plan(document: DocumentNode): { leaves: Leaf[]; isComplete: boolean };
}

/** The most plans that are made for one operation. */
const MOST_LEAVES = 512;

/** A planner of the states of a supergraph. It asks for the labels that matter only, so few states are all of them. */
export function createStatePlanner(supergraphSdl: string): StatePlanner {
  const supergraph = Supergraph.build(supergraphSdl, {
    supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES,
    validateSupergraph: false,
  });
  const api = supergraph.apiSchema();
  const planner = labelPlanner(supergraph);
  const leafFor = (document: DocumentNode, states: ReadonlyMap<string, boolean>): Leaf => {
    const read = new Map<string, boolean>();
    try {
      const plan = planner.plan(operationFromDocument(api, document), (label) => {
        const isOn = states.get(label) ?? false;
        read.set(label, isOn);
        return isOn;
      });
      const digest = createHash('sha256').update(JSON.stringify(plan)).digest('base64');
      return { read, ...costOf(plan), digest, error: null };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return { read, fetches: 0, roundTrips: 0, digest: '', error: message };
    }
  };
  return {
    plan(document) {
      const leaves: Leaf[] = [];
      const open: ReadonlyMap<string, boolean>[] = [new Map()];
      for (let states = open.pop(); states; states = open.pop()) {
        if (leaves.length === MOST_LEAVES) return { leaves, isComplete: false };
        const leaf = leafFor(document, states);
        leaves.push(leaf);
        // Each label that was read beyond what was given is another fork of the way here.
        const way = [...leaf.read];
        for (const [index, [label]] of way.entries()) {
          if (index < states.size) continue;
          open.push(new Map([...way.slice(0, index), [label, true]]));
        }
      }
      return { leaves, isComplete: true };
    },
  };
}

function costOf({ node }: QueryPlan): { fetches: number; roundTrips: number } {
  if (!node) return { fetches: 0, roundTrips: 0 };
  return node.kind === 'Subscription'
    ? sum([costOfNode(node.primary), ...(node.rest ? [costOfNode(node.rest)] : [])])
    : costOfNode(node);
}

interface Cost {
  readonly fetches: number;
  readonly roundTrips: number;
}

function costOfNode(node: PlanNode): Cost {
  switch (node.kind) {
    case 'Fetch':
      return { fetches: 1, roundTrips: 1 };
    case 'Flatten':
      return costOfNode(node.node);
    case 'Sequence':
      return sum(node.nodes.map(costOfNode));
    case 'Parallel': {
      const costs = node.nodes.map(costOfNode);
      return {
        fetches: sum(costs).fetches,
        roundTrips: Math.max(0, ...costs.map(({ roundTrips }) => roundTrips)),
      };
    }
    case 'Condition': {
      // One of the two is executed: what counts is the dearer one.
      const costs = [node.ifClause, node.elseClause].flatMap((clause) =>
        clause ? [costOfNode(clause)] : [],
      );
      return {
        fetches: Math.max(0, ...costs.map(({ fetches }) => fetches)),
        roundTrips: Math.max(0, ...costs.map(({ roundTrips }) => roundTrips)),
      };
    }
    default:
      return sum(
        [node.primary.node, ...node.deferred.map((part) => part.node)].flatMap((part) =>
          part ? [costOfNode(part)] : [],
        ),
      );
  }
}

function sum(costs: readonly Cost[]): Cost {
  return {
    fetches: costs.reduce((total, cost) => total + cost.fetches, 0),
    roundTrips: costs.reduce((total, cost) => total + cost.roundTrips, 0),
  };
}
