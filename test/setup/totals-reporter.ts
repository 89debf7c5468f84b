import { writeSync } from 'node:fs';
import type { Reporter, TestModule, Vitest } from 'vitest/node';
import { coverageByRoom, type CoverageMap } from './coverage-by-room.ts';

/** How many tests came to which end. */
export interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

/** `12 passed, 0 failed`, and `, 3 skipped` only where there are some. */
export function totalsLine({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * Counts what ran. A file that could not be loaded, a hook that failed and an error outside of any test count
 * as one failure each: they hide tests, and must never look like fewer tests.
 */
export function countTests(modules: readonly TestModule[], errorsOutside: number): Totals {
  const totals: Totals = { passed: 0, failed: errorsOutside, skipped: 0 };
  for (const module of modules) {
    totals.failed += module.errors().length;
    for (const suite of module.children.allSuites()) totals.failed += suite.errors().length;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      // What never came to an end (an interrupted run) has not passed.
      totals[state === 'pending' ? 'failed' : state] += 1;
    }
  }
  return totals;
}

/** Prints the coverage of each room where it is measured, and the totals as one plain line, after everything else. */
export default class TotalsReporter implements Reporter {
  /** Absent until a run has come to its end: an interrupted one has no totals. */
  #line: string | undefined;
  #watching = false;
  #root = '';

  onInit(vitest: Vitest): void {
    this.#watching = vitest.config.watch;
    this.#root = vitest.config.root;
    // At the exit, because coverage and the teardown print after the last test has been reported.
    if (!this.#watching) process.once('exit', () => this.#line && writeSync(1, `${this.#line}\n`));
  }

  onCoverage(coverage: unknown): void {
    const rooms = coverageByRoom(coverage as CoverageMap, this.#root);
    console.log(['', 'Lines that the tests ran:', ...rooms, ''].join('\n'));
  }

  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    this.#line = totalsLine(countTests(modules, errors.length));
    if (this.#watching) console.log(this.#line);
  }
}
