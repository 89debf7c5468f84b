import { parse } from 'graphql';
import { afterEach, expect, test } from 'vitest';
import type { Planner } from '../../../gateway/planning/planner.ts';
import { EXPLODING, explodingGraph } from './exploding-graph.ts';
import {
  closePlannings,
  compose,
  counts,
  testPlanning,
  type Compiled,
} from './planning-in-tests.ts';

afterEach(closePlannings);

const off = () => false;
const plan = async (planner: Planner<Compiled>, text: string) =>
  planner.plan(parse(text), null, off);
const code = (code: string) =>
  expect.objectContaining({ extensions: expect.objectContaining({ code }) });

test('an operation that takes too long gets an error within the limit, and those behind it are planned', async () => {
  const { metrics, of } = counts();
  const planning = testPlanning({ planTime: 1_500 }, { metrics });
  const { planner } = await planning.open(explodingGraph(8), null);
  const start = performance.now();
  const exploding = plan(planner, EXPLODING);
  const behind = [plan(planner, '{ small }'), plan(planner, '{ other }')];
  const error = await exploding.then(null, (thrown: unknown) => thrown);
  expect(performance.now() - start).toBeLessThan(5_000);
  expect(error).toMatchObject({
    message: expect.stringMatching(/within 1500 ms\. Ask for less/),
    extensions: { code: 'PLANNING_TIMEOUT' },
  });
  for (const { compiled } of await Promise.all(behind)) expect(compiled.json).toContain('"Fetch"');
  expect(of('replacements')).toBe(1);
  expect(of('failures', 'PLANNING_TIMEOUT')).toBe(1);
});

test('an operation that took too long is refused at once for a while, others of its text included', async () => {
  const planning = testPlanning({ planTime: 1_500 });
  const { planner } = await planning.open(explodingGraph(8), null);
  await expect(plan(planner, EXPLODING)).rejects.toEqual(code('PLANNING_TIMEOUT'));
  const start = performance.now();
  const again = EXPLODING.replaceAll(' ', '\n');
  for (let time = 0; time < 100; time += 1) {
    expect(() => planner.plan(parse(again), null, off)).toThrow(/could not be planned within/);
  }
  expect(performance.now() - start).toBeLessThan(1_000);
});

test('an operation that takes all memory gets an error, and the next is planned', async () => {
  const planning = testPlanning({ memory: 128, planTime: 60_000 });
  const { planner } = await planning.open(explodingGraph(10), null);
  await expect(plan(planner, EXPLODING)).rejects.toEqual(code('PLANNING_OUT_OF_MEMORY'));
  const { compiled } = await plan(planner, '{ small }');
  expect(compiled.json).toContain('{small}');
}, 90_000);

test('the event loop goes on while a plan is made', async () => {
  const planning = testPlanning({ planTime: 1_500 });
  const { planner } = await planning.open(explodingGraph(8), null);
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 10);
  await plan(planner, EXPLODING).catch(() => null);
  clearInterval(timer);
  // 150 if nothing else ran on this machine; a loop that is held would have none.
  expect(turns).toBeGreaterThan(30);
});

test('more waiting operations than there is room for are turned away, and say so', async () => {
  const planning = testPlanning({ waiting: 2, planTime: 1_500 });
  const { planner } = await planning.open(explodingGraph(8), null);
  const exploding = plan(planner, EXPLODING).catch(() => null);
  const waiting = [plan(planner, '{ small }'), plan(planner, '{ other }')];
  await expect(plan(planner, '{ a: other }')).rejects.toMatchObject({
    message: expect.stringContaining('2 other new ones wait'),
    extensions: { code: 'PLANNING_OVERLOADED', http: { status: 503 } },
  });
  await Promise.all([exploding, ...waiting]);
  await expect(plan(planner, '{ a: other }')).resolves.toBeDefined();
});

test('an operation waits for its turn for a bounded time', async () => {
  const planning = testPlanning({ waitTime: 300, planTime: 2_000 });
  const { planner } = await planning.open(explodingGraph(8), null);
  const exploding = plan(planner, EXPLODING).catch(() => null);
  await expect(plan(planner, '{ small }')).rejects.toEqual(code('PLANNING_OVERLOADED'));
  await exploding;
});

test('an operation without a plan gets the reason as an error, and nothing breaks', async () => {
  const planning = testPlanning();
  const { planner } = await planning.open(compose({ a: 'type Query { a: Int }' }), null);
  await expect(plan(planner, '{ nothing }')).rejects.toMatchObject({
    message: expect.stringMatching(/^The operation cannot be planned: .*nothing/),
    extensions: { code: 'PLANNING_FAILED' },
  });
  await expect(plan(planner, '{ a }')).resolves.toBeDefined();
});

test('what decides a label may refuse: only that request fails', async () => {
  const graph = compose({
    a: 'type Query { a: Int }',
    b: 'type Query { a: Int @override(from: "a", label: "moved") }',
  });
  const { planner } = await testPlanning().open(graph, null);
  const refuse = () => {
    throw new TypeError('no such label');
  };
  const refused = planner.plan(parse('{ a }'), null, refuse);
  const good = planner.plan(parse('{ a }'), null, () => true);
  await expect(refused).rejects.toThrow('no such label');
  expect((await good).compiled.json).toContain('"serviceName":"b"');
});
