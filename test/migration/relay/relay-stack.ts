import { randomUUID } from 'node:crypto';
import type { Side } from '#platform/moves/moves.ts';
import { installCapture } from '../../../migration/capture/install-capture.ts';
import type { MovePlaces } from '../../../migration/move-places.ts';
import { createEmptyDatabase } from '../../setup/databases.ts';
import { openAt, placesOver } from './places.ts';
import { schemaOf, twoTables } from './two-tables.ts';

export interface RelayStack {
  readonly places: MovePlaces;
  readonly urls: Readonly<Record<Side, string>>;
  /** Runs SQL on a side. */
  readonly on: (
    side: Side,
    statement: string,
    values?: unknown[],
  ) => Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Two empty databases with the tables of `twoTables`, captured, owned by legacy. */
export async function startRelayStack(): Promise<RelayStack> {
  const urls = { legacy: await createEmptyDatabase(), new: await createEmptyDatabase() };
  const databases = { legacy: openAt(urls.legacy), new: openAt(urls.new) };
  for (const side of ['legacy', 'new'] as const) {
    await databases[side].pool.query(schemaOf(side));
    await installCapture(databases[side], twoTables, side, { owner: 'legacy', epoch: 1 });
  }
  return {
    places: placesOver(twoTables, databases.legacy, databases.new),
    urls,
    on: async (side, statement, values) =>
      (await databases[side].pool.query(statement, values)).rows,
    close: async () => {
      await Promise.all([databases.legacy.close(), databases.new.close()]);
    },
  };
}

export const USER = randomUUID();

/** Inserts a thing into the old side. */
export async function addThing(
  { on }: RelayStack,
  thing: {
    id?: string;
    owner?: string;
    code?: string;
    group?: string | null;
    amount?: number;
  } = {},
): Promise<string> {
  const { id = randomUUID(), owner = USER, code = `code ${id}`, group = null, amount = 1 } = thing;
  await on('legacy', 'insert into old_thing values ($1, $2, $3, $4, $5)', [
    id,
    owner,
    code,
    group,
    amount,
  ]);
  return id;
}

/** What both sides hold, to be compared. */
export async function contents({ on }: RelayStack, side: Side): Promise<unknown> {
  const p = side === 'legacy' ? 'old' : 'new';
  return {
    groups: await on(side, `select * from ${p}_group order by id`),
    things: await on(side, `select * from ${p}_thing order by id`),
    parts: await on(side, `select * from ${p}_part order by id`),
  };
}

export async function waitUntil(
  holds: () => Promise<boolean> | boolean,
  within = 10_000,
): Promise<void> {
  const deadline = Date.now() + within;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error('It did not come true in time.');
    await new Promise((wake) => setTimeout(wake, 10));
  }
}

/** Makes a stack as it was when it started. */
export async function emptyStack({ on }: RelayStack): Promise<void> {
  for (const [side, p] of [
    ['legacy', 'old'],
    ['new', 'new'],
  ] as const) {
    await on(side, "update move.ownership set owner = '" + side + "'");
    await on(side, `delete from ${p}_thing; delete from ${p}_group`);
    await on(side, "update move.ownership set owner = 'legacy', epoch = 1");
    for (const table of ['dirty', 'parked', 'deferred', 'changed', 'backfill']) {
      await on(side, `delete from move.${table}`);
    }
  }
}

/** Statements of two ids: of things, and of a thing and a user the first. Some fail, and are rolled back as a whole. */
const STEPS = [
  `insert into old_thing values ($1, $2, 'c' || floor(random() * 10), null, 1)
   on conflict (id) do update set amount = old_thing.amount + 1, code = excluded.code`,
  `insert into old_part select gen_random_uuid(), $1, floor(random() * 100) where $2::uuid is not null`,
  `update old_part set thing_id = $2 where thing_id = $1`,
  `update old_thing set code = (select o.code from old_thing o where o.id = $2) || '+' where id = $1 and random() < 0.5`,
  `insert into old_thing values ($1, $2, 'c' || floor(random() * 10), null, 1)
   on conflict (id) do update set code = 'c' || floor(random() * 10)`,
  `delete from old_thing where id = $1 and $2::uuid is not null and random() < 0.5`,
];
const OF_A_USER = new Set([0, 4]);

/** Four writers who create, swap, move and delete a handful of things. @returns how many statements were committed */
export async function writeAtRandom({ on }: RelayStack, statements: number): Promise<number> {
  const ids = Array.from({ length: 8 }, () => randomUUID());
  const drawn = () => ids[Math.floor(Math.random() * ids.length)];
  let written = 0;
  const writer = async () => {
    for (let n = 0; n < statements / 4; n += 1) {
      const step = n % STEPS.length;
      await on('legacy', STEPS[step] ?? '', [drawn(), OF_A_USER.has(step) ? USER : drawn()]).then(
        () => (written += 1),
        () => undefined,
      );
    }
  };
  await Promise.all([writer(), writer(), writer(), writer()]);
  return written;
}
