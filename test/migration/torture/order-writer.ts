import { setTimeout as sleep } from 'node:timers/promises';
import { bucketOf } from '#platform/moves/bucket.ts';
import type { Side } from '#platform/moves/moves.ts';
import { otherSide } from '../../../migration/other-side.ts';
import type { Draw } from './draw.ts';
import type { Effect, Telling } from './effects.ts';
import { sendAtOnce, transact, type Ending, type Line } from './line.ts';
import {
  addItem,
  appendToItems,
  appendToOrder,
  changeItem,
  copyItems,
  createOrder,
  deleteItem,
  deleteOrder,
  moveItem,
  reachStatus,
  ROOM,
  type Remembered,
  type Step,
} from './order-steps.ts';
import { ORDER_TABLES } from './order-tables.ts';

/** What the writers of a process share. */
export interface OrderBook {
  readonly orders: Map<string, Remembered>;
  readonly customers: readonly string[];
  /** The share of transactions that last for long. */
  readonly long: number;
  /** The side that each bucket was on when somebody was last told. */
  readonly routes: Map<number, Side>;
  readonly token: () => string;
  readonly tell: (telling: Telling) => void;
  readonly isOver: () => boolean;
}

/** Orders of a process: more are deleted, fewer are created, when there are as many. */
const MANY = 120;
/** The share of writes that go to the wrong side on purpose. */
const MISROUTED = 0.05;
const STEPS = {
  appendToItems,
  appendToOrder,
  addItem,
  changeItem,
  moveItem,
  deleteItem,
  reachStatus,
  copyItems,
};
const WEIGHTS = {
  appendToItems: 30,
  appendToOrder: 20,
  addItem: 8,
  changeItem: 12,
  moveItem: 12,
  deleteItem: 7,
  reachStatus: 8,
  copyItems: 3,
};
/** What happens to transactions that meet others, and is no fault of anybody. */
const EXPECTED = new Set(['MF001', 'MF002', '40001', '40P01', '55P03', '57014', '23505', '23503']);

/** One of several writers, with a connection to each side, until it is over. */
export async function writeOrders(
  lines: Readonly<Record<Side, Line>>,
  book: OrderBook,
  draw: Draw,
): Promise<void> {
  while (!book.isOver()) {
    const plan = planOf(book, draw);
    for (let tries = 1; tries <= 8; tries += 1) {
      const side = book.routes.get(plan.bucket) ?? 'legacy';
      const isMisrouted = tries === 1 && draw.chance(MISROUTED);
      const at = isMisrouted ? otherSide(side) : side;
      const ending = await plan.run(lines[at], at, isMisrouted);
      if (!mustRepeat(ending, plan.bucket, at, book)) break;
      await sleep(draw.whole(5, 30));
    }
  }
}

interface Plan {
  /** Its first order's. */
  readonly bucket: number;
  run(line: Line, side: Side, isMisrouted: boolean): Promise<Ending>;
}

function planOf(book: OrderBook, draw: Draw): Plan {
  const { orders, customers } = book;
  if (orders.size < 10 || draw.chance(orders.size < MANY ? 0.12 : 0.01)) {
    const customer = draw.one(customers);
    const bucket = bucketOf('order', customer);
    return {
      bucket,
      run: (line, side) => inTransaction(line, side, [(step) => createOrder(step, customer)]),
    };
  }
  const first = drawOrder(book, draw);
  const { bucket } = first;
  const kind = draw.weighted({
    single: 45,
    several: 40,
    raw: 6,
    deletion: orders.size < MANY ? 2 : 9,
  });
  if (kind === 'single') return { bucket, run: (line, side) => atOnce(line, side, first) };
  if (kind === 'raw') return { bucket, run: (line, side) => asScript(line, side, first) };
  if (kind === 'deletion') {
    return { bucket, run: (line, side) => inTransaction(line, side, [deleteOrder], first) };
  }
  const steps = Array.from({ length: draw.whole(1, 4) }, () => STEPS[draw.weighted(WEIGHTS)]);
  return {
    bucket,
    run: (line, side, isMisrouted) => inTransaction(line, side, steps, first, isMisrouted),
  };

  async function atOnce(line: Line, side: Side, order: Remembered): Promise<Ending> {
    const token = book.token();
    const planned: Effect[] = [{ is: 'token', of: 'order', holder: order.id, token }];
    const ending = await sendAtOnce(line, planned, (client) =>
      appendToOrder({ client, side, draw, order: () => order, token: () => token }),
    );
    return report(book, ending);
  }

  /** All in one message, without parameters. */
  async function asScript(line: Line, side: Side, order: Remembered): Promise<Ending> {
    const t = ORDER_TABLES[side];
    const [item] = draw.some([...order.items], 1);
    const targets = [
      { of: 'order' as const, table: t.order, id: t.id, text: t.text, holder: order.id },
      ...(item
        ? [{ of: 'item' as const, table: t.item, id: t.itemId, text: t.itemText, holder: item }]
        : []),
    ].map((target) => ({ ...target, token: book.token() }));
    type Target = (typeof targets)[number];
    const effect = ({ of, holder, token }: Target): Effect => ({ is: 'token', of, holder, token });
    const updates = targets.map(
      ({ table, id, text, holder, token }) =>
        `update ${table} set ${text} = ${text} || '${token}' where ${id} = '${holder}' and length(${text}) < ${ROOM}`,
    );
    const ending = await sendAtOnce(line, targets.map(effect), async (client) => {
      const results = (await client.query(`begin; ${updates.join('; ')}; commit`)) as unknown as {
        rowCount: number;
      }[];
      return targets.filter((_, n) => results[n + 1]?.rowCount === 1).map(effect);
    });
    return report(book, ending);
  }

  async function inTransaction(
    line: Line,
    side: Side,
    steps: readonly ((step: Step) => Promise<Effect[]>)[],
    order?: Remembered,
    isMisrouted = false,
  ): Promise<Ending> {
    const isolation = draw.chance(0.3) ? 'repeatable read' : 'read committed';
    const isLong = draw.chance(book.long);
    const ending = await transact(line, {
      isolation,
      isTakenBack: draw.chance(0.06),
      body: async (client) => {
        const effects: Effect[] = [];
        let next = order;
        const step: Step = {
          client,
          side,
          draw,
          token: book.token,
          order: () => {
            const drawn = next ?? drawOrder(book, draw, side);
            next = undefined;
            return drawn;
          },
        };
        // Its snapshot is older than what it writes.
        if (isLong && isolation === 'repeatable read') {
          await client.query('select from move.ownership limit 1');
          await sleep(draw.whole(100, 900));
        }
        for (const act of steps) effects.push(...(await act(step)));
        if (isLong) await sleep(draw.whole(100, 900));
        if (isMisrouted && isolation === 'read committed' && effects.length > 0) {
          await requireOwned(step, effects, book);
        }
        return effects;
      },
    });
    return report(book, ending);
  }
}

/** A write that the guard let pass: the side must own what was written, as long as the transaction lasts. */
async function requireOwned(
  { client, side }: Step,
  effects: readonly Effect[],
  book: OrderBook,
): Promise<void> {
  const written = effects.flatMap((effect) => {
    if (effect.is === 'token' && effect.of === 'order') return [effect.holder];
    if (effect.is === 'item') return [effect.order];
    return effect.is === 'status' ? [effect.id] : [];
  });
  const buckets = written.flatMap((id) => book.orders.get(id)?.bucket ?? []);
  const { rows } = await client.query<{ bucket: number; owner: string }>(
    `select bucket, owner from move.ownership where move = 'order' and bucket = any ($1) and owner <> $2`,
    [buckets, side],
  );
  for (const { bucket, owner } of rows) {
    const fault = `bucket ${bucket}: the ${side} side took a write while ${owner} owned it`;
    book.tell({ tell: 'fault', fault });
  }
}

/** A few orders are wanted by everybody. */
function drawOrder({ orders, routes }: OrderBook, draw: Draw, side?: Side): Remembered {
  const all = [...orders.values()];
  const some = draw.chance(0.3) ? all.slice(-8) : all;
  for (let tries = 0; tries < 6; tries += 1) {
    const drawn = draw.one(some);
    if (side === undefined || (routes.get(drawn.bucket) ?? 'legacy') === side) return drawn;
  }
  return draw.one(some);
}

function report(book: OrderBook, ending: Ending): Ending {
  const { outcome, effects, refusal } = ending;
  if (outcome === 'aborted') {
    const code = refusal?.code ?? '';
    if (refusal && !EXPECTED.has(code)) {
      book.tell({
        tell: 'fault',
        fault: `a writer got ${code}: ${refusal.message} (${refusal.detail ?? ''})`,
      });
    }
    book.tell({ tell: 'aborted' });
  } else {
    if (effects.length > 0) book.tell({ tell: outcome, effects });
    remember(book, effects);
  }
  return ending;
}

function remember({ orders }: OrderBook, effects: readonly Effect[]): void {
  for (const effect of effects) {
    if (effect.is === 'order') {
      const { id, customer } = effect;
      orders.set(id, { id, customer, bucket: bucketOf('order', customer), items: new Set() });
    } else if (effect.is === 'item') {
      for (const { items } of orders.values()) items.delete(effect.id);
      orders.get(effect.order)?.items.add(effect.id);
    } else if (effect.is === 'gone') {
      for (const id of effect.ids) {
        orders.delete(id);
        for (const { items } of orders.values()) items.delete(id);
      }
    }
  }
}

/** Whether a transaction is to be run again; what its refusal says of owners is remembered. */
function mustRepeat(
  { refusal }: Ending,
  bucket: number,
  side: Side,
  { routes, tell }: OrderBook,
): boolean {
  const code = refusal?.code;
  if (code === 'MF001') {
    tell({ tell: 'refused', side });
    const facts = JSON.parse(refusal?.detail ?? '{}') as { bucket?: number; owner?: Side };
    routes.set(facts.bucket ?? bucket, facts.owner ?? otherSide(side));
  }
  return code === 'MF001' || code === 'MF002' || code === '40001';
}
