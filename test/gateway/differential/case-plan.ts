import { createContext, Script } from 'node:vm';
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
    const plan = withinTime(() => graph.planner.buildQueryPlan(parsed, { overrideConditions }));
    // As it comes from the planning thread.
    return JSON.parse(JSON.stringify(plan)) as QueryPlan;
  } catch {
    // Too many ways to answer it, or a fault of the planner: not what is looked for here.
    return undefined;
  }
}

/**
 * In milliseconds. Plans are made in about a second at most, but for one operation in some 20,000 the planner goes
 * on until it has used up all memory: here interfaces whose types come from several subgraphs each in its own way.
 */
const MOST_TIME = 5_000;
const script = new Script('run()');
const sandbox: { run: () => unknown } = { run: () => undefined };
const context = createContext(sandbox);

/** @throws Error where it takes too long: nothing else than a script can be stopped from without */
function withinTime<T>(run: () => T): T {
  sandbox.run = run;
  return script.runInContext(context, { timeout: MOST_TIME }) as T;
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
