import { randomUUID } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Side } from '#platform/moves/moves.ts';
import type { Draw } from './draw.ts';
import type { Effect } from './effects.ts';
import { ORDER_TABLES, LAST_RANK } from './order-tables.ts';

/** An order as its writer remembers it: others may have changed it. */
export interface Remembered {
  readonly id: string;
  readonly customer: string;
  readonly bucket: number;
  readonly items: Set<string>;
}

/** What a step of a transaction works with. */
export interface Step {
  readonly client: Client;
  readonly side: Side;
  readonly draw: Draw;
  /** Draws an order that is, as far as is known, on the same side. */
  readonly order: () => Remembered;
  readonly token: () => string;
}

/** Where a text has no room left, nothing is appended. */
export const ROOM = 185;
const POSITIONS = 60;

/** Some items cost nothing: they can change their order without another row that changes. */
const cents = (draw: Draw) => (draw.chance(0.3) ? 0 : draw.whole(1, 9_999));

/** One statement, one row. */
export async function appendToOrder({ client, side, order, token }: Step): Promise<Effect[]> {
  const t = ORDER_TABLES[side];
  const [holder, text] = [order().id, token()];
  const { rowCount } = await client.query(
    `update ${t.order} set ${t.text} = ${t.text} || $2::text, updated_at = ${t.now}
     where ${t.id} = $1 and length(${t.text}) < ${ROOM}`,
    [holder, text],
  );
  return rowCount === 1 ? [{ is: 'token', of: 'order', holder, token: text }] : [];
}

/** One statement, items of several orders; the orders themselves are neither changed nor locked. */
export async function appendToItems(step: Step): Promise<Effect[]> {
  const { client, side, draw, order, token } = step;
  const t = ORDER_TABLES[side];
  const orders = Array.from({ length: draw.whole(1, 4) }, order);
  const items = [...new Set(orders.flatMap(({ items }) => draw.some([...items], 2)))].sort();
  const tokens = new Map(items.map((item) => [item, token()]));
  const { rows } = await client.query<{ id: string }>(
    `update ${t.item} i set ${t.itemText} = i.${t.itemText} || v.token
     from unnest($1::uuid[], $2::text[]) v (id, token)
     where i.${t.itemId} = v.id and length(i.${t.itemText}) < ${ROOM} returning i.${t.itemId} as id`,
    [items, [...tokens.values()]],
  );
  return rows.map(({ id }) => ({
    is: 'token',
    of: 'item',
    holder: id,
    token: tokens.get(id) as string,
  }));
}

/** The next status, and the time of it. */
export async function reachStatus({ client, side, draw, order }: Step): Promise<Effect[]> {
  const rank = draw.whole(1, LAST_RANK);
  const { id } = order();
  const { rowCount } = await client.query(ORDER_TABLES[side].reach(rank), [id]);
  return rowCount === 1 ? [{ is: 'status', id, rank }] : [];
}

export async function addItem(step: Step): Promise<Effect[]> {
  const { client, side, draw, order, token } = step;
  const { id } = order();
  if (!(await lockOrders(step, [id]))) return [];
  const item = {
    id: randomUUID(),
    token: token(),
    position: draw.whole(1, POSITIONS),
    cents: cents(draw),
  };
  await client.query(insertItem(side), [item.id, id, item.position, item.token, item.cents]);
  await addToTotal(step, id, item.cents);
  return born(item, id);
}

/** COPY, as a script would. */
export async function copyItems(step: Step): Promise<Effect[]> {
  const { client, side, draw, order, token } = step;
  const { id } = order();
  if (!(await lockOrders(step, [id]))) return [];
  const positions = draw.some(
    Array.from({ length: 40 }, (_, n) => n + 100),
    draw.whole(2, 6),
  );
  const items = positions.map((position) => ({
    id: randomUUID(),
    token: token(),
    position,
    cents: cents(draw),
  }));
  const t = ORDER_TABLES[side];
  const columns = `${t.itemId}, order_id, ${t.position}, product_id, sku, ${t.itemText}, ${t.version}, ${unitPrice(side)}, ${t.amount}`;
  const lines = items.map((item) =>
    [
      item.id,
      id,
      item.position,
      item.id,
      'SKU',
      item.token,
      1,
      1,
      side === 'legacy' ? item.cents / 100 : item.cents,
    ].join('\t'),
  );
  await pipeline(
    Readable.from([`${lines.join('\n')}\n`]),
    client.query(copyFrom(`copy ${t.item} (${columns}) from stdin`)),
  );
  await addToTotal(
    step,
    id,
    items.reduce((sum, item) => sum + item.cents, 0),
  );
  return items.flatMap((item) => born(item, id));
}

/** Another amount, and a higher version. */
export async function changeItem(step: Step): Promise<Effect[]> {
  const { client, side, draw, order } = step;
  const t = ORDER_TABLES[side];
  const { id, items } = order();
  const [item] = draw.some([...items], 1);
  if (!item || !(await lockOrders(step, [id]))) return [];
  const more = draw.whole(1, 99);
  const { rows } = await client.query<{ version: number }>(
    `update ${t.item} set ${t.version} = ${t.version} + 1, ${t.amount} = ${t.amount} + ${t.money('$3')}
     where ${t.itemId} = $1 and order_id = $2 returning ${t.version} as version`,
    [item, id, more],
  );
  const [row] = rows;
  if (!row) return [];
  await addToTotal(step, id, more);
  return [{ is: 'item', id: item, order: id, version: row.version }];
}

/** An item changes its order, which may be another customer's. */
export async function moveItem(step: Step): Promise<Effect[]> {
  const { client, side, draw, order } = step;
  const t = ORDER_TABLES[side];
  const [from, to] = [order(), order()];
  const [item] = draw.some([...from.items], 1);
  if (!item || from.id === to.id || !(await lockOrders(step, [from.id, to.id]))) return [];
  const { rows } = await client.query<{ version: number; cents: number }>(
    `update ${t.item} set order_id = $3, ${t.version} = ${t.version} + 1, ${t.position} = $4
     where ${t.itemId} = $1 and order_id = $2 returning ${t.version} as version, ${t.cents(t.amount)} as cents`,
    [item, from.id, to.id, draw.whole(1, POSITIONS)],
  );
  const [row] = rows;
  if (!row) return [];
  if (row.cents !== 0) {
    await addToTotal(step, from.id, -row.cents);
    await addToTotal(step, to.id, row.cents);
  }
  return [{ is: 'item', id: item, order: to.id, version: row.version }];
}

export async function deleteItem(step: Step): Promise<Effect[]> {
  const { client, side, draw, order } = step;
  const t = ORDER_TABLES[side];
  const { id, items } = order();
  const [item] = draw.some([...items], 1);
  if (!item || !(await lockOrders(step, [id]))) return [];
  const { rows } = await client.query<{ cents: number }>(
    `delete from ${t.item} where ${t.itemId} = $1 and order_id = $2 returning ${t.cents(t.amount)} as cents`,
    [item, id],
  );
  const [row] = rows;
  if (!row) return [];
  await addToTotal(step, id, -row.cents);
  return [{ is: 'gone', ids: [item] }];
}

/** An order with its lines; keys of orders that are gone come again. */
export async function createOrder(step: Step, customer: string): Promise<Effect[]> {
  const { client, side, draw, token } = step;
  const [id, text] = [randomUUID(), token()];
  const items = Array.from({ length: draw.whole(1, 3) }, (_, n) => ({
    id: randomUUID(),
    token: token(),
    position: n + 1,
    cents: cents(draw),
  }));
  const total = items.reduce((sum, item) => sum + item.cents, 0);
  const key = `key ${draw.whole(1, 60)}`;
  await client.query(ORDER_TABLES[side].create, [id, customer, key, text, total]);
  for (const item of items) {
    await client.query(insertItem(side), [item.id, id, item.position, item.token, item.cents]);
  }
  const order: Effect[] = [
    { is: 'order', id, customer },
    { is: 'token', of: 'order', holder: id, token: text },
  ];
  return [...order, ...items.flatMap((item) => born(item, id))];
}

/** An order, with its items by the cascade. Which those are is known, because nobody else can change them any more. */
export async function deleteOrder(step: Step): Promise<Effect[]> {
  const { client, side, order } = step;
  const t = ORDER_TABLES[side];
  const { id } = order();
  if (!(await lockOrders(step, [id]))) return [];
  const { rows } = await client.query<{ id: string }>(
    `select ${t.itemId} as id from ${t.item} where order_id = $1 for update`,
    [id],
  );
  await client.query(`delete from ${t.order} where ${t.id} = $1`, [id]);
  return [{ is: 'gone', ids: [id, ...rows.map((row) => row.id)] }];
}

/** @returns whether all of them are there */
async function lockOrders({ client, side }: Step, ids: readonly string[]): Promise<boolean> {
  const t = ORDER_TABLES[side];
  const { rowCount } = await client.query(
    `select from ${t.order} where ${t.id} = any ($1::uuid[]) order by ${t.id} for update`,
    [ids],
  );
  return rowCount === ids.length;
}

async function addToTotal({ client, side }: Step, id: string, more: number): Promise<void> {
  const t = ORDER_TABLES[side];
  await client.query(
    `update ${t.order} set ${t.total} = ${t.total} + ${t.money('$2')}, updated_at = ${t.now} where ${t.id} = $1`,
    [id, more],
  );
}

const unitPrice = (side: Side) => (side === 'legacy' ? 'unit_price' : 'unit_price_amount');

const insertItem = (side: Side): string => {
  const t = ORDER_TABLES[side];
  return `
    insert into ${t.item} (${t.itemId}, order_id, ${t.position}, product_id, sku, ${t.itemText}, ${t.version}, ${unitPrice(side)}, ${t.amount})
    values ($1, $2, $3, $1, 'SKU', $4, 1, 1, ${t.money('$5')})`;
};

const born = ({ id, token }: { id: string; token: string }, order: string): Effect[] => [
  { is: 'item', id, order, version: 1 },
  { is: 'token', of: 'item', holder: id, token },
];
