import type { DocumentNode } from 'graphql';
import type { KeptOperation } from './kept-operation.ts';
import type { PlanningPurpose } from './metrics.ts';
import { MOST_REDUCED_LABELS, unknownStates } from './plan-tree.ts';
import type { DecideLabel, LabelStates, RecentOperation, WarmUp } from './planner.ts';

/** Makes plans before they are asked for. Whatever requests need goes before it. */
export interface WarmUps<T> {
  /**
   * Plans what the supergraph before was asked for lately, in the states that it was asked for, and the
   * operations that are known beforehand, with all labels off. Then goes on with all other states of them.
   */
  takeOver(
    recent: readonly RecentOperation[],
    known: readonly KnownOperation[],
    within: number,
  ): Promise<WarmUp>;
  /** Plans known and recent operations in other states of the labels. */
  flip(states: readonly LabelStates[], within: number): Promise<WarmUp>;
  /** Plans an operation in all states of the labels that it reads, when there is nothing else to do. */
  explore(operation: KeptOperation<T>): void;
  /** Makes no further plans. */
  stop(): void;
}

/** An operation that clients are known to send. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
}

export interface WarmUpOptions<T> {
  readonly kept: (document: DocumentNode, operationName: string | null) => KeptOperation<T>;
  readonly make: (
    operation: KeptOperation<T>,
    decide: DecideLabel,
    purpose: PlanningPurpose,
  ) => Promise<unknown>;
  /** The operations asked for lately, the latest first. */
  readonly latest: () => readonly KeptOperation<T>[];
}

/** The most states that an operation is planned in without having been asked for in them. */
const MOST_EXPLORED = 2 ** MOST_REDUCED_LABELS;

/** A plan to make: an operation in a state of the labels. */
type Task<T> = readonly [KeptOperation<T>, LabelStates];

/** Warm-ups of one planner. */
export function createWarmUps<T>({ kept, make, latest }: WarmUpOptions<T>): WarmUps<T> {
  const unexplored = new Set<KeptOperation<T>>();
  let known: readonly KnownOperation[] = [];
  let isExploring = false;
  let isStopped = false;

  const run = async (tasks: readonly Task<T>[], within: number): Promise<WarmUp> => {
    let [made, done] = [0, 0];
    const work = async (): Promise<void> => {
      for (const [operation, states] of tasks) {
        if (isStopped) return;
        const decide = decideBy(states);
        if (operation.find(decide) === undefined) {
          // An operation that cannot be planned, or is not valid any more, is the matter of who sends it.
          await make(operation, decide, 'warm-up').then(
            () => (made += 1),
            () => null,
          );
        }
        done += 1;
      }
    };
    await withinTime(work(), within);
    return { made, left: tasks.length - done };
  };
  const exploreAll = async (): Promise<void> => {
    for (const operation of unexplored) {
      unexplored.delete(operation);
      for (let count = 0; count < MOST_EXPLORED; count += 1) {
        const [states] = unknownStates(operation.tree);
        if (!states || isStopped) break;
        await make(operation, decideBy(states), 'exploration').catch(() => null);
      }
    }
    isExploring = false;
  };
  const explore = (operation: KeptOperation<T>): void => {
    if (isStopped || unknownStates(operation.tree).length === 0) return;
    unexplored.add(operation);
    if (isExploring) return;
    isExploring = true;
    void exploreAll();
  };

  return {
    async takeOver(recent, operations, within) {
      known = operations;
      const expected = known.map(({ document, operationName }) => kept(document, operationName));
      // The latest is added last, so that it is the last to be dropped.
      const asked = recent
        .toReversed()
        .map(({ document, operationName, states }) => ({
          operation: kept(document, operationName),
          states,
        }))
        .toReversed();
      const tasks: Task<T>[] = [
        ...asked.flatMap(({ operation, states }) =>
          states.map((state): Task<T> => [operation, state]),
        ),
        ...expected.map((operation): Task<T> => [operation, new Map()]),
      ];
      const warmUp = await run(tasks, within);
      for (const { operation } of asked) explore(operation);
      for (const operation of expected) explore(operation);
      return warmUp;
    },
    flip(states, within) {
      const expected = known.map(({ document, operationName }) => kept(document, operationName));
      const operations = [...new Set([...latest(), ...expected])];
      const tasks = states.flatMap((state) =>
        operations.map((operation): Task<T> => [operation, state]),
      );
      return run(tasks, within);
    },
    explore,
    stop() {
      isStopped = true;
      unexplored.clear();
    },
  };
}

function decideBy(states: LabelStates): DecideLabel {
  return (label) => states.get(label) ?? false;
}

/** Waits for work, but not for ever. */
async function withinTime(work: Promise<void>, limit: number): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, limit);
  await Promise.race([work, over.promise]);
  clearTimeout(timer);
}
