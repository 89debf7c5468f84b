import { startPlanningWorker, type PlanningWorker, type WorkerLimits } from './planning-worker.ts';

/** Planning workers that are started when they are needed; one that is given back is kept for the next. */
export interface WorkerPool {
  /** @throws Error once the pool is closed */
  take(): PlanningWorker;
  giveBack(worker: PlanningWorker): void;
  /** Ends all workers, also those that were taken. */
  close(): void;
}

/** Starting a worker reads the planner's packages, some hundred milliseconds: so one is kept in reserve. */
export function createWorkerPool(limits: WorkerLimits): WorkerPool {
  const taken = new Set<PlanningWorker>();
  let spare: PlanningWorker | null = null;
  let isClosed = false;
  return {
    take() {
      if (isClosed) throw new Error('planning has been shut down');
      const worker = spare?.isAlive ? spare : startPlanningWorker(limits);
      spare = null;
      taken.add(worker);
      return worker;
    },
    giveBack(worker) {
      taken.delete(worker);
      if (!worker.isAlive) return;
      if (spare?.isAlive) {
        worker.end();
        return;
      }
      worker.unload();
      spare = worker;
    },
    close() {
      isClosed = true;
      spare?.end();
      for (const worker of taken) worker.end();
    },
  };
}
