import { operationFromDocument } from '@apollo/federation-internals';
import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import {
  getNamedType,
  isAbstractType,
  isObjectType,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { DifferentialCase } from './differential-case.ts';
import type { Graph } from './graph-pool.ts';

const plans = new WeakMap<DifferentialCase, QueryPlan | undefined>();

/** The plan of a case; undefined where the planner refuses the operation. */
export function planOf(graph: Graph, given: DifferentialCase): QueryPlan | undefined {
  if (plans.has(given)) return plans.get(given);
  const plan = makePlan(graph, given);
  plans.set(given, plan);
  return plan;
}

function makePlan(graph: Graph, { operation, labels }: DifferentialCase): QueryPlan | undefined {
  try {
    const parsed = operationFromDocument(graph.apiSchema, parse(operation.text));
    const overrideConditions = new Map(
      graph.model.labels.map((label) => [label, labels.includes(label)]),
    );
    const plan = graph.planner.buildQueryPlan(parsed, { overrideConditions });
    // As it comes from the planning thread.
    return JSON.parse(JSON.stringify(plan)) as QueryPlan;
  } catch {
    // Too many ways to answer it, or a fault of the planner: not what is looked for here.
    return undefined;
  }
}

/** The fetches of a plan. */
export function fetchesOf(node: PlanNode | undefined): FetchNode[] {
  switch (node?.kind) {
    case 'Fetch':
      return [node];
    case 'Flatten':
      return fetchesOf(node.node);
    case 'Sequence':
    case 'Parallel':
      return node.nodes.flatMap(fetchesOf);
    case 'Condition':
      return [...fetchesOf(node.ifClause), ...fetchesOf(node.elseClause)];
    default:
      return [];
  }
}

/** The plan's root node, as far as a gateway executes it. */
export function rootOf(plan: QueryPlan): PlanNode | undefined {
  return plan.node?.kind === 'Subscription' ? undefined : plan.node;
}

/** A field of an object type, as one subgraph is asked for it. */
export interface Coordinate {
  readonly subgraph: string;
  readonly type: string;
  readonly field: string;
  /** What its innermost values are. */
  readonly returns: 'leaf' | 'enum' | 'object';
}

/** The fields that a plan asks for. */
export function coordinatesOf(graph: Graph, fetches: readonly FetchNode[]): Coordinate[] {
  const found = new Map<string, Coordinate>();
  for (const fetch of fetches) {
    const schema = graph.answering.get(fetch.serviceName)?.schema;
    if (!schema) continue;
    const types = new TypeInfo(schema);
    const field = (): void => {
      const parent = types.getParentType();
      const definition = types.getFieldDef();
      if (!parent || !definition || definition.name.startsWith('_')) return;
      const type = getNamedType(definition.type);
      const returns = 'getFields' in type || isAbstractType(type) ? 'object' : 'leaf';
      const objects = isAbstractType(parent) ? schema.getPossibleTypes(parent) : [parent];
      for (const object of objects.filter(isObjectType)) {
        const coordinate: Coordinate = {
          subgraph: fetch.serviceName,
          type: object.name,
          field: definition.name,
          returns: 'getValues' in type ? 'enum' : returns,
        };
        found.set(`${coordinate.subgraph} ${object.name}.${definition.name}`, coordinate);
      }
    };
    visit(parse(fetch.operation), visitWithTypeInfo(types, { Field: field }));
  }
  return [...found.values()];
}
