import { setTimeout as sleep } from 'node:timers/promises';
import { bucketOf } from '#platform/moves/bucket.ts';
import type { Side } from '#platform/moves/moves.ts';
import { otherSide } from '../../../migration/other-side.ts';
import type { Clusters } from './clusters.ts';
import type { Draw } from './draw.ts';
import { tokensOf, type Expected } from './expected.ts';
import { isLost, openLine, type Line } from './line.ts';
import { readOrder } from './order-tables.ts';
import { STOCK_TABLES } from './stock-tables.ts';

export interface Watchers {
  readonly counts: { reads: number; ownerLooks: number; stockLooks: number };
  /** Ends when the last looks are over. */
  stop(): Promise<void>;
}

interface WatcherOptions {
  readonly clusters: Clusters;
  readonly expected: Expected;
  readonly customers: readonly string[];
  readonly draw: Draw;
}

const SIDES = ['legacy', 'new'] as const;

/** An order as it was read last from who owned it. */
interface Seen {
  readonly text: string;
  readonly text2: string;
  readonly rank: number;
  readonly items: ReadonlyMap<string, { readonly version: number; readonly text: string }>;
}

interface Row {
  readonly owner: Side | 'moving';
  readonly text: string | null;
  readonly text2: string;
  readonly total: number;
  readonly rank: number;
  readonly items: { id: string; version: number; text: string; cents: number }[] | null;
}

/** Looks while everything goes on, and adds what is wrong to the faults. */
export function startWatchers(options: WatcherOptions): Watchers {
  const { clusters, expected } = options;
  const counts = { reads: 0, ownerLooks: 0, stockLooks: 0 };
  const over = new AbortController();
  const lines: Line[] = [];
  const open = (legacy: string, fresh: string): Record<Side, Line> => {
    const opened = {
      legacy: openLine(legacy, 'torture watcher'),
      new: openLine(fresh, 'torture watcher'),
    };
    lines.push(opened.legacy, opened.new);
    return opened;
  };
  const again = async (look: () => Promise<void>, every: number) => {
    while (!over.signal.aborted) {
      await look().catch((error: unknown) => {
        if (!isLost(error)) expected.faults.push(`a look failed: ${String(error)}`);
      });
      await sleep(every);
    }
  };
  const orders = open(clusters.url('legacy'), clusters.url('orders'));
  const stock = open(clusters.url('legacy'), clusters.url('inventory'));
  const owners = {
    order: open(clusters.url('legacy'), clusters.url('orders')),
    inventory: open(clusters.url('legacy'), clusters.url('inventory')),
  };
  const readOne = orderReader(options, orders, counts);
  const running = [
    again(readOne, 12),
    again(() => lookAtOwners(options, owners, counts), 40),
    again(() => lookAtStock(expected, stock, counts), 60),
  ];
  return {
    counts,
    async stop() {
      over.abort();
      await Promise.all(running);
      await Promise.all(lines.map((line) => line.drop()));
    },
  };
}

/** Reads of an order at its owner never go back, lack nothing that was acknowledged before, and add up. */
function orderReader(
  { expected, draw }: WatcherOptions,
  lines: Record<Side, Line>,
  counts: Watchers['counts'],
) {
  const seen = new Map<string, Seen | 'gone'>();
  let ids: string[] = [];
  let looks = 0;
  return async () => {
    if (looks++ % 100 === 0) {
      ids = [...expected.orders].flatMap(([id, { gone, isMade }]) =>
        isMade && gone === 'no' ? [id] : [],
      );
    }
    if (ids.length === 0) return;
    const id = draw.chance(0.5) ? draw.one(ids.slice(-20)) : draw.one(ids);
    const order = expected.orders.get(id);
    if (!order?.customer) return;
    const tokens = [...order.acknowledged];
    const { gone, rank } = order;
    const bucket = bucketOf('order', order.customer);
    for (const side of draw.chance(0.5) ? SIDES : SIDES.toReversed()) {
      const client = await lines[side].client();
      const { rows } = await client.query<Row>(readOrder(side), [id, bucket]);
      const [row] = rows;
      if (row?.owner !== side) continue;
      counts.reads += 1;
      const fault = faultOf(seen.get(id), row, gone === 'yes', tokens, rank);
      if (fault) expected.faults.push(`order ${id} (bucket ${bucket}) read from ${side}: ${fault}`);
      seen.set(id, row.text === null ? 'gone' : toSeen(row, row.text));
      return;
    }
  };
}

const toSeen = ({ text2, rank, items }: Row, text: string): Seen => ({
  text,
  text2,
  rank,
  items: new Map(items?.map((item) => [item.id, item])),
});

function faultOf(
  before: Seen | 'gone' | undefined,
  row: Row,
  wasGone: boolean,
  acknowledged: readonly string[],
  rank: number,
): string | null {
  const { text, items } = row;
  if (text === null) return null;
  if (wasGone || before === 'gone') return 'it was deleted, and is there again';
  const there = new Set([...tokensOf(text), ...tokensOf(row.text2)]);
  const missing = acknowledged.find((token) => !there.has(token));
  if (missing) return `the acknowledged write ${missing} is not there`;
  if (row.rank < rank) return `its status ${row.rank} is older than the acknowledged one, ${rank}`;
  const sum = (items ?? []).reduce((sum, { cents }) => sum + cents, 0);
  if (sum !== row.total) return `its total is ${row.total}, and its items add up to ${sum}`;
  if (!before) return null;
  if (!text.startsWith(before.text)) return `it was "${before.text}", then "${text}"`;
  if (!row.text2.startsWith(before.text2)) return `it was "${before.text2}", then "${row.text2}"`;
  if (row.rank < before.rank) return `its status was ${before.rank}, then ${row.rank}`;
  for (const { id, version, text } of items ?? []) {
    const older = before.items.get(id);
    if (older && (version < older.version || !text.startsWith(older.text))) {
      return `its item ${id} was "${older.text}" in version ${older.version}, then "${text}" in version ${version}`;
    }
  }
  return null;
}

/**
 * Both databases cannot be read at one moment. But an epoch that is the same before and after has been so in between: so
 * where a side owned a bucket before and after the other one was read, that one must not own it too.
 */
async function lookAtOwners(
  { expected, customers, draw }: WatcherOptions,
  lines: Record<'order' | 'inventory', Record<Side, Line>>,
  counts: Watchers['counts'],
): Promise<void> {
  const move = draw.chance(0.7) ? 'order' : 'inventory';
  const side = draw.one(SIDES);
  const buckets = move === 'order' ? customers.map((one) => bucketOf('order', one)) : [0];
  const read = async (side: Side) => {
    const client = await lines[move][side].client();
    const { rows } = await client.query<{ bucket: number; state: string; owner: string }>(
      `select bucket, owner, owner || ' ' || epoch as state from move.ownership
       where move = $1 and bucket = any ($2)`,
      [move, buckets],
    );
    return new Map(rows.map((row) => [row.bucket, row]));
  };
  const [first, between, last] = [await read(side), await read(otherSide(side)), await read(side)];
  counts.ownerLooks += 1;
  for (const [bucket, { owner, state }] of first) {
    const there = between.get(bucket);
    if (owner !== side || last.get(bucket)?.state !== state || there?.owner !== otherSide(side))
      continue;
    expected.faults.push(`${move}: bucket ${bucket} had two owners: ${state}, ${there.state}`);
  }
}

async function lookAtStock(
  expected: Expected,
  lines: Record<Side, Line>,
  counts: Watchers['counts'],
): Promise<void> {
  for (const side of SIDES) {
    const client = await lines[side].client();
    const { rows } = await client.query<{
      owner: string;
      negative: number;
      unledgered: number;
      unpromised: number;
    }>(STOCK_TABLES[side].faults);
    const [row] = rows;
    if (row?.owner !== side) continue;
    counts.stockLooks += 1;
    if (row.negative + row.unledgered + row.unpromised > 0) {
      expected.faults.push(`stock of ${side}, which owns it: ${JSON.stringify(row)}`);
    }
  }
}
