import { escapeLiteral } from 'pg';
import { moveNamed } from '#platform/moves/moves.ts';
import { lockClass, stripeOf } from '#platform/moves/ownership-lock.ts';
import type { CapturedSource } from './captured-tables.ts';

/**
 * The statements that make the trigger which marks what a cascade will take along with a parent row, as long as that
 * can still be found. Nobody is refused here where the other side owns it: the deletion of the parent gets there by
 * the parent's own move, and the owner's cascade takes the same along. The marker matters under the relay tag of the
 * parent's move too: what was carried over in the meantime must follow.
 */
export function takeAlongTrigger(source: CapturedSource, captures: boolean): readonly string[] {
  const { takesAlong, label, qualified } = source;
  if (!takesAlong || !captures) return [];
  const name = `move_${label}_takes_along`;
  return [
    takeAlongFunction(source, name, takesAlong),
    `create trigger ${name} before delete on ${qualified} for each row execute function move.${name}()`,
    `alter table ${qualified} enable always trigger ${name}`,
  ];
}

function takeAlongFunction(
  { key, qualified }: CapturedSource,
  name: string,
  { move, kind, ids }: NonNullable<CapturedSource['takesAlong']>,
): string {
  const isOneBucket = key === null || moveNamed(move)?.writes === 'together';
  const bucket = isOneBucket ? '0' : `move.bucket_of(${escapeLiteral(move)}, (${key})::text)`;
  const ofR = (expression: string) => `(select ${expression} from (select old.*) r)`;
  return `
create or replace function move.${name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
#variable_conflict use_column
declare
  ids uuid[];
  a_bucket integer;
  side text;
  an_owner text;
begin
  if current_setting('moves.relay', true) = ${escapeLiteral(move)} then return old; end if;
  select m.side into side from move.mode m where m.move = ${escapeLiteral(move)} and m.captures;
  if not found then return old; end if;
  ids := ${ofR(`array(${ids})`)};
  if cardinality(ids) = 0 then return old; end if;
  a_bucket := ${ofR(bucket)};
  if a_bucket is null then return old; end if;
  perform pg_advisory_xact_lock_shared(${lockClass(move)}, ${stripeOf('a_bucket')});
  if current_setting('transaction_isolation') = 'read committed' then
    select o.owner into an_owner from move.ownership o
    where o.move = ${escapeLiteral(move)} and o.bucket = a_bucket;
  else
    select o.owner into an_owner from move.ownership o
    where o.move = ${escapeLiteral(move)} and o.bucket = a_bucket for share;
  end if;
  if an_owner = 'moving' then
    perform move.refuse(${escapeLiteral(move)}, a_bucket, an_owner, side, ${escapeLiteral(qualified)});
  end if;
  if an_owner = side then
    insert into move.dirty (move, kind, aggregate_id, bucket, reader)
    select ${escapeLiteral(move)}, ${escapeLiteral(kind)}, t.id, a_bucket, a_bucket from unnest(ids) t (id);
  end if;
  return old;
end $body$`;
}
