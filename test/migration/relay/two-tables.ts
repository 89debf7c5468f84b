import { sql, type SQL } from 'drizzle-orm';
import { integer, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { Side } from '#platform/moves/moves.ts';
import type { Kind, KindOnSide, MoveMapping } from '../../../migration/moves/mapping.ts';

/*
 * A small domain with everything that makes moving hard: things have unique codes, and parts that go from one to
 * another; they refer to groups. The new side has rules that the old one has not.
 */

const groups = (name: string) =>
  pgTable(name, { id: uuid('id').primaryKey(), owner: uuid('owner'), label: text('label') });
const things = (name: string) =>
  pgTable(name, {
    id: uuid('id').primaryKey(),
    owner: uuid('owner'),
    code: text('code'),
    groupId: uuid('group_id'),
    amount: integer('amount'),
  });
const parts = (name: string) =>
  pgTable(name, { id: uuid('id').primaryKey(), thingId: uuid('thing_id'), n: integer('n') });

const TABLES = {
  legacy: { group: groups('old_group'), thing: things('old_thing'), part: parts('old_part') },
  new: { group: groups('new_group'), thing: things('new_thing'), part: parts('new_part') },
};

/** The statements that make the tables of a side. */
export const schemaOf = (side: Side): string => {
  const p = side === 'legacy' ? 'old' : 'new';
  const rules = side === 'legacy' ? '' : ', check (amount >= 0), check (length(code) <= 60)';
  return `
    create table ${p}_group (id uuid primary key, owner uuid not null, label text not null);
    create table ${p}_thing (id uuid primary key, owner uuid not null, code text not null unique,
      group_id uuid references ${p}_group, amount integer not null${rules});
    create table ${p}_part (id uuid primary key, thing_id uuid not null references ${p}_thing on delete cascade,
      n integer not null, unique (thing_id, n));`;
};

function groupOn(side: Side): KindOnSide {
  const { group } = TABLES[side];
  return {
    root: group,
    rootId: group.id,
    captured: [{ table: group, aggregate: 'r.id', key: 'r.owner', reader: 'r.owner' }],
    canonical: (ids) =>
      sql`select id, jsonb_build_object('owner', owner, 'label', label) as canonical from ${group} where id = any (${ids})`,
    park: () => [],
    write: (incoming) => [
      sql`insert into ${group} (id, owner, label)
          select id, (canonical ->> 'owner')::uuid, canonical ->> 'label' from ${incoming} where canonical is not null
          on conflict (id) do update set owner = excluded.owner, label = excluded.label`,
    ],
    remove: (incoming) => [
      sql`delete from ${group} where id in (select id from ${incoming} where canonical is null)`,
    ],
  };
}

function thingOn(side: Side): KindOnSide {
  const { thing, part } = TABLES[side];
  const p = side === 'legacy' ? 'old' : 'new';
  const owner = `(select t.owner from ${p}_thing t where t.id = r.thing_id)`;
  const amount = sql`case when amount = 13 then jsonb_build_object('unmappable', 'amount: 13 has no word') else to_jsonb(amount) end`;
  const members = (incoming: SQL) =>
    sql`${incoming} i, jsonb_to_recordset(i.canonical -> 'parts') as v (id uuid, n integer)`;
  return {
    root: thing,
    rootId: thing.id,
    captured: [
      { table: thing, aggregate: 'r.id', key: 'r.owner', reader: 'r.owner' },
      { table: part, aggregate: 'r.thing_id', key: owner, reader: owner },
    ],
    canonical: (ids) =>
      sql`select t.id, jsonb_build_object('owner', owner, 'code', code, 'group', group_id, 'amount', ${amount},
            'parts', coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'n', p.n) order by p.id)
              from ${part} p where p.thing_id = t.id), '[]'::jsonb)) as canonical
          from ${thing} t where t.id = any (${ids})`,
    park: (incoming) => [
      sql`update ${thing} set code = '~' || id where id in (select id from ${incoming})`,
      sql`delete from ${part} where thing_id in (select id from ${incoming})`,
    ],
    write: (incoming) => [
      sql`insert into ${thing} (id, owner, code, group_id, amount)
          select id, (canonical ->> 'owner')::uuid, canonical ->> 'code', (canonical ->> 'group')::uuid,
            (canonical ->> 'amount')::integer
          from ${incoming} where canonical is not null
          on conflict (id) do update set owner = excluded.owner, code = excluded.code,
            group_id = excluded.group_id, amount = excluded.amount`,
      sql`insert into ${part} (id, thing_id, n) select v.id, i.id, v.n from ${members(incoming)}
          on conflict (id) do update set thing_id = excluded.thing_id, n = excluded.n`,
    ],
    remove: (incoming) => [
      sql`delete from ${thing} where id in (select id from ${incoming} where canonical is null)`,
    ],
  };
}

const kind = (name: string, on: (side: Side) => KindOnSide): Kind => ({
  name,
  sides: { legacy: on('legacy'), new: on('new') },
});

/** Its writes are owned by user, as those of orders are. */
export const twoTables: MoveMapping = {
  name: 'order',
  kinds: [kind('group', groupOn), kind('thing', thingOn)],
};
