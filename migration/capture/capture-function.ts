import { escapeLiteral } from 'pg';
import { moveNamed } from '#platform/moves/moves.ts';
import { lockClass, stripeOf } from '#platform/moves/ownership-lock.ts';
import type { CapturedSource } from './captured-tables.ts';
import { isNoted } from './schema.ts';

/**
 * The statement that makes the function of a trigger: it asks the guard, then marks each aggregate that the rows belong
 * to, once.
 *
 * @param rows the relations that hold the rows: one, or those before and those after an update
 * @param captures false: it guards and does not mark
 */
export function captureFunction(
  source: CapturedSource,
  name: string,
  rows: readonly string[],
  captures: boolean,
): string {
  const { move, kind, qualified } = source;
  const [a, b] = [escapeLiteral(move), escapeLiteral(kind)];
  const marker = 'insert into move.dirty (move, kind, aggregate_id, bucket, reader)';
  return `
create or replace function move.${name}() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $body$
#variable_conflict use_column
declare
  the_id uuid;
  the_key text;
  the_reader text;
  the_bucket integer;
  is_locked boolean;
  the_ids uuid[];
  the_buckets integer[];
  the_readers integer[];
  different integer[];
begin
  -- The relay's own writes. (In a session that had the setting before, it is '', which no move is called.)
  if current_setting('moves.relay', true) = ${a} then return null; end if;
  ${lockOne(source, rows)}
  if is_locked then
    ${captures ? `${marker} select ${a}, ${b}, the_id, the_bucket, ${readerBucket(source, { reader: 'the_reader', key: 'the_key', bucket: 'the_bucket' })}` : 'perform'}
    from move.mode m join move.ownership o on o.move = m.move
    where m.move = ${a} and o.bucket = the_bucket
      and (o.owner = m.side and (m.guard = 'enforce' or ${isNoted(a)}) or m.guard = 'off');
    if found then return null; end if;
  end if;
  select array_agg(t.aggregate_id), array_agg(t.bucket), array_agg(t.reader), array_agg(distinct t.bucket)
  into the_ids, the_buckets, the_readers, different
  from (${touched(source, rows)}) t;
  if the_ids is null then return null; end if;
  perform move.guard(${a}, ${lockClass(move)}, ${escapeLiteral(qualified)}, different);
  ${captures ? `${marker} select ${a}, ${b}, t.* from unnest(the_ids, the_buckets, the_readers) t;` : ''}
  return null;
end $body$`;
}

/**
 * Statements for what most statements are: one row, of one aggregate before and after. They read the row and take the
 * lock of its bucket; the marker is then written under the condition that this side is the owner, by a statement of its
 * own, whose snapshot is younger than the lock (so only at READ COMMITTED; see move.guard). Where no marker was written,
 * and for everything else, the guard decides.
 *
 * This is what writers pay, so little is asked: the row is read once, an expression without a table is no query to
 * PL/pgSQL, and a row that is the same in the columns which count has the same key before and after.
 */
function lockOne(source: CapturedSource, rows: readonly string[]): string {
  const { move, aggregate, key, reader } = source;
  const columns = columnsRead(source);
  if (!columns) return '';
  const values = [
    ['the_id', `(${aggregate})::uuid`],
    ...(key === null ? [] : [['the_key', `(${key})::text`]]),
    ...(hasOtherReader(source) ? [['the_reader', `(${reader})::text`]] : []),
  ];
  return `
  if current_setting('transaction_isolation') = 'read committed' then
    select ${values.map(([, value]) => value).join(', ')} into ${values.map(([name]) => name).join(', ')}
    from (${onlyRow(columns, rows)}) r where r.is_only;
    if the_id is not null${key === null ? '' : ' and the_key is not null'} then
      the_bucket := ${isOneBucket(source) ? '0' : hashed(source, 'the_key')};
      is_locked := pg_advisory_xact_lock_shared(${lockClass(move)}, ${stripeOf('the_bucket')}) is not null;
    end if;
  end if;`;
}

/** A query of one row: some columns of a row, and whether that is the only one, and has them as before. */
function onlyRow(columns: readonly string[], rows: readonly string[]): string {
  const [after = '', before] = rows.toReversed();
  const isSame = columns.map((column) => `a.${column} is not distinct from b.${column}`);
  return `
      select count(*) = 1${before ? ' and bool_and(c.is_same)' : ''} as is_only,
        ${columns.map((column) => `any_value(c.${column}) as ${column}`).join(', ')}
      from (
        select ${columns.map((column) => `a.${column}`).join(', ')}${before ? `, ${isSame.join(' and ')} as is_same` : ''}
        from ${after} a${before ? `, ${before} b` : ''} limit 2
      ) c`;
}

/** The columns that the aggregate, the key and the reader of a row are made of; null where they are made of all of it. */
function columnsRead({ aggregate, key, reader }: CapturedSource): readonly string[] | null {
  const texts = [aggregate, key ?? '', reader ?? ''];
  const read = texts.flatMap((text) => [...text.matchAll(/\br\b(?:\.(\w+))?/g)]);
  const columns = read.flatMap(([, column]) => column ?? []);
  return columns.length === read.length ? [...new Set(columns)] : null;
}

/** A query: the aggregates of rows, each with its bucket and that of its reader, once. */
function touched(source: CapturedSource, rows: readonly string[]): string {
  const columns = columnsOf(source).join(', ');
  const [first = '', ...others] = rows.map((relation) => `select ${columns} from ${relation} r`);
  const distinct = [first.replace('select', 'select distinct'), ...others].join(' union ');
  return `
    select b.aggregate_id, b.bucket, ${readerBucket(source, { reader: 'b.reader', key: 'b.key', bucket: 'b.bucket' })} as reader
    from (
      select d.*, ${bucket(source, 'd')} as bucket
      from (${distinct}) d
      where d.aggregate_id is not null${source.key === null ? '' : ' and d.key is not null'}
      -- A bucket is a hash, which the planner would otherwise compute wherever it is used.
      offset 0
    ) b`;
}

/** What is read of a row: the aggregate, the key where there is one, and the reader where that is another. */
function columnsOf(source: CapturedSource): readonly string[] {
  const { aggregate, key, reader } = source;
  return [
    `(${aggregate})::uuid as aggregate_id`,
    ...(key === null ? [] : [`(${key})::text as key`]),
    ...(hasOtherReader(source) ? [`(${reader})::text as reader`] : []),
  ];
}

/** Whether those who read a row are others than its key names. */
const hasOtherReader = ({ key, reader }: CapturedSource): boolean =>
  reader !== null && reader !== key;

const isOneBucket = ({ key, move }: CapturedSource): boolean =>
  key === null || moveNamed(move)?.writes === 'together';

const hashed = ({ move }: CapturedSource, value: string): string =>
  `move.bucket_of(${escapeLiteral(move)}, ${value})`;

function bucket(source: CapturedSource, alias: string): string {
  if (!isOneBucket(source)) return hashed(source, `${alias}.key`);
  return source.key === null ? '0' : `case when ${alias}.key is not null then 0 end`;
}

/** The bucket of the reader, of what was computed for a row: SQL of its reader, key and bucket. */
function readerBucket(
  source: CapturedSource,
  { reader, key, bucket }: Readonly<Record<'reader' | 'key' | 'bucket', string>>,
): string {
  if (source.reader === null) return 'null::integer';
  if (hasOtherReader(source)) return hashed(source, reader);
  return isOneBucket(source) ? hashed(source, key) : bucket;
}
