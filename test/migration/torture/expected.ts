import type { Effect, ReservationState, Telling } from './effects.ts';

/** What a text may and must hold, and whether it is still there. */
export interface Holder {
  readonly acknowledged: Set<string>;
  readonly unknown: Set<string>;
  /** Whether it is certain that it was made, and whether that it was deleted. */
  isMade: boolean;
  gone: 'no' | 'maybe' | 'yes';
}

export interface ExpectedOrder extends Holder {
  customer: string;
  rank: number;
}

export interface ExpectedItem extends Holder {
  version: number;
  /** Where it was at that version. */
  order: string;
  /** A change of it may have been made, and nobody knows. */
  isUnsure: boolean;
}

/** What writers were told, as far as it says what there must be. */
export interface Expected {
  readonly orders: Map<string, ExpectedOrder>;
  readonly items: Map<string, ExpectedItem>;
  readonly movements: Map<string, { readonly delta: number; readonly isMade: boolean }>;
  readonly reservations: Map<string, Map<ReservationState, 'acknowledged' | 'unknown'>>;
  readonly counts: { acknowledged: number; unknown: number; refused: number; aborted: number };
  readonly faults: string[];
  take(telling: Telling): void;
}

export function expectNothing(): Expected {
  const expected: Expected = {
    orders: new Map(),
    items: new Map(),
    movements: new Map(),
    reservations: new Map(),
    counts: { acknowledged: 0, unknown: 0, refused: 0, aborted: 0 },
    faults: [],
    take(telling) {
      const { counts, faults } = expected;
      if (telling.tell === 'fault') faults.push(telling.fault);
      else if (telling.tell === 'aborted' || telling.tell === 'refused') counts[telling.tell] += 1;
      else {
        counts[telling.tell] += telling.effects.filter(isWrite).length;
        for (const effect of telling.effects)
          expect(expected, effect, telling.tell === 'acknowledged');
      }
    },
  };
  return expected;
}

/** What is born is told with the text that it was born with: that is one write. */
const isWrite = (effect: Effect): boolean =>
  effect.is !== 'order' && !(effect.is === 'item' && effect.version === 1);

const holder = () => ({
  acknowledged: new Set<string>(),
  unknown: new Set<string>(),
  isMade: false,
  gone: 'no' as const,
});

/** Acknowledgements of different writers come in any order: the first may be of what others have already deleted. */
function expect(expected: Expected, effect: Effect, isCertain: boolean): void {
  const { orders, items, movements, reservations } = expected;
  if (effect.is === 'order') {
    const order = orderOf(orders, effect.id);
    order.customer = effect.customer;
    order.isMade ||= isCertain;
  } else if (effect.is === 'item') {
    const item = itemOf(items, effect.id);
    item.isMade ||= isCertain;
    if (!isCertain) item.isUnsure ||= effect.version > 1;
    else if (effect.version > item.version)
      Object.assign(item, { version: effect.version, order: effect.order });
  } else if (effect.is === 'token') {
    const place =
      effect.of === 'order' ? orderOf(orders, effect.holder) : itemOf(items, effect.holder);
    (isCertain ? place.acknowledged : place.unknown).add(effect.token);
  } else if (effect.is === 'status') {
    const order = orderOf(orders, effect.id);
    if (isCertain) order.rank = Math.max(order.rank, effect.rank);
  } else if (effect.is === 'gone') {
    for (const id of effect.ids) {
      const place = orders.get(id) ?? itemOf(items, id);
      if (isCertain) place.gone = 'yes';
      else if (place.gone === 'no') place.gone = 'maybe';
    }
  } else if (effect.is === 'movement') {
    movements.set(effect.id, { delta: effect.delta, isMade: isCertain });
  } else {
    const states =
      reservations.get(effect.id) ?? new Map<ReservationState, 'acknowledged' | 'unknown'>();
    reservations.set(effect.id, states.set(effect.state, isCertain ? 'acknowledged' : 'unknown'));
  }
}

function orderOf(orders: Map<string, ExpectedOrder>, id: string): ExpectedOrder {
  const known = orders.get(id);
  if (known) return known;
  const order = { ...holder(), customer: '', rank: 0 };
  orders.set(id, order);
  return order;
}

function itemOf(items: Map<string, ExpectedItem>, id: string): ExpectedItem {
  const known = items.get(id);
  if (known) return known;
  const item = { ...holder(), version: 0, order: '', isUnsure: false };
  items.set(id, item);
  return item;
}

/** The tokens of a text, each with the point that ends it. */
export const tokensOf = (text: string): string[] => text.match(/[^.]+\./g) ?? [];
