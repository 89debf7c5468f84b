import { readFile, rm } from 'node:fs/promises';
import { testSettings } from '../../setup/config.ts';
import type { Checkout } from './checkout.ts';

/** What came of the tests of a room. */
export interface SuiteResult {
  /** A folder of `test/`; what stands in test/behaviour counts for its domain. */
  readonly suite: string;
  readonly passed: number;
  /** The names of the tests that failed, and of the files that could not be loaded. */
  readonly failures: readonly string[];
}

/** The suites of the domains. */
const DOMAINS = ['auth', 'product', 'inventory', 'order', 'resume-review'];
/** Beside them: the rules of the rooms, and the schema. */
const OTHERS = [
  'test/schema/own-graph.test.ts',
  'test/federation/api-schema.test.ts',
  'test/architecture.test.ts',
];
/** What takes minutes: work that goes on while its process is killed again and again. `npm run soak -- the-end` runs it. */
const LONG = [
  'test/order/crashes.test.ts',
  'test/order/rush.test.ts',
  'test/resume-review/killed-reviews.test.ts',
  'test/resume-review/killed-uploads.test.ts',
];
/** All domains at once, which without the monolith is what the suites of the domains are by themselves. */
const TWICE = ['test/behaviour/domains.test.ts'];

/** Where the tests of other rooms find what they need. */
const places = {
  REDIS_URL_TEST: testSettings.redisUrl ?? '',
  CHROMIUM_PATH: testSettings.chromiumPath ?? '',
};

/** The report of vitest as JSON, as far as it is read. */
interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/**
 * Runs the suites of the domains in a checkout, on a PostgreSQL of their own.
 *
 * @param everything whether also what takes long, and every other test that is left
 */
export async function runSuites(checkout: Checkout, everything = false): Promise<SuiteResult[]> {
  const report = checkout.path('suites.json');
  const folders = DOMAINS.map((domain) => `test/${domain}/`);
  const left = [...LONG, ...TWICE].flatMap((file) => ['--exclude', file]);
  const chosen = everything ? [] : [...folders, 'test/behaviour/', ...OTHERS, ...left];
  const reporter = ['--reporter', 'json', '--outputFile', report];
  const { output } = await checkout.run(
    ['node', 'node_modules/vitest/vitest.mjs', 'run', ...chosen, ...reporter],
    everything ? places : {},
  );
  const text = await readFile(report, 'utf8').catch(() => {
    throw new Error(`the suites did not run:\n${output}`);
  });
  // The checks that follow look at every file.
  await rm(report);
  return resultsOf(JSON.parse(text) as Report, checkout.root);
}

function resultsOf({ testResults }: Report, root: string): SuiteResult[] {
  const bySuite = Map.groupBy(testResults, ({ name }) => suiteOf(name.slice(root.length + 1)));
  return [...bySuite].map(([suite, files]) => ({
    suite,
    passed: files.flatMap((file) => file.assertionResults).filter(hasPassed).length,
    failures: files.flatMap(({ name, status, message, assertionResults }) => {
      const failed = assertionResults.filter((one) => one.status === 'failed');
      if (status === 'failed' && failed.length === 0) return [`${name}: ${message}`];
      return failed.map((one) => `${name}: ${one.fullName}: ${one.failureMessages.join('; ')}`);
    }),
  }));
}

const hasPassed = ({ status }: { readonly status: string }) => status === 'passed';

/** `test/behaviour/auth.test.ts` and `test/auth/config.test.ts` are of the same suite. */
function suiteOf(path: string): string {
  const [, room = '', file = ''] = path.split('/');
  return room === 'behaviour' ? file.replace('.test.ts', '') : room.replace('.test.ts', '');
}
