import type { PlanNode } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { keptOperation, type KeptOperation } from './kept-operation.ts';
import type { PlanningMetrics, PlanningPurpose } from './metrics.ts';
import { operationKey } from './operation-key.ts';
import { createPlanCache, type CacheLimits } from './plan-cache.ts';
import { knownStates } from './plan-tree.ts';
import type { DecideLabel, PlannedOperation, Planner } from './planner.ts';
import { planningFailed, PlanningError } from './planning-errors.ts';
import type { PlanningQueue } from './planning-queue.ts';
import { createWarmUps, type WarmUps } from './warm-up.ts';

/** Makes of a plan what execution keeps with it. */
export type CompilePlan<T> = (
  plan: PlanNode | undefined,
  document: DocumentNode,
  operationName: string | null,
) => T;

export interface PlannerOptions<T> {
  readonly queue: PlanningQueue;
  readonly compile: CompilePlan<T>;
  readonly limits: CacheLimits & { readonly recent: number };
  readonly metrics: PlanningMetrics;
}

/** A planner, and how it takes over from the one of the supergraph before. */
export interface NextPlanner<T> extends Planner<T> {
  readonly takeOver: WarmUps<T>['takeOver'];
}

/** A planner for a supergraph with its own plan cache: plans never outlive their supergraph. */
export function createPlanner<T>(options: PlannerOptions<T>): NextPlanner<T> {
  const { queue, compile, limits, metrics } = options;
  const cache = createPlanCache<T>(limits, metrics);
  const running = new Map<KeptOperation<T>, Promise<PlanningError | null>>();

  const kept = (document: DocumentNode, operationName: string | null): KeptOperation<T> => {
    const key = operationKey(document, operationName);
    const known = cache.get(key);
    if (known) return known;
    const compiled = (plan: PlanNode | undefined): T => compile(plan, document, operationName);
    const operation = keptOperation(key, document, operationName, compiled);
    cache.add(operation);
    return operation;
  };
  const make = async (
    operation: KeptOperation<T>,
    decide: DecideLabel,
    purpose: PlanningPurpose,
  ): Promise<PlannedOperation<T>> => {
    const read = new Map<string, boolean>();
    const { operationName, text } = operation;
    const isDone = (): boolean => operation.find(decide) !== undefined;
    try {
      const recorded: DecideLabel = (label) => {
        const isOn = decide(label);
        read.set(label, isOn);
        return isOn;
      };
      const plan = await queue.run({ purpose, text, operationName, decide: recorded, isDone });
      if (plan) return operation.add(read, plan);
      return settled(operation.find(decide) ?? planningFailed('what is known of it changes.'));
    } catch (error) {
      if (error instanceof PlanningError && error.code !== 'PLANNING_OVERLOADED') {
        operation.refuse(read, error);
      }
      if (error instanceof PlanningError && purpose === 'request') {
        metrics.failures.inc({ code: error.code });
      }
      throw error;
    } finally {
      cache.grown(operation);
    }
  };
  /** Requests for one operation wait for one planning, and look again whether it was theirs as well. */
  const wait = async (
    operation: KeptOperation<T>,
    decide: DecideLabel,
  ): Promise<PlannedOperation<T>> => {
    for (;;) {
      const before = running.get(operation);
      if (!before) break;
      const overload = await before;
      if (overload) throw overload;
      const found = operation.find(decide);
      if (found) return settled(found);
    }
    const making = make(operation, decide, 'request');
    running.set(
      operation,
      making.then(() => null, overloadOf),
    );
    try {
      return await making;
    } finally {
      running.delete(operation);
      if (operation.isUsed) warmUps.explore(operation);
    }
  };
  const warmUps = createWarmUps<T>({
    kept,
    make,
    latest: () => first(cache.latest(), limits.recent),
  });

  return {
    plan(document, operationName, decide) {
      const operation = kept(document, operationName);
      const found = operation.find(decide);
      if (found === undefined) {
        metrics.lookups.inc({ result: 'miss' });
        return wait(operation, decide);
      }
      metrics.lookups.inc({ result: 'hit' });
      if (!operation.isUsed) {
        // Most operations that come once never come again: those are not worth more than one plan.
        operation.isUsed = true;
        warmUps.explore(operation);
      }
      return settled(found);
    },
    warm: (states, within) => warmUps.flip(states, within),
    recent: () =>
      first(cache.latest(), limits.recent).map(({ document, operationName, tree }) => ({
        document,
        operationName,
        states: knownStates(tree),
      })),
    retire() {
      warmUps.stop();
      queue.retire();
    },
    takeOver: (recent, known, within) => warmUps.takeOver(recent, known, within),
  };
}

function settled<T>(found: PlannedOperation<T> | PlanningError): PlannedOperation<T> {
  if (found instanceof PlanningError) throw found;
  return found;
}

/** What the requests that wait for the same operation are told as well: that there is no room for it. */
function overloadOf(error: unknown): PlanningError | null {
  return error instanceof PlanningError && error.code === 'PLANNING_OVERLOADED' ? error : null;
}

function first<Item>(items: Iterable<Item>, count: number): Item[] {
  return Iterator.from(items).take(count).toArray();
}
