import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { Client } from 'pg';
import type { Side } from '#platform/moves/moves.ts';
import { destinationOf } from '../../../migration/destinations.ts';
import { differingFields } from '../../../migration/verification/differing-fields.ts';
import type { Clusters } from './clusters.ts';
import { tokensOf, type Expected, type Holder } from './expected.ts';
import { readAllOrders } from './order-tables.ts';
import { STOCK_TABLES } from './stock-tables.ts';
import { TORTURED } from './tortured.ts';

const SIDES = ['legacy', 'new'] as const;
/** Milliseconds for the relays to carry what was written last, and in which nothing may come anew then. */
const PATIENCE = 90_000;
const STILLNESS = 1_500;

type Clients = Readonly<Record<'order' | 'inventory', Readonly<Record<Side, Client>>>>;

/** Waits until nothing is on its way, then compares everything. @returns what is wrong */
export async function checkAll(clusters: Clusters, expected: Expected): Promise<string[]> {
  const open = async (url: string) => {
    const client = new Client({ connectionString: url, application_name: 'torture check' });
    await client.connect();
    return client;
  };
  const legacy = await open(clusters.url('legacy'));
  const clients: Clients = {
    order: { legacy, new: await open(clusters.url('orders')) },
    inventory: { legacy, new: await open(clusters.url('inventory')) },
  };
  const control = await open(clusters.url('control'));
  try {
    const still = await becomesStill(clients);
    const faults = [...still, ...(await checkFlips(control))];
    for (const move of TORTURED) {
      faults.push(...(await checkOwners(clients, move)), ...(await checkForms(clients, move)));
    }
    for (const side of SIDES) {
      faults.push(...(await checkOrders(clients.order[side], side, expected)));
      faults.push(...(await checkStock(clients.inventory[side], side, expected)));
    }
    return faults;
  } finally {
    await Promise.all(
      [legacy, clients.order.new, clients.inventory.new, control].map((one) => one.end()),
    );
  }
}

async function becomesStill(clients: Clients): Promise<string[]> {
  const count = async (table: string) => {
    const counts = [];
    for (const client of [clients.order.legacy, clients.order.new, clients.inventory.new]) {
      const { rows } = await client.query<{ count: number; some: string }>(
        `select count(*)::integer as count, left(json_agg(t)::text, 600) as some from move.${table} t`,
      );
      counts.push(...rows);
    }
    return counts;
  };
  const total = (counts: { count: number }[]) => counts.reduce((sum, { count }) => sum + count, 0);
  for (const deadline = Date.now() + PATIENCE; total(await count('dirty')) > 0; await sleep(100)) {
    if (Date.now() > deadline) {
      return [
        `markers are left: ${JSON.stringify(await count('dirty'))} ${JSON.stringify(await count('deferred'))}`,
      ];
    }
  }
  await sleep(STILLNESS);
  const faults = [];
  for (const table of ['dirty', 'parked', 'deferred']) {
    const counts = await count(table);
    if (total(counts) > 0) faults.push(`move.${table} is not empty: ${JSON.stringify(counts)}`);
  }
  return faults;
}

/** A flip that was given up because the sides differed has found what must not be. */
async function checkFlips(control: Client): Promise<string[]> {
  const { rows } = await control.query<{ why: string }>(
    `select move || ': ' || left(evidence ->> 'why', 300) as why from move_flip
     where evidence ->> 'why' like any ('{%sides differ%,%could not be carried over.%}')`,
  );
  return rows.map(({ why }) => `a flip found it: ${why}`);
}

async function checkOwners(clients: Clients, move: (typeof TORTURED)[number]): Promise<string[]> {
  const read = async (client: Client) => {
    const { rows } = await client.query<{ bucket: number; owner: string; epoch: string }>(
      'select bucket, owner, epoch from move.ownership where move = $1 order by 1',
      [move],
    );
    return rows;
  };
  const [legacy, fresh] = [await read(clients[move].legacy), await read(clients[move].new)];
  return legacy.flatMap((here, n) => {
    const there = fresh[n];
    const isSame =
      here.owner === there?.owner && here.epoch === there.epoch && here.owner !== 'moving';
    return isSame
      ? []
      : [`${move}: owners of bucket ${here.bucket}: ${JSON.stringify([here, there])}`];
  });
}

/** The canonical forms of everything on both sides. */
async function checkForms(clients: Clients, move: (typeof TORTURED)[number]): Promise<string[]> {
  const dialect = new PgDialect();
  const faults: string[] = [];
  for (const kind of destinationOf(move).mapping.kinds) {
    const read = async (side: Side) => {
      const at = kind.sides[side];
      const statement = sql`select id::text, canonical::text as form from (${at.canonical(sql`array(select distinct ${at.rootId} from ${at.root})`)}) c`;
      const { sql: text, params } = dialect.sqlToQuery(statement);
      const { rows } = await clients[move][side].query<{ id: string; form: string }>(text, params);
      return new Map(rows.map(({ id, form }) => [id, form]));
    };
    const [legacy, fresh] = [await read('legacy'), await read('new')];
    for (const id of new Set([...legacy.keys(), ...fresh.keys()])) {
      const [here = null, there = null] = [legacy.get(id), fresh.get(id)];
      if (here === there) continue;
      const fields = JSON.stringify(differingFields(here, there)).slice(0, 400);
      faults.push(`${kind.name} ${id} is not the same on both sides: ${fields}`);
    }
  }
  return faults;
}

interface OrderRow {
  readonly id: string;
  readonly text: string;
  readonly text2: string;
  readonly rank: number;
  readonly total: number;
  readonly sum: number;
}

/** Everything that was acknowledged, once, and nothing else. */
async function checkOrders(client: Client, side: Side, expected: Expected): Promise<string[]> {
  const { orders, items } = readAllOrders(side);
  const faults: string[] = [];
  const place = (what: string, id: string) => `${what} ${id} on the ${side} side`;
  const found = new Map((await client.query<OrderRow>(orders)).rows.map((row) => [row.id, row]));
  for (const [id, order] of expected.orders) {
    const row = found.get(id);
    const fault = row ? holderFault(order, `${row.text}${row.text2}`) : absence(order);
    if (fault) faults.push(`${place('order', id)}: ${fault}`);
    if (row && row.rank < order.rank)
      faults.push(`${place('order', id)} is at ${row.rank}, not at ${order.rank}`);
    if (row && row.total !== row.sum)
      faults.push(`${place('order', id)}: total ${row.total}, items ${row.sum}`);
  }
  for (const id of found.keys()) {
    if (!expected.orders.has(id)) faults.push(`${place('order', id)} was made by nobody`);
  }
  const lines = await client.query<{ id: string; order: string; text: string; version: number }>(
    items,
  );
  const foundItems = new Map(lines.rows.map((row) => [row.id, row]));
  for (const [id, item] of expected.items) {
    const row = foundItems.get(id);
    const fault = row ? holderFault(item, row.text) : absence(item);
    if (fault) faults.push(`${place('item', id)}: ${fault}`);
    if (!row || item.gone !== 'no') continue;
    if (row.version < item.version)
      faults.push(`${place('item', id)}: version ${row.version}, not ${item.version}`);
    else if (row.version > item.version && !item.isUnsure && item.isMade)
      faults.push(`${place('item', id)}: version ${row.version} after ${item.version}`);
    else if (row.version === item.version && item.isMade && row.order !== item.order)
      faults.push(`${place('item', id)} is in ${row.order}, not in ${item.order}`);
  }
  for (const id of foundItems.keys()) {
    if (!expected.items.has(id)) faults.push(`${place('item', id)} was made by nobody`);
  }
  return faults;
}

function absence({ isMade, gone }: Holder): string | null {
  return isMade && gone === 'no' ? 'it is lost' : null;
}

function holderFault({ acknowledged, unknown, gone }: Holder, text: string): string | null {
  if (gone === 'yes') return 'it was deleted, and is there again';
  const tokens = tokensOf(text);
  const there = new Set(tokens);
  if (there.size < tokens.length) return `a write is there twice: ${text}`;
  const missing = [...acknowledged].find((token) => !there.has(token));
  if (missing) return `the acknowledged write ${missing} is lost: ${text}`;
  // A neighbour of a relay is killed with it, often before it can tell what it was about to do.
  const strange = tokens.find(
    (token) => !acknowledged.has(token) && !unknown.has(token) && !token.startsWith('h'),
  );
  return strange ? `it has ${strange}, which nobody has committed: ${text}` : null;
}

async function checkStock(client: Client, side: Side, expected: Expected): Promise<string[]> {
  const t = STOCK_TABLES[side];
  const faults: string[] = [];
  const { rows: levels } = await client.query<Record<string, number | string>>(t.faults);
  const [bad] = levels;
  if (!bad || Number(bad['negative']) + Number(bad['unledgered']) + Number(bad['unpromised']) > 0) {
    faults.push(`stock on the ${side} side: ${JSON.stringify(bad)}`);
  }
  const movements = new Map(
    (await client.query<{ id: string; delta: number }>(t.allMovements)).rows.map(
      ({ id, delta }) => [id, delta],
    ),
  );
  for (const [id, { delta, isMade }] of expected.movements) {
    const found = movements.get(id);
    if (found === undefined ? isMade : found !== delta)
      faults.push(`movement ${id} on the ${side} side: ${found}, not ${delta}`);
  }
  for (const id of movements.keys()) {
    if (!expected.movements.has(id))
      faults.push(`movement ${id} on the ${side} side was made by nobody`);
  }
  const { rows } = await client.query<{ id: string; state: string }>(t.allReservations);
  const states = new Map(rows.map(({ id, state }) => [id, state]));
  for (const [id, known] of expected.reservations) {
    const certain = [...known].flatMap(([state, how]) => (how === 'acknowledged' ? [state] : []));
    const last = certain.find((state) => state !== 'held') ?? certain[0];
    const allowed: (string | undefined)[] = last === 'held' ? [...known.keys()] : [last];
    if (last && !allowed.includes(states.get(id))) {
      faults.push(`reservation ${id} on the ${side} side: ${states.get(id)}, not ${last}`);
    }
  }
  for (const id of states.keys()) {
    if (!expected.reservations.has(id))
      faults.push(`reservation ${id} on the ${side} side was made by nobody`);
  }
  return faults;
}
