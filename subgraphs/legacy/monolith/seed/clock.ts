import { wallClock } from '../times.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The demo data tells what happened before this moment, whenever it is loaded. */
export const REFERENCE = Date.parse('2026-01-01T00:00:00.000+09:00');
/** When the first order was placed. */
export const SHOP_OPENED = Date.parse('2024-01-01T00:00:00.000+09:00');
/** When the first accounts and products were made. */
export const SHOP_PREPARED = Date.parse('2023-01-01T00:00:00.000+09:00');

/** A time as the monolith's columns hold it. */
export function jst(time: number): string {
  return wallClock(new Date(time));
}

/** The same for a time that may be absent. */
export function jstOrNull(time: number | null): string | null {
  return time === null ? null : jst(time);
}

/** Cents as decimal dollars. */
export function dollars(cents: number): string {
  const rest = cents % 100;
  return `${(cents - rest) / 100}.${rest < 10 ? '0' : ''}${rest}`;
}
