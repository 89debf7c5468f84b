import { readFile } from 'node:fs/promises';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { copyRepository, type Checkout } from './checkout.ts';
import { allSealed, documentedRemoval, follow } from './documented-removal.ts';
import { runSuites, type SuiteResult } from './suites.ts';

// The monolith is removed from a copy of the repository by the command and the steps of docs/migration.md.
// How long it takes is not what is tried here: alone on two cores it is two to three minutes.
vi.setConfig({ testTimeout: 900_000, hookTimeout: 300_000 });

const steps = await documentedRemoval();
let checkout: Checkout;
let sealed: Record<string, string>;
beforeAll(async () => {
  checkout = await copyRepository();
  sealed = await allSealed();
});
afterAll(() => checkout?.remove());

test('the demo data of the domains is kept, for tests without the monolith', async () => {
  await follow(checkout, steps.keepDemoData);
  const file = checkout.path('test/setup/demo-data/auth/01-account.tsv');
  expect(await readFile(file, 'utf8')).toContain('customer@example.com');
});

test('nothing is removed that git could not bring back', async () => {
  await checkout.done(['touch', 'not-committed-yet']);
  const refused = await checkout.run(['sh', '-ec', steps.remove], sealed);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('has changes that are not committed (?? not-committed-yet)');
  await checkout.done(['rm', 'not-committed-yet']);
});

test('the command takes out everything that was there for the monolith', async () => {
  const would = await follow(checkout, steps.look, sealed);
  const went = await follow(checkout, steps.remove, sealed);
  const linesOf = (output: string) => output.split('\n').filter((line) => line.startsWith('  '));
  expect(linesOf(went)).toEqual(expect.arrayContaining(linesOf(would)));
  const rooms = ['subgraphs/legacy', 'migration', 'test/legacy', 'test/monolith', 'test/migration'];
  expect((await checkout.run(['ls', '-d', ...rooms])).output.match(/No such file/g)).toHaveLength(
    5,
  );
  const words = ['#region monolith', '@override(', 'subgraphs/legacy', "'migration/"];
  const places = 'gateway platform subgraphs schema/supergraph.yaml package.json *.ts *.yml';
  for (const word of words) {
    const { output } = await checkout.run(['sh', '-c', `grep -rlF "${word}" ${places}`]);
    expect({ word, output }).toEqual({ word, output: '' });
  }
});

test('what remains composes to the same API schema', async () => {
  expect(await follow(checkout, steps.compose)).toContain('5 subgraphs composed');
  expect(await sorted(checkout.path('schema/api.graphql'))).toBe(
    await sorted('schema/api.graphql'),
  );
  const supergraph = await readFile(checkout.path('schema/supergraph.graphql'), 'utf8');
  expect(supergraph).not.toMatch(/LEGACY|overrideLabel: "/);
});

test('it has no type errors, tests included', async () => {
  const tsc = ['node', 'node_modules/typescript-native/bin/tsc', '-p', '.'];
  expect(await checkout.done(tsc)).toBe('');
});

test('each domain passes its suite', async () => {
  const results = await runSuites(checkout);
  console.log(`without the monolith: ${results.map(described).join(', ')}`);
  expect(results.flatMap(({ failures }) => failures)).toEqual([]);
  // Far more would be missing if a file were lost by mistake.
  const least = { auth: 110, product: 130, inventory: 60, order: 40, 'resume-review': 60 };
  const few = Object.entries(least).filter(
    ([domain, tests]) => (results.find(({ suite }) => suite === domain)?.passed ?? 0) < tests,
  );
  expect(few).toEqual([]);
});

const described = ({ suite, passed }: SuiteResult) => `${suite} ${passed} tests`;

async function sorted(path: string): Promise<string> {
  return printSchema(lexicographicSortSchema(buildSchema(await readFile(path, 'utf8'))));
}
