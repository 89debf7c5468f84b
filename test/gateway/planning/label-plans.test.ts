import { readFileSync } from 'node:fs';
import { parse, print, type DocumentNode } from 'graphql';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { readKnownOperations } from '../../../gateway/planning/known-operations.ts';
import { buildSupergraph } from '../../../gateway/planning/planned-supergraph.ts';
import type {
  DecideLabel,
  LabelStates,
  PlannedOperation,
} from '../../../gateway/planning/planner.ts';
import { LABEL_STATES } from '../../federation/label-states.ts';
import {
  allStates,
  closePlannings,
  compose,
  testPlanning,
  type Compiled,
} from './planning-in-tests.ts';

afterAll(closePlannings);

/** Legacy with every field, three domains that take some of them, and what depends on either side. */
const MOVING = compose({
  legacy: `
    type Query { me: User media: [Media!]! found: [Found!]! product(id: ID!): Product top: Product unmoved: Int }
    type Mutation { first: Int second: Int }
    type User @key(fields: "id") @key(fields: "email") { id: ID! email: String! name: String! @shareable favourite: Product }
    type Product @key(fields: "id") { id: ID! name: String weight: Int price: Money }
    type Money @shareable { amount: Int! currency: String! }
    interface Media { id: ID! title: String! }
    type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
    type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
    union Found = Book | Film | Product
  `,
  auth: `
    type Query { me: User @override(from: "legacy", label: "auth") }
    type User @key(fields: "id") {
      id: ID!
      name: String! @shareable @override(from: "legacy", label: "auth")
      logins: Int
    }
  `,
  catalogue: `
    type Query { product(id: ID!): Product @override(from: "legacy", label: "product") }
    type Mutation { first: Int @override(from: "legacy", label: "writes") }
    type Product @key(fields: "id") {
      id: ID!
      name: String @override(from: "legacy", label: "product")
      weight: Int @override(from: "legacy", label: "weight")
      price: Money @override(from: "legacy", label: "product")
    }
    type Money @shareable { amount: Int! currency: String! }
    type Book @key(fields: "id") { id: ID! title: String! @override(from: "legacy", label: "books") }
  `,
  shipping: `
    type Product @key(fields: "id") { id: ID! weight: Int @external shippingCost: Int @requires(fields: "weight") }
  `,
  reviews: `
    type Query { reviews: [Review!]! }
    type Review { id: ID! author: User @provides(fields: "name") product: Product }
    type User @key(fields: "id") { id: ID! name: String! @external }
    type Product @key(fields: "id") { id: ID! }
  `,
});

/** A field that a subgraph has for good, and that moves between two others. */
const NEVER_TAKEN = compose({
  legacy: `
    type Thing @key(fields: "id") { id: ID! size: Size @shareable }
    type Size @shareable { width: Int }
    type Query { fromLegacy: Thing }
  `,
  domain: `
    type Thing @key(fields: "id") { id: ID! size: Size @shareable @override(from: "legacy", label: "moved") }
    type Size @shareable { width: Int }
  `,
  shelf: `
    type Query { thing: Thing }
    type Thing @key(fields: "id") { id: ID! size: Size @shareable }
    type Size @shareable { width: Int }
  `,
});

type Graph = ReturnType<typeof buildSupergraph>;

const freshPlan = (
  graph: Graph,
  document: DocumentNode,
  name: string | null,
  states: LabelStates,
) => graph.plan(print(document), name, (label) => states.get(label) ?? false).json;

/** How often each plan is the right one. */
function freshPlans(graph: Graph, document: DocumentNode, name: string | null) {
  return new Set(
    allStates(graph.parts.labels).map((states) => freshPlan(graph, document, name, states)),
  );
}

describe('plans for the states of labels that matter', async () => {
  const { planner } = await testPlanning().open(MOVING, null);
  const cases: [text: string, labels: string[]][] = [
    ['{ unmoved }', []],
    ['{ __typename }', []],
    ['{ reviews { id } }', []],
    ['{ me { id } }', ['auth']],
    ['{ me { name logins } }', ['auth']],
    ['{ reviews { author { name } } }', []],
    ['{ reviews { author { email } } }', []],
    ['{ reviews { product { shippingCost } } }', ['weight']],
    ['{ reviews { author { favourite { id } } } }', []],
    ['{ product(id: 1) { name } }', ['product']],
    [
      '{ product(id: 1) { ...f } } fragment f on Product { shippingCost price { amount } }',
      ['product', 'weight'],
    ],
    ['{ top { price { currency } } }', ['product']],
    ['{ media { id } }', []],
    // A field that the interface itself has is taken from whoever answers for the interface, whatever the label says.
    ['{ media { title } }', []],
    ['{ media { ... on Book { title } } }', ['books']],
    ['{ media { ... on Film { title } } }', []],
    [
      '{ found { ... on Book { title } ...w } } fragment w on Product { weight }',
      ['books', 'weight'],
    ],
    ['mutation { second }', []],
    ['mutation { first second }', ['writes']],
    ['query($x: Boolean!) { me @skip(if: $x) { name } top { name } }', ['auth', 'product']],
  ];

  test.each(cases)('%s has one for each state of %j', async (text, labels) => {
    const document = parse(text);
    const graph = buildSupergraph(MOVING);
    const kept = new Set<PlannedOperation<Compiled>>();
    const asked = new Set<string>();
    for (const states of allStates(graph.parts.labels)) {
      const decide = (label: string) => {
        asked.add(label);
        return states.get(label) ?? false;
      };
      for (let time = 0; time < 2; time += 1) {
        const planned = await planner.plan(document, null, decide);
        kept.add(planned);
        expect(planned.compiled.json).toBe(freshPlan(graph, document, null, states));
      }
    }
    expect(kept.size).toBe(freshPlans(graph, document, null).size);
    expect([...asked].sort()).toEqual(labels);
  });

  test('all labels that the supergraph has are known', () => {
    expect(buildSupergraph(MOVING).parts.labels).toEqual([
      'auth',
      'books',
      'product',
      'weight',
      'writes',
    ]);
  });
});

test('a label on the way that is never taken is no longer asked for once that is found out', async () => {
  const { planner } = await testPlanning().open(NEVER_TAKEN, null);
  const document = parse('{ thing { size { width } } }');
  const asked = async (isOn: boolean) => {
    const labels: string[] = [];
    const { compiled } = await planner.plan(document, null, (label) => {
      labels.push(label);
      return isOn;
    });
    expect(compiled.json).not.toContain('Flatten');
    return labels;
  };
  expect(await asked(false)).toEqual(['moved']);
  await vi.waitFor(async () => expect(await asked(true)).toEqual([]), { timeout: 10_000 });
  const moving = parse('{ fromLegacy { size { width } } }');
  const plans = [false, true].map(async (isOn) => planner.plan(moving, null, () => isOn));
  const [before, after] = await Promise.all(plans);
  expect(before?.compiled.json).not.toBe(after?.compiled.json);
});

test('every operation of our clients has the plan made afresh, in every state of our labels', async () => {
  const sdl = readFileSync('schema/supergraph.graphql', 'utf8');
  const graph = buildSupergraph(sdl);
  const { planner } = await testPlanning().open(sdl, null);
  const states = allStates(graph.parts.labels);
  expect(states).toHaveLength(LABEL_STATES.length);
  for (const { document, operationName } of await readKnownOperations('schema/operations')) {
    const kept = new Set<PlannedOperation<Compiled>>();
    const fresh = new Set<string>();
    for (const state of states) {
      const decide = (label: string) => state.get(label) ?? false;
      const planned = await planner.plan(document, operationName, decide);
      const json = freshPlan(graph, document, operationName, state);
      kept.add(planned);
      fresh.add(json);
      if (planned.compiled.json !== json) expect.fail(`${operationName}: ${json}`);
    }
    expect(kept.size).toBe(fresh.size);
  }
}, 180_000);

test('an operation without moving fields has one plan, and asks for no label', async () => {
  const sdl = readFileSync('schema/supergraph.graphql', 'utf8');
  const { planner } = await testPlanning().open(sdl, null);
  const document = parse('{ __schema { queryType { name } } __typename }');
  const decide = vi.fn<DecideLabel>(() => true);
  const first = await planner.plan(document, null, decide);
  expect(planner.plan(document, null, decide)).toBe(first);
  expect(decide).not.toHaveBeenCalled();
});
