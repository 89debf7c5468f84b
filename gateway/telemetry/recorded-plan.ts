import type { DocumentNode } from 'graphql';
import type { DecideLabel, PlannedOperation, Planner } from '../planning/planner.ts';
import type { RequestRecord } from './request-record.ts';

/**
 * Plans an operation as the planner does, and writes into the record which labels were on, and what it was planned as.
 *
 * @throws what the planner throws
 */
export function recordedPlan<T>(
  planner: Planner<T>,
  document: DocumentNode,
  operationName: string | null,
  decide: DecideLabel,
  record: RequestRecord,
): PlannedOperation<T> | Promise<PlannedOperation<T>> {
  const { trace, plans } = record;
  if (trace === null && plans === null) {
    return planner.plan(document, operationName, (label) => {
      const isOn = decide(label);
      if (isOn) record.labelIsOn(label);
      return isOn;
    });
  }
  return watchedPlan(planner, document, operationName, decide, record);
}

/** For those who want to know more than that. */
async function watchedPlan<T>(
  planner: Planner<T>,
  document: DocumentNode,
  operationName: string | null,
  decide: DecideLabel,
  record: RequestRecord,
): Promise<PlannedOperation<T>> {
  const states = new Map<string, boolean>();
  const span = record.trace?.planning();
  try {
    const planned = planner.plan(document, operationName, (label) => {
      const isOn = decide(label);
      states.set(label, isOn);
      if (isOn) record.labelIsOn(label);
      return isOn;
    });
    const wasKept = !(planned instanceof Promise);
    const found = await planned;
    span?.ended(wasKept, states);
    record.plans?.push({ plan: found.plan, states });
    return found;
  } catch (error) {
    span?.failed(error);
    throw error;
  }
}
