import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testSettings } from '../../setup/config.ts';
import { leaveUncounted } from '../../setup/uncounted.ts';
import { caseArbitrary } from './case-generator.ts';
import { planOf, rootOf } from './case-plan.ts';
import { reportCase } from './case-report.ts';
import { createCoverage, type Aspect, type Coverage } from './coverage.ts';
import type { DifferentialCase } from './differential-case.ts';
import { createGraphPool, type Graph } from './graph-pool.ts';
import { judge } from './judgement.ts';

leaveUncounted();

const { cases, seed } = testSettings.differential;
/**
 * A run is made of parts, numbered by their seeds: that of the environment and those after it. Each part has graphs
 * of its own, which are let go after it: a long run needs no more memory than a short one. So 100,000 cases are
 * ten runs, whose parts do not overlap:
 *
 *     for seed in 100 110 120 130 140 150 160 170 180 190; do
 *       DIFFERENTIAL_SEED=$seed DIFFERENTIAL_CASES=10000 npx vitest run test/gateway/differential
 *     done
 */
const CASES_PER_PART = 1_000;
const GRAPHS_PER_PART = 50;

/** The least share of cases, in percent, that must be about a thing for the test to mean something. */
const LEAST: Partial<Record<Aspect, number>> = {
  healthy: 30,
  entities: 20,
  'three fetches or more': 15,
  'joined fetches': 2,
  'equal representations': 3,
  errors: 25,
  'faults of subgraphs': 3,
  'null propagation': 5,
  'data is null': 5,
  'abstract types': 30,
  conditions: 30,
  'conditions in the plan': 5,
  rewrites: 3,
  'renamed fields': 0.5,
  'interface objects': 3,
  'required fields': 4,
  labels: 10,
  fragments: 40,
  aliases: 50,
  'special names': 10,
  variables: 40,
  mutations: 8,
  introspection: 1,
};
/** The most: these are exceptions. */
const MOST: Partial<Record<Aspect, number>> = {
  'by the mended reference': 8,
  'by another order': 1,
  'by another null': 1,
};

describe('the executor', () => {
  const coverage = createCoverage();

  test(
    `answers like the reference, with no more requests, in ${cases} generated cases`,
    async () => {
      for (let part = 0; part * CASES_PER_PART < cases; part += 1) {
        const numRuns = Math.min(CASES_PER_PART, cases - part * CASES_PER_PART);
        await checkPart(createGraphPool(seed + part, GRAPHS_PER_PART), seed + part, numRuns);
        tellProgress(seed + part, coverage.read().cases);
      }
      expect(coverage.read().cases).toBeGreaterThanOrEqual(cases);
    },
    60_000 + cases * 100,
  );

  test('has met all that the comparison is for, often enough to mean something', () => {
    const { cases: count, counts } = coverage.read();
    console.log(summary({ cases: count, counts }));
    const share = (aspect: string): number => (counts[aspect as Aspect] * 100) / count;
    expect(Object.entries(LEAST).filter(([aspect, least]) => !(share(aspect) >= least))).toEqual(
      [],
    );
    expect(Object.entries(MOST).filter(([aspect, most]) => !(share(aspect) <= most))).toEqual([]);
  });

  async function checkPart(graphs: readonly Graph[], seed: number, numRuns: number): Promise<void> {
    const check = async (given: DifferentialCase): Promise<void> => {
      const graph = graphs.find((graph) => graph.seed === given.graph);
      const plan = graph && planOf(graph, given);
      fc.pre(plan !== undefined);
      if (!graph || !plan) return;
      const judgement = await judge(graph, given, rootOf(plan));
      coverage.add(given, rootOf(plan), judgement);
      const { agreement, misordered, excess } = judgement;
      if (agreement === 'none' || misordered !== null || excess !== null) {
        throw new Error(reportCase(graph, given, plan, judgement));
      }
    };
    await fc.assert(fc.asyncProperty(caseArbitrary(graphs), check), { seed, numRuns });
  }
});

function tellProgress(seed: number, count: number): void {
  const megabytes = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
  const seconds = Math.round(performance.now() / 1_000);
  console.log(`Seed ${seed} holds: ${count} cases after ${seconds} s, heap ${megabytes} MiB.`);
}

function summary({ cases, counts }: Coverage): string {
  const shares = Object.entries(counts).map(
    ([aspect, count]) => `${aspect} ${((count * 100) / cases).toFixed(1)}%`,
  );
  return `${cases} cases: ${shares.join(', ')}`;
}
