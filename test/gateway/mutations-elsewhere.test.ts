import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createControlDatabase, writeState } from '../platform/moves/control-database.ts';
import { calls, guard, moving, mutationGraph, notOwner, resetMutations } from './mutation-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';
import type { TestSubgraph } from './test-subgraph.ts';

let gateway: TestGateway;
let control: string;
beforeAll(async () => {
  control = await createControlDatabase();
  await writeState(control, 'order', { stage: 'cutover' });
  await writeState(control, 'product', { stage: 'sealed', readPercent: 100, writePercent: 100 });
  gateway = await startTestGateway(mutationGraph, { CONTROL_DATABASE_URL: control });
});
afterAll(() => gateway.close());
beforeEach(resetMutations);
afterEach(() => {
  for (const subgraph of Object.values(gateway.subgraphs)) subgraph.answer = null;
});

/** Lets a side have nothing of the kind. @returns how often it was asked */
function hasNothing(side: string, field: string, moves: readonly string[]): { count: number } {
  const asked = { count: 0 };
  (gateway.subgraphs[side] as TestSubgraph).answer = async () => {
    asked.count += 1;
    return {
      status: 200,
      type: 'application/json',
      body: JSON.stringify({
        data: { [field]: null },
        errors: [{ message: `${side} has none`, path: [field], extensions: { code: 'NOT_FOUND' } }],
        extensions: { notFoundHere: moves },
      }),
    };
  };
  return asked;
}

const SHIP = 'mutation { shipOrder(key: "1") { side } }';

describe('an id that a side does not know', () => {
  test('is looked for on the other side', async () => {
    const asked = hasNothing('legacy', 'shipOrder', ['order']);
    const { body } = await gateway.graphql(SHIP);
    expect(body).toEqual({ data: { shipOrder: { side: 'order' } } });
    expect(calls).toEqual(['shipOrder 1 by order']);
    expect(asked.count).toBe(1);
  });

  test('is answered in the words of the first side if the other has nothing either', async () => {
    const first = hasNothing('legacy', 'shipOrder', ['order']);
    const second = hasNothing('order', 'shipOrder', ['order']);
    const { body } = await gateway.graphql(SHIP);
    expect(body).toEqual({
      data: { shipOrder: null },
      errors: [
        { message: 'legacy has none', path: ['shipOrder'], extensions: { code: 'NOT_FOUND' } },
      ],
    });
    expect([first.count, second.count]).toEqual([1, 1]);
  });

  test('is waited for on the other side while it is being moved', async () => {
    hasNothing('legacy', 'shipOrder', ['order']);
    const open = performance.now() + 200;
    guard.current = () => (performance.now() > open ? null : moving());
    const { body } = await gateway.graphql(SHIP);
    expect(body).toEqual({ data: { shipOrder: { side: 'order' } } });
  });

  test('is looked for on each side once, where the other does not own it', async () => {
    const first = hasNothing('legacy', 'shipOrder', ['order']);
    guard.current = () => notOwner({ move: 'order', owner: 'legacy' });
    const { body } = await gateway.graphql(SHIP);
    expect(body.errors[0].message).toBe('legacy has none');
    expect(first.count).toBe(2);
    expect(calls).toEqual(['shipOrder 1 by order: refused']);
  });

  test('is not looked for once the move is sealed', async () => {
    const asked = hasNothing('product', 'addProduct', ['product']);
    const { body } = await gateway.graphql('mutation { addProduct(key: "1") { side } }');
    expect(body.data).toEqual({ addProduct: null });
    expect(asked.count).toBe(1);
    expect(calls).toEqual([]);
  });

  test('is looked for by a client that is still there only', async () => {
    guard.current = () => moving();
    const gone = new AbortController();
    const sent = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: SHIP }),
      signal: gone.signal,
    });
    await expect.poll(() => calls.length).toBeGreaterThan(1);
    gone.abort();
    await expect(sent).rejects.toThrow('abort');
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    const after = calls.length;
    await new Promise((resolve) => {
      setTimeout(resolve, 600);
    });
    expect(calls.length).toBe(after);
  });
});
