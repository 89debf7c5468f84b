import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  knownStates,
  leafAt,
  unknownStates,
  withLeaf,
  type PlanTree,
} from '../../../gateway/planning/plan-tree.ts';
import type { LabelStates } from '../../../gateway/planning/planner.ts';
import { allStates } from './planning-in-tests.ts';

const NAMES = ['a', 'b', 'c', 'd'];
const STATES = allStates(NAMES);

/** A planner that reads labels in an order of its own, which may depend on the answers, and then has a plan. */
type Reader = { label: string; off: Reader; on: Reader } | { plan: string };

const reader = (names: readonly string[]): fc.Arbitrary<Reader> => {
  const plan = fc.constantFrom('p', 'q', 'r').map((name) => ({ plan: name }));
  if (names.length === 0) return plan;
  const reading = fc.constantFrom(...names).chain((label) => {
    const rest = names.filter((name) => name !== label);
    return fc.record({ label: fc.constant(label), off: reader(rest), on: reader(rest) });
  });
  return fc.oneof({ weight: 1, arbitrary: plan }, { weight: 4, arbitrary: reading });
};

function read(from: Reader, states: LabelStates): { read: LabelStates; plan: string } {
  const labels = new Map<string, boolean>();
  let at = from;
  while ('label' in at) {
    const isOn = states.get(at.label) ?? false;
    labels.set(at.label, isOn);
    at = isOn ? at.on : at.off;
  }
  return { read: labels, plan: at.plan };
}

const planOf = (from: Reader, states: LabelStates) => read(from, states).plan;

/** The labels that some plan depends on. */
const mattering = (from: Reader) =>
  NAMES.filter((name) =>
    STATES.some(
      (states) =>
        planOf(from, new Map(states).set(name, true)) !==
        planOf(from, new Map(states).set(name, false)),
    ),
  );

const asked = (tree: PlanTree<string> | null, states: LabelStates) => {
  const labels: string[] = [];
  const leaf = leafAt(tree, (label) => {
    labels.push(label);
    return states.get(label) ?? false;
  });
  return { labels, leaf };
};

describe('the plans of an operation by states of labels', () => {
  test('a plan is found for the states that it was read for, and never for others', () => {
    fc.assert(
      fc.property(reader(NAMES), fc.shuffledSubarray(STATES), (planner, states) => {
        let tree: PlanTree<string> | null = null;
        for (const state of states) {
          const made = read(planner, state);
          if (leafAt(tree, (label) => state.get(label) ?? false) === undefined) {
            tree = withLeaf(tree, made.read, made.plan, true);
          }
          expect(asked(tree, state).leaf).toBe(made.plan);
          for (const other of STATES) {
            expect([planOf(planner, other), undefined]).toContain(asked(tree, other).leaf);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('when all is known, only labels that matter are asked for, each once at most', () => {
    fc.assert(
      fc.property(reader(NAMES), (planner) => {
        let tree: PlanTree<string> | null = null;
        do {
          const made = read(planner, unknownStates(tree)[0] ?? new Map());
          tree = withLeaf(tree, made.read, made.plan, true);
        } while (unknownStates(tree).length > 0);
        const labels = new Set<string>();
        for (const state of STATES) {
          const found = asked(tree, state);
          expect(found.leaf).toBe(planOf(planner, state));
          expect(new Set(found.labels).size).toBe(found.labels.length);
          for (const label of found.labels) labels.add(label);
        }
        expect([...labels].sort()).toEqual(mattering(planner));
        expect(knownStates(tree).length).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });

  test('a leaf that does not stay is replaced, by one that needs more labels too', () => {
    const failed = withLeaf<string>(null, new Map([['a', true]]), 'failed', false);
    const made = new Map([
      ['a', true],
      ['b', false],
    ]);
    const tree = withLeaf(failed, made, 'plan', true);
    expect(asked(tree, made)).toEqual({ labels: ['a', 'b'], leaf: 'plan' });
    expect(asked(tree, new Map([['a', false]])).leaf).toBeUndefined();
  });

  test('readings that contradict the ones before make it begin anew', () => {
    const first = withLeaf<string>(null, new Map([['a', true]]), 'one', true);
    const tree = withLeaf(first, new Map([['b', true]]), 'two', true);
    expect(asked(tree, new Map([['b', true]]))).toEqual({ labels: ['b'], leaf: 'two' });
    expect(asked(tree, new Map([['a', true]])).leaf).toBeUndefined();
  });
});
