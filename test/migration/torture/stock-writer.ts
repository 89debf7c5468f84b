import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Side } from '#platform/moves/moves.ts';
import { otherSide } from '../../../migration/other-side.ts';
import type { Draw } from './draw.ts';
import type { Effect, Telling } from './effects.ts';
import { transact, type Line } from './line.ts';
import { STOCK_TABLES } from './stock-tables.ts';

export interface StockBook {
  readonly products: readonly string[];
  readonly warehouses: readonly string[];
  tell(telling: Telling): void;
  isOver(): boolean;
}

interface Held {
  readonly id: string;
  readonly order: string;
  readonly product: string;
  readonly warehouse: string;
  readonly pieces: number;
}

/** What happens to transactions that meet others, and is no fault of anybody. */
const EXPECTED = new Set(['MF001', 'MF002', '40001', '40P01', '55P03', '57014']);

/** Receives, ships, promises and settles pieces, until it is over. */
export async function moveStock(
  lines: Readonly<Record<Side, Line>>,
  book: StockBook,
  draw: Draw,
  pause: number,
): Promise<void> {
  const held: Held[] = [];
  let side: Side = 'legacy';
  while (!book.isOver()) {
    const change = drawChange(book, draw, held);
    const isMisrouted = draw.chance(0.05);
    const at: Side = isMisrouted ? otherSide(side) : side;
    const { outcome, effects, refusal } = await transact(lines[at], {
      isolation: draw.chance(0.3) ? 'repeatable read' : 'read committed',
      isTakenBack: draw.chance(0.05),
      body: async (client) => {
        const done = await change.act(client, at);
        if (draw.chance(0.05)) await sleep(draw.whole(50, 400));
        return done;
      },
    });
    if (outcome === 'aborted') {
      const code = refusal?.code ?? '';
      if (refusal && !EXPECTED.has(code)) {
        book.tell({ tell: 'fault', fault: `a writer of stock got ${code}: ${refusal.message}` });
      }
      if (code === 'MF001') {
        book.tell({ tell: 'refused', side: at });
        side = otherSide(at);
      }
    } else {
      if (isMisrouted && effects.length > 0) side = at;
      if (effects.length > 0) book.tell({ tell: outcome, effects });
      change.done(effects.length > 0);
    }
    await sleep(pause);
  }
}

interface Change {
  act(client: Client, side: Side): Promise<Effect[]>;
  done(hasHappened: boolean): void;
}

function drawChange({ products, warehouses }: StockBook, draw: Draw, held: Held[]): Change {
  const [product, warehouse, pieces] = [draw.one(products), draw.one(warehouses), draw.whole(1, 9)];
  const kind = draw.weighted({
    receive: 35,
    ship: 25,
    reserve: 25,
    settle: held.length > 0 ? 25 : 0,
  });
  if (kind === 'receive' || kind === 'ship') {
    const delta = kind === 'receive' ? pieces : -pieces;
    return {
      act: async (client, side) =>
        move(client, side, { product, warehouse, delta, promised: 0, order: null }),
      done: () => {},
    };
  }
  if (kind === 'reserve') {
    const reservation = { id: randomUUID(), order: randomUUID(), product, warehouse, pieces };
    return {
      act: async (client, side) => {
        const t = STOCK_TABLES[side];
        const { rowCount } = await client.query(t.change, [product, warehouse, 0, pieces]);
        if (rowCount !== 1) return [];
        await client.query(t.reserve, [reservation.id, reservation.order]);
        await client.query(t.reserveLine, [reservation.id, product, warehouse, pieces]);
        return [{ is: 'reservation', id: reservation.id, state: 'held' }];
      },
      done: (hasHappened) => hasHappened && held.push(reservation),
    };
  }
  const which = draw.whole(0, held.length - 1);
  const one = held[which] as Held;
  const state = draw.chance(0.6) ? 'committed' : 'released';
  return {
    act: async (client, side) => {
      const { rowCount } = await client.query(STOCK_TABLES[side].settle, [one.id, state]);
      if (rowCount !== 1) return [];
      const settled: Effect = { is: 'reservation', id: one.id, state };
      const delta = state === 'committed' ? -one.pieces : 0;
      return [settled, ...(await move(client, side, { ...one, delta, promised: -one.pieces }))];
    },
    done: () => void held.splice(which, 1),
  };
}

/** Changes a level, and writes in its ledger; nothing where there are not enough pieces. */
async function move(
  client: Client,
  side: Side,
  change: {
    product: string;
    warehouse: string;
    delta: number;
    promised: number;
    order: string | null;
  },
): Promise<Effect[]> {
  const t = STOCK_TABLES[side];
  const { product, warehouse, delta, promised, order } = change;
  const { rowCount } = await client.query(t.change, [product, warehouse, delta, promised]);
  if (rowCount !== 1 || delta === 0) return [];
  const id = randomUUID();
  await client.query(t.log, [id, product, warehouse, delta > 0 ? 'in' : 'out', delta, order]);
  return [{ is: 'movement', id, delta }];
}
