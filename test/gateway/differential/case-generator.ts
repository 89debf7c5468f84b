import type { FetchNode } from '@apollo/query-planner';
import fc from 'fast-check';
import { coordinatesOf, fetchesOf, planOf, rootOf, type Coordinate } from './case-plan.ts';
import type { DifferentialCase } from './differential-case.ts';
import {
  ANSWER_FAULTS,
  ENTITY_FAULTS,
  type AnswerFault,
  type Fault,
  type FieldFaultKind,
} from './faults.ts';
import type { Graph } from './graph-pool.ts';
import { generateOperation } from './operation-generator.ts';
import { seededRandom, type Random } from './random.ts';
import { simplerOperations } from './simpler-operations.ts';

/** Cases on the graphs of a pool. A failing one is shrunk to fewer selections, faults and labels. */
export function caseArbitrary(graphs: readonly Graph[]): fc.Arbitrary<DifferentialCase> {
  return new CaseArbitrary(graphs);
}

class CaseArbitrary extends fc.Arbitrary<DifferentialCase> {
  readonly #graphs: readonly Graph[];

  constructor(graphs: readonly Graph[]) {
    super();
    this.#graphs = graphs;
  }

  override generate(mrng: fc.Random): fc.Value<DifferentialCase> {
    const draw = seededRandom(mrng.nextInt());
    return new fc.Value(drawCase(draw.pick(this.#graphs), draw), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is DifferentialCase {
    return false;
  }

  override shrink(value: DifferentialCase): fc.Stream<fc.Value<DifferentialCase>> {
    const graph = this.#graphs.find(({ seed }) => seed === value.graph);
    if (!graph) return fc.stream<fc.Value<DifferentialCase>>([].values());
    const simpler = simplerCases(graph, value);
    return fc.stream(simpler).map((given) => new fc.Value(given, undefined));
  }
}

const ATTEMPTS = 20;

/** Draws a case whose operation can be planned. */
export function drawCase(graph: Graph, draw: Random): DifferentialCase {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const healthy: DifferentialCase = {
      graph: graph.seed,
      world: draw.int(2 ** 31),
      labels: graph.model.labels.filter(() => draw.chance(0.5)),
      operation: generateOperation(graph.clientSchema, draw),
      faults: [],
    };
    const plan = planOf(graph, healthy);
    if (!plan) continue;
    // Half of the cases are healthy, or nearly so: what must be right is seen best there.
    const count = draw.chance(0.4) ? 0 : 1 + draw.int(3);
    return { ...healthy, faults: drawFaults(graph, draw, fetchesOf(rootOf(plan)), count) };
  }
  throw new Error(`No operation could be planned on the graph ${graph.seed}.`);
}

function drawFaults(
  graph: Graph,
  draw: Random,
  fetches: readonly FetchNode[],
  count: number,
): Fault[] {
  const coordinates = coordinatesOf(graph, fetches);
  if (coordinates.length === 0) return [];
  const entities = fetches.flatMap(entityTypes);
  return Array.from({ length: count }, () => {
    if (draw.chance(0.2)) return answerFault(draw, fetches);
    if (draw.chance(0.2) && entities.length > 0) return entityFault(draw, entities);
    const { subgraph, type, field, returns } = draw.pick(coordinates);
    const kind = draw.pick(KINDS[returns]);
    return { at: 'field', subgraph, type, field, kind, whose: draw.pick(WHOSE) };
  });
}

const WHOSE = ['all', 'odd', 'even'] as const;

const ANYWHERE: readonly FieldFaultKind[] = [
  'error',
  'error',
  'error-and-extensions',
  'null',
  'null',
  'missing-key',
  'list-for-one',
  'one-for-list',
];
/** What can go wrong with which values. */
const KINDS: Record<Coordinate['returns'], readonly FieldFaultKind[]> = {
  leaf: [...ANYWHERE, 'wrong-leaf', 'object-for-leaf'],
  enum: [...ANYWHERE, 'wrong-leaf', 'object-for-leaf', 'unknown-enum-value'],
  object: [
    ...ANYWHERE,
    'leaf-for-object',
    'typename-missing',
    'typename-unknown',
    'extra-keys',
    'extra-keys',
  ],
};

function answerFault(draw: Random, fetches: readonly FetchNode[]): AnswerFault {
  const fetch = draw.pick(fetches);
  const kind = draw.pick(ANSWER_FAULTS);
  const own = fetch.requires ? 'entities' : 'roots';
  const scope = /entit/.test(kind) ? 'entities' : draw.pick(['all', own] as const);
  return { at: 'answer', subgraph: fetch.serviceName, scope, kind };
}

/** The types that a fetch represents entities by. */
function entityTypes({ serviceName, requires }: FetchNode): { subgraph: string; type: string }[] {
  return (requires ?? []).flatMap((selection) =>
    selection.kind === 'InlineFragment' && selection.typeCondition
      ? [{ subgraph: serviceName, type: selection.typeCondition }]
      : [],
  );
}

function entityFault(
  draw: Random,
  entities: readonly { readonly subgraph: string; readonly type: string }[],
): Fault {
  const { subgraph, type } = draw.pick(entities);
  const kind = draw.pick(ENTITY_FAULTS);
  // Where one entity takes the others along, it must not matter which are asked for together.
  return {
    at: 'entity',
    subgraph,
    type,
    kind,
    whose: kind === 'entities-error' ? 'all' : draw.pick(WHOSE),
  };
}

/** Simpler cases of the same kind, the simplest first. */
function* simplerCases(graph: Graph, given: DifferentialCase): IterableIterator<DifferentialCase> {
  for (const operation of simplerOperations(graph.clientSchema, given.operation)) {
    yield { ...given, operation };
  }
  for (const fault of given.faults) {
    yield { ...given, faults: given.faults.filter((other) => other !== fault) };
  }
  for (const label of given.labels) {
    yield { ...given, labels: given.labels.filter((other) => other !== label) };
  }
}
