import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MoveSnapshot, MoveState, Stage } from '#platform/moves/move-state.ts';
import { MOVES } from '#platform/moves/moves.ts';
import { withPins } from '#platform/moves/pins.ts';
import { movesProvider } from '../../../gateway/routing/flags/moves-provider.ts';
import {
  labelDecision,
  type LabelRequest,
  type RequestLabels,
} from '../../../gateway/routing/label-decision.ts';
import { fixedMoveStates, type MoveStates } from '../../../gateway/routing/move-states.ts';
import type { Subject } from '../../../gateway/routing/subject.ts';

const LABELS = new Set([...MOVES.map(({ name }) => name), 'percent(50)', 'percent(0)', 'other']);

function snapshotOf(percents: Readonly<Record<string, readonly [number, number]>>): MoveSnapshot {
  const states = Object.entries(percents).map(([move, [readPercent, writePercent]]) => ({
    move: move as MoveState['move'],
    stage: 'canary' as Stage,
    readPercent,
    writePercent,
    version: 1,
    updatedAt: new Date(0),
    updatedBy: 'a test',
  }));
  return { version: 1, moves: new Map(states.map((state) => [state.move, state])) };
}

/** A subject that counts how often it is looked at. */
function subject(key = 'user-1'): Subject & { looks: number } {
  return {
    looks: 0,
    get key() {
      this.looks += 1;
      return key;
    },
    setCookie: null,
  };
}

const requestOf = (request: Partial<LabelRequest> = {}): LabelRequest => ({
  kind: 'query',
  subject: subject(),
  role: null,
  header: undefined,
  ...request,
});

function decide(
  percents: Readonly<Record<string, readonly [number, number]>>,
  request: Partial<LabelRequest> = {},
  trustHeader = false,
): RequestLabels {
  const states = fixedMoveStates(snapshotOf(percents));
  return labelDecision({ states, flags: null, trustHeader })(LABELS, requestOf(request));
}

/** How many of 1,000 users have a label on. */
function countOn(
  label: string,
  percents: Readonly<Record<string, readonly [number, number]>>,
  kind: LabelRequest['kind'] = 'query',
): number {
  const users = Array.from({ length: 1_000 }, (_, index) => `user-${index}`);
  return users.filter((user) => decide(percents, { kind, subject: subject(user) }).isOn(label))
    .length;
}

describe('what a service asks', () => {
  test('is answered by the owner where everything has one, such as prices, whatever the share of reads', () => {
    const service = { role: 'service', kind: 'query' } as const;
    expect(decide({ product: [100, 0] }, service).isOn('product')).toBe(false);
    expect(decide({ product: [0, 100] }, service).isOn('product')).toBe(true);
    expect(decide({ product: [100, 0] }).isOn('product')).toBe(true);
  });

  test('goes by the share of reads where buckets of users have owners: it asks for nobody', () => {
    expect(decide({ order: [100, 0] }, { role: 'service' }).isOn('order')).toBe(true);
  });
});

describe('a label', () => {
  test('of a query goes by the share of reads, of a mutation by the share of writes', () => {
    const percents = { order: [10, 60] } as const;
    expect(countOn('order', percents)).toBeGreaterThan(60);
    expect(countOn('order', percents)).toBeLessThan(140);
    expect(countOn('order', percents, 'mutation')).toBeGreaterThan(540);
    expect(countOn('order', percents, 'mutation')).toBeLessThan(660);
  });

  test('of a move whose writes go together is the same for all mutations', () => {
    expect(countOn('inventory', { inventory: [50, 0] }, 'mutation')).toBe(0);
    expect(countOn('inventory', { inventory: [0, 100] }, 'mutation')).toBe(1_000);
  });

  test('of a move without a state, and of no move at all, is off', () => {
    const labels = decide({});
    expect([...LABELS].filter((label) => label !== 'percent(50)' && labels.isOn(label))).toEqual(
      [],
    );
  });

  test('percent(x) is on for x percent of subjects, for the same ones each time', () => {
    expect(countOn('percent(50)', {})).toBe(countOn('percent(50)', {}));
    expect(Math.abs(countOn('percent(50)', {}) - 500)).toBeLessThan(80);
  });

  test('looks at the subject only where the decision depends on it', () => {
    const user = subject();
    const labels = decide({ order: [0, 0], product: [100, 0], ai: [50, 0] }, { subject: user });
    for (const label of ['order', 'product', 'auth', 'percent(0)', 'other']) labels.isOn(label);
    expect(user.looks).toBe(0);
    labels.isOn('ai');
    expect(user.looks).toBe(1);
  });

  test('is decided once per request, on the states that the request began with', () => {
    let snapshot = snapshotOf({ order: [0, 0], ai: [0, 0] });
    const states: MoveStates = {
      ...fixedMoveStates(snapshot),
      current: () => withPins(snapshot, []),
    };
    const decision = labelDecision({ states, flags: null, trustHeader: false });
    const user = subject();
    const before = decision(LABELS, requestOf({ subject: user }));
    expect(before.isOn('order')).toBe(false);
    snapshot = snapshotOf({ order: [100, 0], ai: [100, 0] });
    expect([before.isOn('order'), before.isOn('ai')]).toEqual([false, false]);
    const after = decision(LABELS, requestOf());
    expect([after.isOn('order'), after.isOn('ai')]).toEqual([true, true]);
    const percent = decision(LABELS, requestOf({ subject: user }));
    for (let time = 0; time < 5; time++) percent.isOn('percent(50)');
    expect(user.looks).toBe(1);
  });

  test('is decided alike by the provider of OpenFeature', async () => {
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const percent = fc.constantFrom(0, 0.1, 10, 50, 99.9, 100);
    const percents = fc.dictionary(
      fc.constantFrom(...MOVES.map(({ name }) => name)),
      fc.tuple(percent, percent),
    );
    const kinds = fc.constantFrom('query' as const, 'mutation' as const);
    await fc.assert(
      fc.asyncProperty(percents, kinds, fc.string({ minLength: 1 }), async (shares, kind, key) => {
        const provider = movesProvider(fixedMoveStates(snapshotOf(shares)));
        const labels = decide(shares, { kind, subject: subject(key) });
        for (const label of [...Object.keys(shares), 'percent(50)']) {
          const context = { targetingKey: key, operationKind: kind };
          const { value } = await provider.resolveBooleanEvaluation(label, false, context, log);
          expect(value).toBe(labels.isOn(label));
        }
      }),
    );
  });
});

describe('the header x-override-labels', () => {
  test('decides alone where it is trusted, for queries and mutations', () => {
    for (const kind of ['query', 'mutation'] as const) {
      const labels = decide({ auth: [100, 100] }, { kind, header: ' order , ai,' }, true);
      expect([...LABELS].filter((label) => labels.isOn(label))).toEqual(['order', 'ai']);
    }
  });

  test('is refused with 400 where it names labels that do not exist', () => {
    expect(() => decide({}, { header: 'orders' }, true)).toThrow(
      'The header x-override-labels names labels that the supergraph does not have: orders. It has: auth,',
    );
  });

  test('is ignored where it is not trusted', () => {
    expect(decide({}, { header: 'order,unknown' }).isOn('order')).toBe(false);
  });
});
