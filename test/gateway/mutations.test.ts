import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  calls,
  guard,
  moving,
  mutationGraph,
  notOwner,
  resetMutations,
  running,
} from './mutation-graph.ts';
import { startTestGateway, type TestGateway } from './test-gateway.ts';
import type { TestSubgraph } from './test-subgraph.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway(mutationGraph, { TRUST_OVERRIDE_HEADER: 'true' });
});
afterAll(() => gateway.close());
beforeEach(resetMutations);
afterEach(() => {
  for (const subgraph of Object.values(gateway.subgraphs)) subgraph.answer = null;
});

/** Sends a mutation with these labels on. */
const mutate = (mutation: string, labels = '', variables: Record<string, unknown> = {}) =>
  gateway.graphql(mutation, variables, { 'x-override-labels': labels });
const subgraph = (name: string) => gateway.subgraphs[name] as TestSubgraph;
const codes = (errors: { extensions: { code: string } }[]) =>
  errors.map(({ extensions }) => extensions.code);

/** Lets one side own all orders: the other refuses, and says who does. */
function ownedBy(owner: string, told: Record<string, unknown> = { move: 'order' }) {
  guard.current = (side, name) =>
    name.endsWith('Order') && side !== owner ? notOwner(told) : null;
}

describe('the root fields of a mutation', () => {
  test('run one at a time, in their order, each by its own labels', async () => {
    const { body } = await mutate(
      `mutation {
        a: placeOrder(key: "1") { side parcel }
        b: addProduct(key: "2") { side }
        c: shipOrder(key: "1") { side }
        d: unmoved(key: "3") { side }
      }`,
      'order',
    );
    expect(body).toEqual({
      data: {
        a: { side: 'order', parcel: 'parcel of 1' },
        b: { side: 'legacy' },
        c: { side: 'order' },
        d: { side: 'legacy' },
      },
    });
    expect(Object.keys(body.data)).toEqual(['a', 'b', 'c', 'd']);
    expect(calls).toEqual([
      'placeOrder 1 by order',
      'addProduct 2 by legacy',
      'shipOrder 1 by order',
      'unmoved 3 by legacy',
    ]);
    expect(running.most).toBe(1);
  });

  test('stand in fragments, under conditions and behind variables as in a query', async () => {
    const mutation = `mutation Both($key: ID!, $yes: Boolean!, $no: Boolean!) {
      ...First @include(if: $yes)
      ... on Mutation @skip(if: $yes) { skipped: placeOrder(key: "skipped") { id } }
      second: shipOrder(key: $key) @skip(if: $no) { ...Fields }
      ... @include(if: $no) { third: addProduct(key: "third") { id } }
      first: placeOrder(key: $key) { side }
      __typename
      fourth: addProduct(key: "4") @include(if: $yes) @skip(if: $no) { id }
    }
    fragment First on Mutation { first: placeOrder(key: $key) { ...Fields } }
    fragment Fields on Order { id }`;
    const { body } = await mutate(mutation, '', { key: 'k', yes: true, no: false });
    expect(body).toEqual({
      data: {
        first: { id: 'k', side: 'legacy' },
        second: { id: 'k' },
        __typename: 'Mutation',
        fourth: { id: '4' },
      },
    });
    expect(calls).toEqual([
      'placeOrder k by legacy',
      'shipOrder k by legacy',
      'addProduct 4 by legacy',
    ]);
    const none = await mutate(
      'mutation ($no: Boolean!) { a: placeOrder(key: "1") @include(if: $no) { id } b: shipOrder(key: "1") @include(if: $no) { id } }',
      'order',
      { no: false },
    );
    expect(none.body).toEqual({ data: {} });
  });

  test('that fail leave the others alone, unless the null comes up to the root', async () => {
    guard.current = (_side, name) =>
      name === 'shipOrder' || name === 'mustHave' ? (new Error('no') as never) : null;
    const partly = await mutate(
      'mutation { a: shipOrder(key: "1") { id } b: placeOrder(key: "2") { id } }',
    );
    expect(partly.body.data).toEqual({ a: null, b: { id: '2' } });
    expect(partly.body.errors).toHaveLength(1);
    const whole = await mutate(
      'mutation { a: placeOrder(key: "3") { id } b: mustHave(key: "4") { id } c: placeOrder(key: "5") { id } }',
    );
    expect(whole.body.data).toBeNull();
    expect(whole.body.errors).toHaveLength(1);
    expect(whole.body.errors[0].path).toEqual(['b']);
    expect(calls.slice(2)).toEqual(['placeOrder 3 by legacy', 'mustHave 4 by legacy: refused']);
  });
});

describe('a side that does not own', () => {
  test.each([
    ['the owner is named', { move: 'order', owner: 'new' }],
    ['only the move is named', { move: 'order' }],
    ['nothing is named', {}],
  ])('sends the refused field, and it alone, to the other one: %s', async (_title, told) => {
    guard.current = (side, name) =>
      name === 'shipOrder' && side === 'legacy' ? notOwner(told) : null;
    const { body } = await mutate(
      'mutation { a: placeOrder(key: "1") { side } b: shipOrder(key: "1") { side parcel } c: placeOrder(key: "2") { side } }',
    );
    expect(body).toEqual({
      data: {
        a: { side: 'legacy' },
        b: { side: 'order', parcel: 'parcel of 1' },
        c: { side: 'legacy' },
      },
    });
    expect(calls).toEqual([
      'placeOrder 1 by legacy',
      'shipOrder 1 by legacy: refused',
      'shipOrder 1 by order',
      'placeOrder 2 by legacy',
    ]);
  });

  test('is right whichever side was tried first, also where the field was refused on the new one', async () => {
    ownedBy('legacy', { move: 'order', owner: 'legacy' });
    const { body } = await mutate('mutation { placeOrder(key: "1") { side } }', 'order');
    expect(body).toEqual({ data: { placeOrder: { side: 'legacy' } } });
    expect(calls).toEqual(['placeOrder 1 by order: refused', 'placeOrder 1 by legacy']);
  });

  test('is asked again by nobody whose field does not move: the refusal is the answer', async () => {
    guard.current = (_side, name) => (name === 'unmoved' ? notOwner() : null);
    const { body } = await mutate('mutation { unmoved(key: "1") { id } }');
    expect(body.data).toEqual({ unmoved: null });
    expect(codes(body.errors)).toEqual(['NOT_OWNER']);
    expect(calls).toEqual(['unmoved 1 by legacy: refused']);
  });

  test('in the middle of a flip, when neither owns, is asked until one does', async () => {
    const open = performance.now() + 400;
    guard.current = (side) =>
      side === 'order' && performance.now() > open ? null : notOwner({ move: 'order' });
    const { body } = await mutate('mutation { placeOrder(key: "1") { side } }');
    expect(body).toEqual({ data: { placeOrder: { side: 'order' } } });
    expect(calls.filter((call) => !call.endsWith('refused'))).toEqual(['placeOrder 1 by order']);
    expect(calls.length).toBeLessThan(15);
  });

  test('is the answer after two seconds if neither ever owns', async () => {
    guard.current = () => notOwner({ move: 'order' });
    const began = performance.now();
    const { body } = await mutate('mutation { placeOrder(key: "1") { side } }');
    expect(performance.now() - began).toBeGreaterThan(1_900);
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(codes(body.errors)).toEqual(['NOT_OWNER']);
    expect(new Set(calls)).toEqual(
      new Set(['placeOrder 1 by legacy: refused', 'placeOrder 1 by order: refused']),
    );
  });
});

describe('data that is being moved', () => {
  test('lets a field wait until it can be written', async () => {
    const open = performance.now() + 500;
    guard.current = () => (performance.now() > open ? null : moving());
    const { body } = await mutate(
      'mutation { a: placeOrder(key: "1") { side } b: shipOrder(key: "1") { side } }',
    );
    expect(body).toEqual({ data: { a: { side: 'legacy' }, b: { side: 'legacy' } } });
    expect(calls.slice(-2)).toEqual(['placeOrder 1 by legacy', 'shipOrder 1 by legacy']);
    expect(performance.now()).toBeGreaterThan(open);
  });

  test('lets it wait no longer than two seconds, with pauses that are not alike, then says MOVING', async () => {
    const times: number[] = [];
    guard.current = (_side, name) => {
      if (name !== 'placeOrder') return null;
      times.push(performance.now());
      return moving();
    };
    const began = performance.now();
    const { body } = await mutate(
      'mutation { a: placeOrder(key: "1") { side } b: shipOrder(key: "2") { side } }',
    );
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(1_900);
    expect(took).toBeLessThan(3_000);
    expect(body.data).toEqual({ a: null, b: { side: 'legacy' } });
    expect(codes(body.errors)).toEqual(['MOVING']);
    expect(body.errors[0].path).toEqual(['a']);
    expect(times.length).toBeGreaterThan(5);
    expect(times.length).toBeLessThan(25);
    const pauses = times.slice(1).map((time, index) => Math.round(time - (times[index] as number)));
    expect(new Set(pauses).size).toBeGreaterThan(pauses.length / 2);
  });

  test('goes to the side that owns it afterwards', async () => {
    const open = performance.now() + 300;
    guard.current = (side) => {
      if (performance.now() < open) return moving();
      return side === 'order' ? null : notOwner({ move: 'order', owner: 'new' });
    };
    const { body } = await mutate('mutation { placeOrder(key: "1") { side } }');
    expect(body).toEqual({ data: { placeOrder: { side: 'order' } } });
    expect(calls.at(-1)).toBe('placeOrder 1 by order');
  });
});

describe('a field that has run', () => {
  const once = ['placeOrder 1 by legacy'];

  test('never runs again because of an error below it', async () => {
    const { body } = await mutate('mutation { placeOrder(key: "1") { id broken } }');
    expect(body.data).toEqual({ placeOrder: { id: '1', broken: null } });
    expect(codes(body.errors)).toEqual(['NOT_OWNER']);
    expect(calls).toEqual(once);
  });

  test.each([
    ['an entity', ['_entities', 0]],
    ['all entities', ['_entities']],
  ])('never runs again because of what is fetched after it refuses %s', async (_title, path) => {
    subgraph('parcels').answer = async () => ({
      status: 200,
      type: 'application/json',
      body: JSON.stringify({
        data: { _entities: [null] },
        errors: [{ message: 'no', path, extensions: { code: 'NOT_OWNER', move: 'order' } }],
        extensions: { notFoundHere: ['order'] },
      }),
    });
    const { body } = await mutate('mutation { placeOrder(key: "1") { id parcel } }');
    expect(body.data).toEqual({ placeOrder: { id: '1', parcel: null } });
    expect(codes(body.errors)).toEqual(['NOT_OWNER']);
    expect(calls).toEqual(once);
  });

  test('never runs again because its own error comes with a value', async () => {
    let received = 0;
    subgraph('legacy').answer = async () => {
      received += 1;
      return {
        status: 200,
        type: 'application/json',
        body: JSON.stringify({
          data: { placeOrder: { id: '1' } },
          errors: [
            {
              message: 'no',
              path: ['placeOrder'],
              extensions: { code: 'NOT_OWNER', move: 'order' },
            },
          ],
        }),
      };
    };
    await mutate('mutation { placeOrder(key: "1") { id } }');
    expect(received).toBe(1);
    expect(calls).toEqual([]);
  });

  test('never runs again because its answer is lost', async () => {
    const { received } = subgraph('legacy');
    const before = received.length;
    for (const answer of [
      'reset',
      { status: 503, type: 'text/plain', body: 'away' },
      { status: 200, type: 'application/json', body: '{}' },
    ] as const) {
      subgraph('legacy').answer = async () => answer;
      const { body } = await mutate(
        'mutation { a: placeOrder(key: "1") { id } b: addProduct(key: "2") { id } }',
        'product',
      );
      expect(body.data).toEqual({ a: null, b: { id: '2' } });
      expect(codes(body.errors)[0]).toMatch(/^SUBGRAPH_/);
    }
    expect(received.length - before).toBe(3);
  });
});

test('each field that is planned again is counted, by its reason', async () => {
  const { text } = { text: await (await fetch(`${gateway.url}/metrics`)).text() };
  for (const reason of ['not owner', 'moving']) {
    const [, count] =
      new RegExp(`mutation_replans_total\\{.*reason="${reason}".*\\} (\\d+)`).exec(text) ?? [];
    expect(Number(count)).toBeGreaterThan(1);
  }
});
