import { composeServices } from '@apollo/composition';
import type { PlanNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { createLog } from '#platform/log.ts';
import type { PlanningMetrics } from '../../../gateway/planning/metrics.ts';
import {
  createPlanning,
  type Planning,
  type PlanningLimits,
  type PlanningOptions,
} from '../../../gateway/planning/planning.ts';

export const LIMITS: PlanningLimits = {
  planTime: 20_000,
  loadTime: 60_000,
  memory: 512,
  waiting: 100,
  waitTime: 60_000,
  operations: 100,
  megabytes: 64,
  recent: 50,
  warmUpTime: 20_000,
};

/** What was counted, by name and label. */
export interface Counts {
  readonly metrics: PlanningMetrics;
  readonly of: (name: keyof PlanningMetrics, label?: string) => number;
}

/** Metrics that can be read: sums of counters and of observations, the last value of gauges. */
export function counts(): Counts {
  const sums = new Map<string, number>();
  const name = (metric: string, labels: object = {}) =>
    [metric, ...Object.values(labels)].join(' ');
  const add = (metric: string, labels?: object) =>
    sums.set(name(metric, labels), (sums.get(name(metric, labels)) ?? 0) + 1);
  const metrics: PlanningMetrics = {
    lookups: { inc: (labels) => add('lookups', labels) },
    seconds: { observe: (labels) => add('seconds', labels) },
    failures: { inc: (labels) => add('failures', labels) },
    evictions: { inc: () => add('evictions') },
    kept: { set: (value) => sums.set('kept', value) },
    waiting: { set: (value) => sums.set('waiting', value) },
    replacements: { inc: () => add('replacements') },
  };
  const of = (metric: keyof PlanningMetrics, label?: string): number =>
    sums.get(label === undefined ? metric : `${metric} ${label}`) ?? 0;
  return { metrics, of };
}

/** What tests compile a plan to: the plan itself, in an object of its own. */
export interface Compiled {
  readonly json: string;
}

export const compile = (plan: PlanNode | undefined): Compiled => ({
  json: JSON.stringify({ kind: 'QueryPlan', node: plan }),
});

const log = createLog('planning-test', 'silent');
const opened: Planning<Compiled>[] = [];

/** Planning with real workers, ended by {@link closePlannings}. */
export function testPlanning(
  limits: Partial<PlanningLimits> = {},
  options: Partial<PlanningOptions<Compiled>> = {},
): Planning<Compiled> {
  const planning = createPlanning<Compiled>({
    limits: { ...LIMITS, ...limits },
    operations: [],
    compile,
    metrics: counts().metrics,
    log,
    ...options,
  });
  opened.push(planning);
  return planning;
}

export function closePlannings(): void {
  for (const planning of opened.splice(0)) planning.close();
}

const LINK = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: ["@key", "@shareable", "@override", "@external", "@requires", "@provides", "@interfaceObject"]
)`;

/** Composes subgraphs. Whether all queries can be answered is not checked: the check knows no labels. */
export function compose(subgraphs: Readonly<Record<string, string>>): string {
  const { errors, supergraphSdl } = composeServices(
    Object.entries(subgraphs).map(([name, typeDefs]) => ({
      name,
      url: `http://127.0.0.1/${name}`,
      typeDefs: parse(`${LINK} ${typeDefs}`),
    })),
    { runSatisfiability: false },
  );
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], String(errors));
  return supergraphSdl;
}

/** All states of some labels. */
export function allStates(labels: Iterable<string>): ReadonlyMap<string, boolean>[] {
  const names = [...labels];
  return Array.from(
    { length: 2 ** names.length },
    (_, bits) => new Map(names.map((name, place) => [name, ((bits >> place) & 1) === 1])),
  );
}
