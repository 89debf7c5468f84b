import { z } from 'zod';
import { wholeNumber } from '#platform/config.ts';
import type { PlanningLimits } from './planning.ts';

/** The variables that say what planning may use, and which operations it knows beforehand. */
export const planningSettings = () => ({
  PLANNING_TIMEOUT_MS: wholeNumber(2_000, 10, 60_000),
  PLANNING_MEMORY_MB: wholeNumber(512, 64, 16_384),
  PLANNING_QUEUE: wholeNumber(200, 1, 100_000),
  PLANNING_WAIT_MS: wholeNumber(10_000, 10, 120_000),
  SUPERGRAPH_TIMEOUT_MS: wholeNumber(60_000, 100, 600_000),
  PLAN_CACHE_OPERATIONS: wholeNumber(2_000, 1, 1_000_000),
  PLAN_CACHE_MB: wholeNumber(256, 1, 16_384),
  WARM_UP_RECENT: wholeNumber(200, 0, 100_000),
  WARM_UP_MS: wholeNumber(5_000, 0, 600_000),
  OPERATIONS: z
    .string()
    .optional()
    .describe('a folder of client operations, or a persisted query manifest'),
});

type PlanningVariables = z.infer<z.ZodObject<ReturnType<typeof planningSettings>>>;

/** The limits of planning. */
export function planningLimits(settings: PlanningVariables): PlanningLimits {
  return {
    planTime: settings.PLANNING_TIMEOUT_MS,
    loadTime: settings.SUPERGRAPH_TIMEOUT_MS,
    memory: settings.PLANNING_MEMORY_MB,
    waiting: settings.PLANNING_QUEUE,
    waitTime: settings.PLANNING_WAIT_MS,
    operations: settings.PLAN_CACHE_OPERATIONS,
    megabytes: settings.PLAN_CACHE_MB,
    recent: settings.WARM_UP_RECENT,
    warmUpTime: settings.WARM_UP_MS,
  };
}
