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
}

const PLAIN: Reference = { execute: executeQueryPlan, isMended: false };
const MENDED: Reference = { execute: loadMendedReference(), isMended: true };

/** Runs a case on both sides and compares the answers. */
export async function judge(
  graph: Graph,
  given: DifferentialCase,
  plan: PlanNode | undefined,
  run = runOurs,
): Promise<Judgement> {
  const reference = await runReference(graph, given, plan, FIRST_SENT_FIRST, PLAIN);
  const ours = await run(graph, given, plan, FIRST_SENT_FIRST);
  const misordered = misorderedKeys(graph, given, ours.outcome);
  const agrees = (other: Run): boolean =>
    isSame(comparable(other.outcome), comparable(ours.outcome));
  const judged = { reference, ours, misordered };
  if (agrees(reference)) return { ...judged, agreement: 'equal' };
  const mended = await runReference(graph, given, plan, FIRST_SENT_FIRST, MENDED);
  if (agrees(mended)) return { ...judged, mended, agreement: 'mended' };
  if (tellsOfSameNulls(comparable(mended.outcome), comparable(ours.outcome))) {
    return { ...judged, mended, agreement: 'other-null' };
  }
  for (const order of [LAST_SENT_FIRST, alternating()]) {
    for (const build of [PLAIN, MENDED]) {
      const other = await runReference(graph, given, plan, order, build);
      if (agrees(other)) return { ...judged, mended, agreement: 'other-order' };
    }
  }
  return { ...judged, mended, agreement: 'none' };
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
