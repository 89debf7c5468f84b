import { stripeOf } from '#platform/moves/ownership-lock.ts';

/** SQL: whether there is a note of this hour of who writes in this session. `move` is SQL too. */
export const isNoted = (move: string): string => `exists (
      select from move.writer w
      where w.move = ${move} and w.hour = date_trunc('hour', now())
        and w.role = session_user and w.application = current_setting('application_name')
    )`;

/** How many of the buckets are recorded, and one that this side may not write: in one statement, so of one moment. */
const JUDGED = `select count(*), min(s.guard), min(s.side),
      (array_agg(s.bucket order by s.owner, s.bucket) filter (where s.owner <> s.side and s.guard <> 'off'))[1],
      min(s.owner) filter (where s.owner <> s.side and s.guard <> 'off')
    into known, a_guard, a_side, refused, an_owner`;

/**
 * What all moves share in a database: the schema `move`. It is made by the command that installs capture, never by the
 * migrations of a service, and stays when the last move is gone, empty. Each statement may be run again.
 */
export const MOVE_SCHEMA = `
create schema if not exists move;
-- Whoever may write to a table that is captured runs its triggers; they run as who installed them.
grant usage on schema move to public;

create table if not exists move.mode (
  move text primary key,
  side text not null check (side in ('legacy', 'new')),
  guard text not null check (guard in ('enforce', 'detect', 'off')),
  -- False: only the guard is left.
  captures boolean not null,
  -- A hash of the statements that made the triggers: what is as it should be is left alone.
  definition text not null
);
create table if not exists move.ownership (
  move text not null,
  bucket integer not null,
  owner text not null check (owner in ('legacy', 'new', 'moving')),
  epoch bigint not null,
  primary key (move, bucket)
);
create table if not exists move.dirty (
  id bigint generated always as identity,
  move text not null,
  kind text not null,
  aggregate_id uuid not null,
  bucket integer not null,
  reader integer,
  backfill boolean not null default false,
  noted_at timestamptz not null default clock_timestamp(),
  -- What the relay reads: live markers before those of a backfill. Writers pay for each index, so it is the only key.
  primary key (move, backfill, id)
) with (
  -- A queue: rows live for milliseconds, so it is cleaned by their number, not by their share.
  autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0
);
-- All markers of some aggregates. Kinds do not share ids but by chance.
create index if not exists dirty_aggregate on move.dirty (aggregate_id);
create table if not exists move.deferred (
  move text not null,
  kind text not null,
  aggregate_id uuid not null,
  tries integer not null,
  retry_at timestamptz not null,
  reason text not null,
  primary key (move, kind, aggregate_id)
);
create table if not exists move.parked (
  move text not null,
  kind text not null,
  aggregate_id uuid not null,
  bucket integer not null,
  reason text not null,
  parked_at timestamptz not null default clock_timestamp(),
  primary key (move, kind, aggregate_id)
);
create table if not exists move.changed (
  move text not null,
  kind text not null,
  aggregate_id uuid not null,
  bucket integer not null,
  primary key (move, kind, aggregate_id)
);
create table if not exists move.backfill (
  move text not null,
  kind text not null,
  pass text not null check (pass in ('source', 'gone')),
  last_id uuid,
  marked bigint not null default 0,
  finished_at timestamptz,
  primary key (move, kind, pass)
);
-- Without a key: see move.note_writer. Read it grouped.
create table if not exists move.writer (
  move text not null,
  role text not null,
  application text not null,
  hour timestamptz not null
);
create index if not exists writer_hour on move.writer (move, hour);
grant select on move.mode, move.ownership to public;

-- As bucketOf of platform/moves/bucket.ts.
create or replace function move.bucket_of(move text, key text) returns integer
language sql immutable strict parallel safe
return ('x' || encode(substr(sha256(convert_to(move || ':' || key, 'UTF8')), 1, 2), 'hex'))::bit(16)::integer & 1023;

-- Notes who writes, where move.guard found no note of this hour. Whoever writes the first one must hold up nobody: with a
-- unique key, others would wait for it to commit; so who cannot get the lock leaves it to its holder, and a few double
-- notes are allowed.
create or replace function move.note_writer(a_move text) returns void language plpgsql as $$
declare
  a_role constant text := session_user;
  an_application constant text := current_setting('application_name');
begin
  if pg_try_advisory_xact_lock(hashtext('move.writer'), hashtext(concat_ws(chr(31), a_move, a_role, an_application))) then
    insert into move.writer values (a_move, a_role, an_application, date_trunc('hour', now()));
  end if;
end $$;

create or replace function move.refuse(a_move text, a_bucket integer, an_owner text, a_side text, a_table text) returns void
language plpgsql as $$
declare
  facts constant text := json_build_object('move', a_move, 'owner', an_owner, 'bucket', a_bucket)::text;
begin
  if an_owner = 'moving' then
    raise exception using errcode = 'MF002', detail = facts,
      message = format('%s: these rows of the move "%s" (bucket %s) change sides at this moment, nothing was written', a_table, a_move, a_bucket),
      hint = 'Run the transaction again in a moment.';
  end if;
  raise exception using errcode = 'MF001', detail = facts,
    message = format(
      '%s: these rows of the move "%s" (bucket %s) are owned by the %s side, and this is the database of the %s side: nothing was written, because it would be lost',
      a_table, a_move, a_bucket, an_owner, a_side),
    hint = format(
      'Write through the API, which finds the owner, or in the database of the %s side. "npm run move -- status %s" says who owns what.',
      an_owner, a_move);
end $$;

-- Lets a transaction write in buckets that this side owns, and holds them until it ends; raises MF001, MF002 or 40001 else.
--
-- Two locks are needed. The advisory lock is what a flip waits for, so that writers who come after the flip asked for it
-- queue behind it: with row locks alone, writers who overlap would starve it for ever. The row lock makes a transaction
-- with an old snapshot (REPEATABLE READ) fail with 40001 where the row has changed since: it would read the owner of
-- before the flip. At READ COMMITTED the statement after the advisory lock has a snapshot of its own, taken when the
-- flip that was waited for had committed; so the row is not locked there, which would write to it each time.
create or replace function move.guard(a_move text, a_class integer, a_table text, the_buckets integer[]) returns void
language plpgsql as $$
declare
  known integer;
  a_guard text;
  a_side text;
  refused integer;
  an_owner text;
begin
  perform pg_advisory_xact_lock_shared(a_class, s.stripe)
  from (select distinct ${stripeOf('b')} as stripe from unnest(the_buckets) b) s;
  if current_setting('transaction_isolation') = 'read committed' then
    ${JUDGED} from (
      select o.bucket, o.owner, m.side, m.guard from move.mode m join move.ownership o on o.move = m.move
      where m.move = a_move and o.bucket = any (the_buckets)
    ) s;
  else
    ${JUDGED} from (
      select o.bucket, o.owner, m.side, m.guard from move.mode m join move.ownership o on o.move = m.move
      where m.move = a_move and o.bucket = any (the_buckets) for share of o
    ) s;
  end if;
  if refused is not null then
    perform move.refuse(a_move, refused, an_owner, a_side, a_table);
  elsif known < cardinality(the_buckets) then
    raise exception using errcode = '40001',
      message = format('%s: the owner of these rows was recorded after this transaction began: run it again', a_table);
  end if;
  if a_guard = 'detect' and not ${isNoted('a_move')} then perform move.note_writer(a_move); end if;
end $$;
`;
