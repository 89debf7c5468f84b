import type { PlanText } from './messages.ts';
import type { PlanningMetrics, PlanningPurpose } from './metrics.ts';
import type { DecideLabel } from './planner.ts';
import { planningFailed, planningOverloaded } from './planning-errors.ts';
import type { PlanningWorker } from './planning-worker.ts';
import type { WorkerPool } from './worker-pool.ts';

/** A plan that is to be made. */
export interface PlanningJob {
  readonly purpose: PlanningPurpose;
  /** The operation in full. Written only when its turn has come. */
  readonly text: () => string;
  readonly operationName: string | null;
  readonly decide: DecideLabel;
  /** Asked when its turn has come: whether there is a plan meanwhile. */
  readonly isDone: () => boolean;
}

/** The jobs of one supergraph, before its planning worker. */
export interface PlanningQueue {
  /** @returns null where it was done before its turn @throws PlanningError, and what `decide` throws */
  run(job: PlanningJob): Promise<PlanText | null>;
  /** Gives the worker back whenever nothing waits; further jobs take it anew. */
  retire(): void;
}

export interface PlanningQueueOptions {
  readonly sdl: string;
  /** A worker that has loaded the supergraph. */
  readonly worker: PlanningWorker;
  readonly workers: WorkerPool;
  readonly limits: QueueLimits;
  readonly metrics: PlanningMetrics;
}

export interface QueueLimits {
  /** The most operations of requests that may wait. */
  readonly waiting: number;
  /** Milliseconds that each of them may wait. */
  readonly waitTime: number;
}

interface Waiting {
  readonly job: PlanningJob;
  readonly timeout: NodeJS.Timeout | undefined;
  readonly resolve: (plan: PlanText | null) => void;
  readonly reject: (error: unknown) => void;
}

const PURPOSES: readonly PlanningPurpose[] = ['request', 'warm-up', 'exploration'];

/** How long the worker of an old supergraph stays for requests that began with it, in milliseconds. */
const RETIREMENT = 500;

/** One job is with the worker at a time, so that what requests wait for never stands behind a warm-up. */
export function createPlanningQueue(options: PlanningQueueOptions): PlanningQueue {
  const { sdl, workers, limits, metrics } = options;
  const lines = { request: [], 'warm-up': [], exploration: [] } as Record<
    PlanningPurpose,
    Waiting[]
  >;
  let worker: PlanningWorker | null = options.worker;
  let isBusy = false;
  let isRetired = false;

  const leave = (waiting: Waiting): void => {
    const line = lines[waiting.job.purpose];
    line.splice(line.indexOf(waiting), 1);
    clearTimeout(waiting.timeout);
    metrics.waiting.set(lines.request.length);
  };
  const next = (): Waiting | undefined => {
    const first = PURPOSES.map((purpose) => lines[purpose][0]).find((waiting) => waiting);
    if (first) leave(first);
    return first;
  };
  const readyWorker = async (): Promise<PlanningWorker> => {
    if (worker?.isAlive) return worker;
    if (worker) {
      metrics.replacements.inc();
      workers.giveBack(worker);
    }
    worker = null;
    const fresh = workers.take();
    try {
      await fresh.load(sdl);
    } catch (error) {
      fresh.end();
      workers.giveBack(fresh);
      throw error;
    }
    worker = fresh;
    return fresh;
  };
  const plan = async (job: PlanningJob): Promise<PlanText | null> => {
    if (job.isDone()) return null;
    const ready = await readyWorker().catch((error: unknown) => {
      throw planningFailed(`the planner did not start again: ${String(error)}`);
    });
    const start = performance.now();
    try {
      return await ready.plan(job.text(), job.operationName, job.decide);
    } finally {
      metrics.seconds.observe({ purpose: job.purpose }, (performance.now() - start) / 1_000);
    }
  };
  const rest = (): void => {
    if (!isRetired || isBusy || !worker) return;
    workers.giveBack(worker);
    worker = null;
  };
  const work = async (): Promise<void> => {
    if (isBusy) return;
    isBusy = true;
    for (let waiting = next(); waiting; waiting = next()) {
      await plan(waiting.job).then(waiting.resolve, waiting.reject);
    }
    // The next operation shall not wait for a worker to start.
    if (!isRetired) await readyWorker().catch(() => null);
    isBusy = false;
    if (PURPOSES.some((purpose) => lines[purpose].length > 0)) void work();
    else rest();
  };

  return {
    run(job) {
      const isRequest = job.purpose === 'request';
      if (isRequest && lines.request.length >= limits.waiting) {
        return Promise.reject(planningOverloaded(lines.request.length));
      }
      return new Promise((resolve, reject) => {
        const expire = (): void => {
          leave(waiting);
          reject(planningOverloaded(lines.request.length));
        };
        const timeout = isRequest ? setTimeout(expire, limits.waitTime) : undefined;
        const waiting: Waiting = { job, timeout, resolve, reject };
        lines[job.purpose].push(waiting);
        metrics.waiting.set(lines.request.length);
        void work();
      });
    },
    retire() {
      isRetired = true;
      setTimeout(rest, RETIREMENT).unref();
    },
  };
}
