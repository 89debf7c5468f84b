import { DAY, HOUR, MINUTE, REFERENCE } from './clock.ts';
import type { Random } from './random.ts';

export type OrderStatus = 'NEW' | 'CONF' | 'PAID' | 'SHIP' | 'DLVD' | 'CANC' | 'RETD';

/** What has happened to an order, and when. */
export interface OrderHistory {
  readonly status: OrderStatus;
  readonly orderedAt: number;
  readonly confirmedAt: number | null;
  readonly paidAt: number | null;
  readonly shippedAt: number | null;
  readonly deliveredAt: number | null;
  readonly cancelledAt: number | null;
  readonly returnedAt: number | null;
  /** The last of these times. */
  readonly updatedAt: number;
}

/** The way of an order that nobody disturbs, with the shortest and longest time that each step takes. */
const WAY = [
  ['CONF', 10 * MINUTE, 20 * HOUR],
  ['PAID', 5 * MINUTE, 2 * DAY],
  ['SHIP', 4 * HOUR, 3 * DAY],
  ['DLVD', DAY, 6 * DAY],
] as const;
const CANCELLED = ['CANC', 10 * MINUTE, 3 * DAY] as const;
const RETURNED = ['RETD', 2 * DAY, 20 * DAY] as const;

type Step = (typeof WAY)[number] | typeof CANCELLED | typeof RETURNED;

/** Draws what becomes of an order. What would happen after the reference time has not happened yet. */
export function drawHistory(random: Random, orderedAt: number): OrderHistory {
  const times: [OrderStatus, number][] = [];
  let time = orderedAt;
  for (const [status, shortest, longest] of drawSteps(random)) {
    time += random.between(shortest, longest);
    if (time >= REFERENCE) break;
    times.push([status, time]);
  }
  return historyOf(orderedAt, times);
}

/** Draws the history of an order that stands at a given status now, however young it is. */
export function drawHistoryUntil(
  random: Random,
  orderedAt: number,
  status: OrderStatus,
): OrderHistory {
  let time = orderedAt;
  const times = stepsUntil(status).map(([name, shortest, longest]): [OrderStatus, number] => {
    time += random.between(shortest, longest);
    return [name, time];
  });
  const available = REFERENCE - HOUR - orderedAt;
  const shrink = Math.min(1, available / (time - orderedAt || 1));
  return historyOf(
    orderedAt,
    times.map(([name, at]) => [name, orderedAt + Math.floor((at - orderedAt) * shrink)]),
  );
}

/** 8% are cancelled, 5% come back, and a few are never paid. */
function drawSteps(random: Random): readonly Step[] {
  const fate = random.unit();
  if (fate < 0.08) return [...WAY.slice(0, random.below(3)), CANCELLED];
  if (fate < 0.13) return [...WAY, RETURNED];
  if (fate < 0.134) return WAY.slice(0, 1);
  return WAY;
}

function stepsUntil(status: OrderStatus): readonly Step[] {
  if (status === 'CANC') return [...WAY.slice(0, 1), CANCELLED];
  if (status === 'RETD') return [...WAY, RETURNED];
  return WAY.slice(0, WAY.findIndex(([name]) => name === status) + 1);
}

function historyOf(orderedAt: number, times: readonly [OrderStatus, number][]): OrderHistory {
  const at = (status: OrderStatus) => times.find(([name]) => name === status)?.[1] ?? null;
  const [status, updatedAt] = times.at(-1) ?? (['NEW', orderedAt] as const);
  return {
    status,
    orderedAt,
    confirmedAt: at('CONF'),
    paidAt: at('PAID'),
    shippedAt: at('SHIP'),
    deliveredAt: at('DLVD'),
    cancelledAt: at('CANC'),
    returnedAt: at('RETD'),
    updatedAt,
  };
}
