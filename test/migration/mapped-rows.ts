import { join } from 'node:path';
import { getTableName, sql, type SQL } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database, type Db } from '#platform/database/pool.ts';
import { createLog } from '#platform/log.ts';
import type { Side } from '#platform/moves/moves.ts';
import type { Kind, MoveMapping } from '../../migration/moves/mapping.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

export type Sides = Readonly<Record<Side, Database>>;

/** What was done to a kind. */
export interface Carried {
  readonly kind: string;
  /** Rows of all its tables that were inserted or updated; and aggregates that were removed. */
  readonly written: number;
  readonly removed: number;
  /** Why aggregates were left out. */
  readonly unmappable: readonly string[];
}

export function openAt(url: string): Database {
  const log = createLog('test', 'silent');
  return openDatabase({ url, poolSize: 3, applicationName: 'test', log });
}

/** An empty database of a service. */
export async function openEmpty(service: string): Promise<Database> {
  const url = await createEmptyDatabase();
  await migrateDatabase(url, join(import.meta.dirname, '../../subgraphs', service, 'migrations'));
  return openAt(url);
}

/** Empty databases of the monolith and of a domain. */
export async function openSides(domain: string): Promise<Sides> {
  return { legacy: await openEmpty('legacy/monolith'), new: await openEmpty(domain) };
}

/**
 * Makes a side hold what the other has, as relay and backfill do it, but all at once: parks all kinds, then writes them
 * in order, then removes in reverse order, in one transaction. What is unmappable is left out.
 */
export async function carry(move: MoveMapping, sides: Sides, to: Side): Promise<Carried[]> {
  const source = sides[to === 'new' ? 'legacy' : 'new'].db;
  return sides[to].db.transaction(async (target) => {
    await target.execute(sql`set local moves.copying = 'on'`);
    const all = [];
    for (const [n, kind] of move.kinds.entries()) {
      const incoming = sql.raw(`incoming_${n}`);
      const unmappable = await load(kind, source, target, to, incoming);
      all.push({ kind, incoming, unmappable, written: 0, removed: 0 });
    }
    const run = async (statements: readonly SQL[]) => {
      let rows = 0;
      for (const one of statements) {
        const done = await target.execute(one);
        rows += (done.rows[0]?.['written'] as number | undefined) ?? done.rowCount ?? 0;
      }
      return rows;
    };
    for (const { kind, incoming } of all) await run(kind.sides[to].park(incoming));
    for (const one of all) one.written = await run(one.kind.sides[to].write(one.incoming));
    for (const one of all.toReversed()) {
      one.removed = await run(one.kind.sides[to].remove(one.incoming));
    }
    await target.execute(sql`set constraints all immediate`);
    return all.map(({ kind, incoming: _incoming, ...counts }) => ({ kind: kind.name, ...counts }));
  });
}

async function load(
  kind: Kind,
  source: Db,
  target: Db,
  to: Side,
  incoming: SQL,
): Promise<readonly string[]> {
  const from: Side = to === 'new' ? 'legacy' : 'new';
  const forms = await canonicalForms(kind, from, source);
  const unmappable = [...forms.values()].flatMap(reasonsIn);
  const { root, rootId } = kind.sides[to];
  const here = (await target.execute(sql`select distinct ${rootId} as id from ${root}`)).rows;
  const gone = here.map(({ id }) => id as string).filter((id) => !forms.has(id));
  const batch = [
    ...[...forms]
      .filter(([, canonical]) => reasonsIn(canonical).length === 0)
      .map(([id, canonical]) => ({ id, canonical })),
    ...gone.map((id) => ({ id, canonical: null })),
  ];
  await target.execute(
    sql`create temporary table ${incoming} (id uuid primary key, canonical jsonb) on commit drop`,
  );
  // As text inside JSON: a driver's own reading of numbers would not be exact.
  await target.execute(
    sql`insert into ${incoming} select id, canonical::jsonb
        from json_to_recordset(${JSON.stringify(batch)}) as rows (id uuid, canonical text)`,
  );
  return unmappable;
}

/** The canonical forms of all aggregates of a kind on a side, as text, by id. */
export async function canonicalForms(kind: Kind, side: Side, db: Db): Promise<Map<string, string>> {
  const { root, rootId } = kind.sides[side];
  const all = kind.sides[side].canonical(sql`array(select ${rootId} from ${root})`);
  const { rows } = await db.execute(
    sql`select id, canonical::text as canonical from (${all}) forms order by id`,
  );
  return new Map(rows.map((row) => [row['id'] as string, row['canonical'] as string]));
}

/** What a canonical form says that the other side could not hold. */
export function reasonsIn(canonical: string): string[] {
  const reasons: string[] = [];
  JSON.parse(canonical, (key, value: unknown) => {
    if (key === 'unmappable') reasons.push(value as string);
    return value;
  });
  return reasons;
}

/** Every row of tables, as text. */
export async function content(
  { db }: Database,
  tables: readonly string[],
): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const table of tables) {
    const { rows } = await db.execute(
      sql`select t::text as row from ${sql.identifier(table)} t order by 1`,
    );
    found[table] = rows.map(({ row }) => row as string);
  }
  return found;
}

/** The tables of a move on a side, those that others refer to last. */
export function tablesOf(move: MoveMapping, side: Side): string[] {
  const tables = move.kinds.flatMap((kind) =>
    kind.sides[side].captured.map(({ table }) => getTableName(table)),
  );
  return [...new Set(tables)].toReversed();
}

/** Deletes all rows of a move on a side. */
export async function empty(move: MoveMapping, side: Side, { db }: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`set local moves.copying = 'on'`);
    for (const table of tablesOf(move, side)) {
      await tx.execute(sql`delete from ${sql.identifier(table)}`);
    }
  });
}

/** Holds the canonical forms of both sides against each other. */
export async function expectEqualSides(move: MoveMapping, sides: Sides): Promise<void> {
  for (const kind of move.kinds) {
    const [legacy, fresh] = [
      await canonicalForms(kind, 'legacy', sides.legacy.db),
      await canonicalForms(kind, 'new', sides.new.db),
    ];
    expect([kind.name, [...fresh]]).toEqual([kind.name, [...legacy]]);
  }
}

/** Nothing was written, nothing removed, nothing left out. */
export function expectUntouched(carried: readonly Carried[]): void {
  expect(carried.map(({ written, removed, unmappable }) => [written, removed, unmappable])).toEqual(
    carried.map(() => [0, 0, []]),
  );
}

/**
 * What every move must hold, whatever is in the monolith, and whatever older state the new side has: both sides have
 * equal canonical forms after a write; writing twice changes nothing; there and back again, from either side, gives the
 * same rows to the last bit, also over the older state.
 *
 * @param states fills the monolith anew with an older and with the present state
 */
async function expectNothingLost(
  move: MoveMapping,
  sides: Sides,
  states: { readonly older: () => Promise<void>; readonly present: () => Promise<void> },
): Promise<void> {
  const rows = {
    legacy: () => content(sides.legacy, tablesOf(move, 'legacy')),
    new: () => content(sides.new, tablesOf(move, 'new')),
  };
  await states.older();
  await carry(move, sides, 'new');
  await expectEqualSides(move, sides);
  await states.present();
  const before = await rows.legacy();
  expect((await carry(move, sides, 'new')).flatMap(({ unmappable }) => unmappable)).toEqual([]);
  await expectEqualSides(move, sides);
  expectUntouched(await carry(move, sides, 'new'));
  expectUntouched(await carry(move, sides, 'legacy'));
  const between = await rows.new();
  await states.older();
  await carry(move, sides, 'legacy');
  expect(await rows.legacy()).toEqual(before);
  await empty(move, 'new', sides.new);
  await carry(move, sides, 'new');
  expect(await rows.new()).toEqual(between);
  await empty(move, 'legacy', sides.legacy);
  await carry(move, sides, 'legacy');
  expect(await rows.legacy()).toEqual(before);
}

/**
 * The same for states that are drawn, each over another one.
 *
 * @param anyStates draws an older and the present state
 * @param fill fills the monolith anew with a state
 * @param numRuns how many pairs of states
 */
export async function expectNothingLostOfAny<State>(
  move: MoveMapping,
  sides: Sides,
  anyStates: fc.Arbitrary<readonly [older: State, present: State]>,
  { fill, numRuns }: { fill: (state: State) => Promise<void>; numRuns: number },
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(anyStates, async ([older, present]) => {
      await empty(move, 'new', sides.new);
      await expectNothingLost(move, sides, {
        older: () => fill(older),
        present: () => fill(present),
      });
    }),
    { numRuns },
  );
}
