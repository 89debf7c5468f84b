import { createHash } from 'node:crypto';
import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner, type QueryPlan } from '@apollo/query-planner';
import { print, type DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { LabelStates } from '../labels/label-decision.ts';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';

/** Plans operations on one supergraph, each only once per state of its labels. */
export interface Planner {
  /** @param operationName needed where the document has several operations */
  plan(document: DocumentNode, operationName: string | null, labels: LabelStates): QueryPlan;
}

/** How often a plan was found and how often it had to be made. */
export interface PlanCounter {
  inc(labels: { result: 'hit' | 'miss' }): void;
}

/** The most plans that are kept. */
const MAX_PLANS = 2_000;
/**
 * The most alternatives that are weighed for one operation. Beyond it the planner takes the best of fewer:
 * still a right plan. Its own default of 10,000 can hold the only thread for seconds.
 */
const MAX_EVALUATED_PLANS = 1_000;

/** A planner for a supergraph with its own plan cache: plans never outlive their supergraph. */
export function createPlanner(supergraph: LoadedSupergraph, counter: PlanCounter): Planner {
  const planner = new QueryPlanner(supergraph.supergraph, {
    debug: { maxEvaluatedPlans: MAX_EVALUATED_PLANS },
  });
  const plans = new LRUCache<string, QueryPlan>({ max: MAX_PLANS });
  return {
    plan(document, operationName, labels) {
      const key = `${digestOf(document)} ${operationName ?? ''} ${statesKey(labels)}`;
      const known = plans.get(key);
      counter.inc({ result: known ? 'hit' : 'miss' });
      if (known) return known;
      const operation = operationFromDocument(supergraph.apiSchema, document, {
        operationName: operationName ?? undefined,
      });
      const plan = planner.buildQueryPlan(operation, { overrideConditions: new Map(labels) });
      plans.set(key, plan);
      return plan;
    },
  };
}

// Apollo Server keeps parsed documents, so a text that comes again comes as the same object.
const digests = new WeakMap<DocumentNode, string>();

/** The digest of an operation's normal form: equal for texts that differ in white space, commas and comments only. */
function digestOf(document: DocumentNode): string {
  const known = digests.get(document);
  if (known) return known;
  const digest = createHash('sha256').update(print(document)).digest('base64');
  digests.set(document, digest);
  return digest;
}

/** The labels that are on. Those that are off need not be named: a planner has one set of labels. */
function statesKey(labels: LabelStates): string {
  return [...labels].flatMap(([label, isOn]) => (isOn ? [label] : [])).join(',');
}
