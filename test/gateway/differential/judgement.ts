import { executeQueryPlan } from '@apollo/gateway';
import type { PlanNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { FIRST_SENT_FIRST, LAST_SENT_FIRST, type ArrivalOrder } from './delivery.ts';
import type { DifferentialCase } from './differential-case.ts';
import { comparable, tellsOfSameNulls } from './exceptions.ts';
import type { Graph } from './graph-pool.ts';
import { misorderedAt } from './key-order.ts';
import { loadMendedReference } from './mended-reference.ts';
import { isSame, type Outcome } from './outcome.ts';
import type { SubgraphRequest } from './subgraph-answers.ts';
import { coercedVariables, runOurs, runReference, type Reference, type Run } from './run-case.ts';

/** By what the answer of the executor is right. */
export type Agreement =
  /** It is the reference's. */
  | 'equal'
  /** It is what the reference would answer without its known faults. */
  | 'mended'
  /** It is that, but for which of several nulls of an object is told of. */
  | 'other-null'
  /** It is what the reference answers where the subgraphs answer in another order: its own answer hangs on that. */
  | 'other-order'
  /** It is not right. */
  | 'none';

export interface Judgement {
  readonly agreement: Agreement;
  readonly reference: Run;
  readonly ours: Run;
  /** What the reference would answer without its known faults; only where that was needed. */
  readonly mended?: Run;
  /** Where the keys of our answer are not in the order of the operation. */
  readonly misordered: string | null;
  /** What was sent in vain: it is what the executor has over the reference that it sends less. */
  readonly excess: string | null;
}

const PLAIN: Reference = { execute: executeQueryPlan, isMended: false };
const MENDED: Reference = { execute: loadMendedReference(), isMended: true };

/** Runs a case on both sides and compares the answers. */
export async function judge(
  graph: Graph,
  given: DifferentialCase,
  plan: PlanNode | undefined,
): Promise<Judgement> {
  const reference = await runReference(graph, given, plan, FIRST_SENT_FIRST, PLAIN);
  const ours = await runOurs(graph, given, plan, FIRST_SENT_FIRST);
  const misordered = misorderedKeys(graph, given, ours.outcome);
  const agrees = (other: Run): boolean =>
    isSame(comparable(other.outcome), comparable(ours.outcome));
  // What there is to fetch hangs on that order too: what ours sends is not in vain where the reference sends it in one.
  const leastExcess = async (excess: string | null): Promise<string | null> => {
    if (excess === null) return null;
    const others = await runsInOtherOrders(graph, given, plan);
    return others.filter(agrees).some((other) => excessOf(other, ours) === null) ? null : excess;
  };
  if (agrees(reference)) {
    const excess = await leastExcess(excessOf(reference, ours));
    return { reference, ours, misordered, excess, agreement: 'equal' };
  }
  const mended = await runReference(graph, given, plan, FIRST_SENT_FIRST, MENDED);
  const judged = { reference, mended, ours, misordered };
  const excess = excessOf(mended, ours);
  if (agrees(mended)) return { ...judged, excess: await leastExcess(excess), agreement: 'mended' };
  if (tellsOfSameNulls(comparable(mended.outcome), comparable(ours.outcome))) {
    return { ...judged, excess: await leastExcess(excess), agreement: 'other-null' };
  }
  const other = (await runsInOtherOrders(graph, given, plan)).find(agrees);
  return other
    ? { ...judged, excess: excessOf(other, ours), agreement: 'other-order' }
    : { ...judged, excess, agreement: 'none' };
}

/** What the reference does where the subgraphs answer in another order. */
async function runsInOtherOrders(
  graph: Graph,
  given: DifferentialCase,
  plan: PlanNode | undefined,
): Promise<Run[]> {
  const runs: Run[] = [];
  for (const order of [LAST_SENT_FIRST, alternating()]) {
    for (const build of [PLAIN, MENDED]) {
      runs.push(await runReference(graph, given, plan, order, build));
    }
  }
  return runs;
}

/** The first and the last in turn. */
function alternating(): ArrivalOrder {
  let turn = 0;
  return (count) => ((turn += 1) % 2 === 0 ? 0 : count - 1);
}

function misorderedKeys(
  graph: Graph,
  { operation }: DifferentialCase,
  { data }: Outcome,
): string | null {
  if (data === null) return null;
  const document = parse(operation.text);
  const variables = coercedVariables(graph, document, operation.variables);
  return misorderedAt(graph.clientSchema, document, variables, JSON.parse(data));
}

function excessOf(reference: Run, ours: Run): string | null {
  const repeated = ours.sent.find(({ body }) => hasRepetition(body));
  if (repeated) return `A representation is sent twice: ${repeated.body}`;
  // Where one of several joined fetches fails, the others are sent again, each as the reference has sent it.
  const again = ours.refused.filter(({ body }) => isJoined(body)).length;
  const more = ours.sent.length - again - reference.sent.length;
  return more > 0 ? `There are ${more} requests more.` : null;
}

/** Whether a request is that of several fetches. */
export function isJoined(body: string): boolean {
  return /_entities.*_entities/.test(body);
}

function hasRepetition(body: string): boolean {
  const { variables } = JSON.parse(body) as SubgraphRequest;
  return Object.values(variables ?? {}).some((value) => {
    if (!Array.isArray(value)) return false;
    const texts = value
      .filter((item) => isRepresentation(item))
      .map((item) => JSON.stringify(item));
    return new Set(texts).size < texts.length;
  });
}

function isRepresentation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && '__typename' in value;
}
