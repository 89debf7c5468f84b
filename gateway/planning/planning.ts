import type { PlanNode } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import type { Logger } from '#platform/log.ts';
import { loadSupergraph, type LoadedSupergraph } from '../supergraph/supergraph.ts';
import { createPlanner, type NextPlanner } from './create-planner.ts';
import type { PlanningMetrics } from './metrics.ts';
import type { CacheLimits } from './plan-cache.ts';
import type { Planner, RecentOperation } from './planner.ts';
import { createPlanningQueue, type QueueLimits } from './planning-queue.ts';
import type { WorkerLimits } from './planning-worker.ts';
import { createWorkerPool } from './worker-pool.ts';
import type { KnownOperation } from './warm-up.ts';

/** What planning may use, and for how long. */
export interface PlanningLimits extends WorkerLimits, QueueLimits, CacheLimits {
  /** The operations asked for lately that are planned before a supergraph or a label changes. */
  readonly recent: number;
  /** Milliseconds that a new supergraph waits for them. */
  readonly warmUpTime: number;
}

export interface PlanningOptions<T> {
  readonly limits: PlanningLimits;
  /** The operations that clients are known to send. */
  readonly operations: readonly KnownOperation[];
  /** Makes of a plan what execution keeps with it: once for each plan. */
  readonly compile: (
    plan: PlanNode | undefined,
    document: DocumentNode,
    operationName: string | null,
    supergraph: LoadedSupergraph,
  ) => T;
  readonly metrics: PlanningMetrics;
  readonly log: Logger;
}

/** A supergraph that can be planned on. */
export interface ReadySupergraph<T> {
  readonly supergraph: LoadedSupergraph;
  readonly planner: Planner<T>;
}

/** Builds supergraphs and their planners, beside the main worker. */
export interface Planning<T> {
  /**
   * Builds a supergraph, and makes the plans that will be asked for first.
   *
   * @param previous the planner of the supergraph before
   * @throws SupergraphError
   */
  open(sdl: string, previous: Planner<T> | null): Promise<ReadySupergraph<T>>;
  /** Ends all planning workers. */
  close(): void;
}

/** Planning with workers of its own: one for each supergraph that is in use, and one in reserve. */
export function createPlanning<T>(options: PlanningOptions<T>): Planning<T> {
  const { limits, operations, compile, metrics, log } = options;
  const workers = createWorkerPool(limits);

  const build = async (sdl: string) => {
    const worker = workers.take();
    try {
      return { supergraph: await loadSupergraph(sdl, worker), worker };
    } catch (error) {
      workers.giveBack(worker);
      throw error;
    }
  };
  const warm = async (planner: NextPlanner<T>, recent: readonly RecentOperation[]) => {
    const start = performance.now();
    const { made, left } = await planner.takeOver(recent, operations, limits.warmUpTime);
    const milliseconds = Math.round(performance.now() - start);
    log.info({ made, left, milliseconds }, 'plans are made for the new supergraph');
  };
  return {
    async open(sdl, previous) {
      const { supergraph, worker } = await build(sdl);
      const planner = createPlanner<T>({
        queue: createPlanningQueue({ sdl, worker, workers, limits, metrics }),
        compile: (plan, document, name) => compile(plan, document, name, supergraph),
        limits,
        metrics,
      });
      await warm(planner, previous?.recent() ?? []);
      return { supergraph, planner };
    },
    close: () => workers.close(),
  };
}
