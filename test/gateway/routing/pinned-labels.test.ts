import { describe, expect, test } from 'vitest';
import { bucketOf } from '#platform/moves/bucket.ts';
import type { MoveProgress, MoveState } from '#platform/moves/move-state.ts';
import { withPins, type Pin } from '#platform/moves/pins.ts';
import type { Flags } from '../../../gateway/routing/flags/flags.ts';
import { labelDecision, type LabelRequest } from '../../../gateway/routing/label-decision.ts';
import { fixedMoveStates, type MoveStates } from '../../../gateway/routing/move-states.ts';

const LABELS = new Set(['order', 'product']);
const USER = 'user-1';

interface Surroundings {
  readonly state?: Partial<MoveProgress>;
  readonly pins?: readonly Pin[];
  readonly isCertain?: boolean;
  readonly flags?: Flags | null;
}

function labelsOf(surroundings: Surroundings, kind: LabelRequest['kind'] = 'query', key = USER) {
  const { state, pins = [], isCertain = true, flags = null } = surroundings;
  const order: MoveState = {
    move: 'order',
    stage: 'cutover',
    readPercent: 100,
    writePercent: 0,
    version: 1,
    updatedAt: new Date(0),
    updatedBy: 'a test',
    ...state,
  };
  const moves = { version: 1, moves: new Map([['order', order]]) };
  const states: MoveStates = {
    ...fixedMoveStates(moves),
    current: () => withPins(moves, pins),
    isCertain: () => isCertain,
  };
  const request = { kind, subject: { key, setCookie: null }, role: null, header: undefined };
  return labelDecision({ states, flags, trustHeader: false })(LABELS, request);
}

const pin = (given: Partial<Pin> = {}): Pin => ({
  move: 'order',
  bucket: bucketOf('order', USER),
  side: 'legacy',
  ...given,
});
const NEW: Flags = {
  ask: async () => true,
  status: () => ({ provider: 'a test', state: 'asked', trouble: null }),
  close: async () => {},
};

describe('a pin', () => {
  test('sends the queries of its readers to the side that it names, and those of nobody else', () => {
    expect(labelsOf({ pins: [pin()] }).isOn('order')).toBe(false);
    expect(labelsOf({ pins: [pin()] }, 'query', 'user-2').isOn('order')).toBe(true);
    expect(
      labelsOf({ pins: [pin({ side: 'new' })], state: { readPercent: 0 } }).isOn('order'),
    ).toBe(true);
  });

  test('of everybody sends each to the owner of what they write', () => {
    const everybody = [pin({ bucket: null, side: null })];
    expect(labelsOf({ pins: everybody }).isOn('order')).toBe(false);
    const state = { readPercent: 0, writePercent: 100 };
    expect(labelsOf({ pins: everybody, state }).isOn('order')).toBe(true);
  });

  test('says nothing where one side answers everybody', () => {
    for (const stage of ['legacy', 'sync', 'shadow', 'sealed'] as const) {
      const state = { stage, readPercent: 0 };
      expect(labelsOf({ pins: [pin({ side: 'new' })], state }).isOn('order')).toBe(false);
    }
  });

  test('says nothing to mutations', () => {
    const state = { writePercent: 100 };
    expect(labelsOf({ pins: [pin()], state }, 'mutation').isOn('order')).toBe(true);
  });

  test('goes before what a provider of flags says', async () => {
    const labels = labelsOf({ pins: [pin()], flags: NEW });
    await labels.ask(LABELS);
    expect([labels.isOn('order'), labels.isOn('product')]).toEqual([false, true]);
  });
});

describe('without a lease', () => {
  test('queries go to the owner, and say that they are in doubt', async () => {
    const labels = labelsOf({ isCertain: false, flags: NEW });
    await labels.ask(LABELS);
    expect(labels.isDoubtful?.()).toBe(false);
    expect(labels.isOn('order')).toBe(false);
    expect(labels.isDoubtful?.()).toBe(true);
  });

  test('queries go by the pin that was known last', () => {
    const state = { writePercent: 100 };
    expect(labelsOf({ isCertain: false, pins: [pin()], state }).isOn('order')).toBe(false);
  });

  test('nothing is in doubt of moves that one side answers', () => {
    for (const stage of ['legacy', 'sync', 'shadow', 'sealed'] as const) {
      const labels = labelsOf({ isCertain: false, state: { stage, readPercent: 100 } });
      expect(labels.isOn('order')).toBe(true);
      expect(labels.isDoubtful?.()).toBe(false);
    }
  });

  test('mutations are not in doubt: a side that does not own refuses them', () => {
    const labels = labelsOf({ isCertain: false }, 'mutation');
    labels.isOn('order');
    expect(labels.isDoubtful?.()).toBe(false);
  });
});
