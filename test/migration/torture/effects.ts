import type { Side } from '#platform/moves/moves.ts';

/** What a committed transaction has done. Whatever has an id keeps it, and gets it once. */
export type Effect =
  | { readonly is: 'order'; readonly id: string; readonly customer: string }
  /** An item of an order, new or as it was changed; its version rises with each change. */
  | { readonly is: 'item'; readonly id: string; readonly order: string; readonly version: number }
  /** A text that nobody else writes was appended to one of an order or an item. */
  | {
      readonly is: 'token';
      readonly of: 'order' | 'item';
      readonly holder: string;
      readonly token: string;
    }
  /** An order reached a status, by its place among them. */
  | { readonly is: 'status'; readonly id: string; readonly rank: number }
  | { readonly is: 'gone'; readonly ids: readonly string[] }
  | { readonly is: 'movement'; readonly id: string; readonly delta: number }
  | { readonly is: 'reservation'; readonly id: string; readonly state: ReservationState };

export type ReservationState = 'held' | 'committed' | 'released';

/** What a process of writers tells. */
export type Telling =
  | { readonly tell: 'acknowledged' | 'unknown'; readonly effects: readonly Effect[] }
  /** A write on the wrong side was refused, as it must be. */
  | { readonly tell: 'refused'; readonly side: Side }
  | { readonly tell: 'aborted' }
  | { readonly tell: 'fault'; readonly fault: string };

/** What a process of writers is told when it starts. */
export interface WriterStart {
  readonly seed: number;
  /** Begins all its tokens; nobody else has it. */
  readonly letter: string;
  readonly urls: { readonly legacy: string; readonly orders: string; readonly inventory: string };
  readonly customers: readonly string[];
  readonly connections: number;
  /** The share of transactions that last for long. */
  readonly long: number;
  /** Where given, it moves stock as well. */
  readonly stock?: { readonly products: readonly string[]; readonly warehouses: readonly string[] };
}
