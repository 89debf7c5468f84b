import { setTimeout as delay } from 'node:timers/promises';
import { parse } from 'graphql';
import { afterEach, expect, test, vi } from 'vitest';
import { readKnownOperations } from '../../../gateway/planning/known-operations.ts';
import type { LabelStates, Planner } from '../../../gateway/planning/planner.ts';
import { EXPLODING, explodingGraph } from './exploding-graph.ts';
import {
  closePlannings,
  compile,
  compose,
  counts,
  testPlanning,
  type Compiled,
} from './planning-in-tests.ts';

afterEach(closePlannings);

const GRAPH = compose({
  legacy: 'type Query { one: Int two: Int three: Int }',
  domain: `type Query {
    one: Int @override(from: "legacy", label: "first")
    two: Int @override(from: "legacy", label: "second")
  }`,
});
const [ONE, TWO, THREE] = ['{ one }', '{ two }', '{ three }'].map((text) => parse(text)) as [
  ReturnType<typeof parse>,
  ReturnType<typeof parse>,
  ReturnType<typeof parse>,
];

const decide = (states: LabelStates) => (label: string) => states.get(label) ?? false;
const on = (...labels: string[]): LabelStates => new Map(labels.map((label) => [label, true]));
/** Whether a plan is there at once. One that is not will be made: so look once. */
function isKept(planner: Planner<Compiled>, document: typeof ONE, states: LabelStates): boolean {
  const found = planner.plan(document, null, decide(states));
  if (!(found instanceof Promise)) return true;
  found.catch(() => null);
  return false;
}

test('a new supergraph has the plans of the one before, in the same states of labels, when it takes over', async () => {
  const planning = testPlanning();
  const before = await planning.open(GRAPH, null);
  await before.planner.plan(ONE, null, decide(on('first')));
  await before.planner.plan(THREE, null, decide(on()));
  const after = await planning.open(`${GRAPH}\n`, before.planner);
  expect(isKept(after.planner, ONE, on('first'))).toBe(true);
  expect(isKept(after.planner, THREE, on())).toBe(true);
  expect(isKept(after.planner, TWO, on())).toBe(false);
});

test('operations that are known beforehand are planned before the first supergraph takes over, all states soon after', async () => {
  const operations = [{ document: ONE, operationName: null }];
  const { metrics, of } = counts();
  const { planner } = await testPlanning({}, { operations, metrics }).open(GRAPH, null);
  expect(isKept(planner, ONE, on())).toBe(true);
  await vi.waitFor(() => expect(of('kept')).toBe(2), 10_000);
  expect(of('seconds', 'exploration')).toBe(1);
  expect(isKept(planner, ONE, on('first'))).toBe(true);
});

test('operations that the new supergraph does not have any more stop nothing', async () => {
  const planning = testPlanning();
  const before = await planning.open(GRAPH, null);
  await before.planner.plan(ONE, null, decide(on()));
  const after = await planning.open(
    compose({ other: 'type Query { other: Int }' }),
    before.planner,
  );
  await expect(
    Promise.resolve(after.planner.plan(parse('{ other }'), null, decide(on()))),
  ).resolves.toBeDefined();
});

test('before a label changes, the plans for its new state are made', async () => {
  const { planner } = await testPlanning().open(GRAPH, null);
  for (const document of [ONE, TWO, THREE]) await planner.plan(document, null, decide(on()));
  const warmed = await planner.warm([on('first'), on('first', 'second')], 20_000);
  expect(warmed).toEqual({ made: 2, left: 0 });
  expect(isKept(planner, ONE, on('first'))).toBe(true);
  expect(isKept(planner, TWO, on('second'))).toBe(true);
});

test('a warm-up ends in time, and goes on behind the requests', async () => {
  const { metrics, of } = counts();
  const operations = [EXPLODING, '{ small }'].map((text) => ({
    document: parse(text),
    operationName: null,
  }));
  const limits = { planTime: 3_000, warmUpTime: 100 };
  const { planner } = await testPlanning(limits, { operations, metrics }).open(
    explodingGraph(8),
    null,
  );
  expect(of('seconds', 'warm-up')).toBe(0);
  const { compiled } = await planner.plan(parse('{ other }'), null, decide(on()));
  expect(compiled.json).toContain('{other}');
  // The one that was under way, and not the one that was still to come.
  expect(of('seconds', 'warm-up')).toBe(1);
  await vi.waitFor(() => expect(of('seconds', 'warm-up')).toBe(2), 10_000);
  expect(isKept(planner, operations[1]?.document as typeof ONE, on())).toBe(true);
  // What went wrong while nobody asked is no failure of a request.
  expect(of('failures', 'PLANNING_TIMEOUT')).toBe(0);
}, 60_000);

test('requests for a plan that is being made wait for it, and each plan is compiled once', async () => {
  const { metrics, of } = counts();
  const compiled = vi.fn<typeof compile>(compile);
  const { planner } = await testPlanning({}, { metrics, compile: compiled }).open(GRAPH, null);
  const plans = await Promise.all(
    Array.from({ length: 20 }, async (_, number) =>
      planner.plan(ONE, null, decide(number % 2 === 0 ? on('first') : on())),
    ),
  );
  expect(new Set(plans).size).toBe(2);
  expect(of('seconds', 'request')).toBe(2);
  expect(compiled).toHaveBeenCalledTimes(2);
  expect(of('lookups', 'miss')).toBe(20);
  expect(planner.plan(parse('{one}'), null, decide(on('first')))).toBe(plans[0]);
  expect(of('lookups', 'hit')).toBe(1);
});

test('the cache is bounded, and drops what was not asked for longest', async () => {
  const { metrics, of } = counts();
  const { planner } = await testPlanning({ operations: 2 }, { metrics }).open(GRAPH, null);
  for (const document of [THREE, ONE, TWO]) await planner.plan(document, null, decide(on()));
  expect(of('evictions')).toBe(1);
  expect(of('kept')).toBe(2);
  expect(isKept(planner, ONE, on())).toBe(true);
  expect(isKept(planner, THREE, on())).toBe(false);
});

test('an old supergraph still plans for requests that began with it', async () => {
  const { planner } = await testPlanning().open(GRAPH, null);
  planner.retire();
  await delay(800);
  const { compiled } = await planner.plan(ONE, null, decide(on('first')));
  expect(compiled.json).toContain('"serviceName":"domain"');
}, 60_000);

test('known operations are read from the folder of our clients', async () => {
  const operations = await readKnownOperations('schema/operations');
  expect(operations.map(({ operationName }) => operationName)).toContain('StoreHome');
  await expect(readKnownOperations('schema/nowhere')).rejects.toThrow(
    /schema\/nowhere cannot be read: there is nothing; name a folder or a manifest/,
  );
  await expect(readKnownOperations('package.json')).rejects.toThrow(
    /apollo-persisted-query-manifest/,
  );
});
