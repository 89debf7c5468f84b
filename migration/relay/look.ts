import type { PoolClient } from 'pg';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import type { KindStatements } from './kind-statements.ts';
import { keyOf, MARKERS_OF_MOVE, type AggregateKey, type Marker } from './markers.ts';
import { query, type Sessions } from './sessions.ts';
import { verdictOf, type OwnerRow, type Verdict } from './verdict.ts';

/** One direction of a move, with a connection to each side. */
export interface Direction extends Sessions {
  readonly move: MoveName;
  readonly from: Side;
  readonly atSource: readonly KindStatements[];
  readonly atTarget: readonly KindStatements[];
}

/** An aggregate that is looked at, with the markers that brought it. */
export interface Wanted extends AggregateKey {
  readonly markers: readonly Marker[];
}

/** What a side holds of an aggregate. */
export interface State {
  /** The text of its canonical form. */
  readonly form: string;
  readonly bucket: number;
}

/** An aggregate as both sides have it, at one moment as far as it matters. */
export interface Sight extends AggregateKey {
  /** Those that were still there in the snapshot. */
  readonly markers: readonly Marker[];
  readonly source: State | null;
  readonly target: State | null;
  readonly verdict: Verdict;
}

/** Aggregates are locked by the last two digits of their ids: a batch holds at most so many locks. */
const STRIPES = 256;
/** Which of these locks an aggregate has. */
export const stripeOf = (id: string): number => Number.parseInt(id.slice(-2), 16) % STRIPES;
/** Milliseconds that a relay may keep others waiting between two statements, when it is stopped or cut off. */
const IDLE_LIMIT = 10_000;
/** The same where files are copied in between. */
const COPYING_LIMIT = 300_000;

/**
 * Looks at aggregates in the order that loses nothing: they are locked on the target, then read in a snapshot of the
 * source; the target's ownership is locked, then the target's own state is read. Until the target's transaction ends, no
 * other relay changes them there. (To read the source first would let an older state overwrite a newer one, that another
 * relay has written in between.)
 *
 * It leaves the transaction of the target open. Whoever calls ends it, also when this throws.
 *
 * @param findMarkers `all`: which markers there are is not known yet
 */
export async function look(
  direction: Direction,
  asked: readonly Wanted[],
  findMarkers: 'those given' | 'all' = 'those given',
): Promise<Sight[]> {
  await lockOnTarget(direction, asked);
  const { source, target, move } = direction;
  await source.query(
    `begin isolation level repeatable read read only; set local idle_in_transaction_session_timeout = ${IDLE_LIMIT}`,
  );
  const wanted =
    findMarkers === 'all'
      ? await withAllMarkers(source, move, asked)
      : await withPresentMarkers(source, move, asked);
  const atSource = await readStates(source, direction.atSource, wanted);
  const buckets = new Set([
    ...wanted.flatMap(({ markers }) => markers.map(({ bucket }) => bucket)),
    ...[...atSource.values()].map(({ bucket }) => bucket),
  ]);
  const sourceSays = await readOwners(source, move, buckets, '');
  const targetSays = await readOwners(target, move, buckets, 'for share');
  const atTarget = await readStates(target, direction.atTarget, wanted);
  const others = [...atTarget.values()].map(({ bucket }) => bucket).filter((b) => !buckets.has(b));
  if (others.length > 0) {
    // What was read before its ownership was locked may be of another epoch.
    await addOwners(sourceSays, source, move, new Set(others), '');
    await addOwners(targetSays, target, move, new Set(others), 'for share');
    for (const [key, state] of await readStates(target, direction.atTarget, wanted)) {
      atTarget.set(key, state);
    }
  }
  await source.query('commit');
  return wanted.map((one) => {
    const { kind, id, markers } = one;
    const [mine, theirs] = [atSource.get(keyOf(one)) ?? null, atTarget.get(keyOf(one)) ?? null];
    const facts = {
      marked: markers.map(({ bucket }) => bucket),
      atSource: mine?.bucket ?? null,
      atTarget: theirs?.bucket ?? null,
    };
    const verdict = verdictOf(direction.from, facts, sourceSays, targetSays);
    return { kind, id, markers, source: mine, target: theirs, verdict };
  });
}

async function lockOnTarget(
  { target, move, atTarget }: Direction,
  wanted: readonly AggregateKey[],
): Promise<void> {
  const copies = atTarget.some(({ kind }) => kind.beforeWrite);
  // Everything is found by keys: plans that read whole tables come of statistics that are missing or old, and stay in use.
  // SET LOCAL, so that nothing of it is left to the next who is given the connection. What is deleted on the source
  // when this has committed must outlive a crash of the target, whatever its settings are.
  await target.query(
    `begin; set local moves.relay = '${move}'; set local moves.copying = 'on';
     set local enable_seqscan = off; set local lock_timeout = '500ms';
     set local idle_in_transaction_session_timeout = ${copies ? COPYING_LIMIT : IDLE_LIMIT};
     select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off'`,
  );
  const stripes = new Set(wanted.map(({ id }) => stripeOf(id)));
  await query(target, {
    name: 'moves_lock',
    text: `select pg_advisory_xact_lock(hashtext('relay:' || $1), stripe) from unnest($2::integer[]) stripe`,
    // In one order, so that two relays never wait for each other.
    values: [move, [...stripes].sort((a, b) => a - b)],
  });
}

async function withPresentMarkers(
  source: PoolClient,
  move: MoveName,
  wanted: readonly Wanted[],
): Promise<readonly Wanted[]> {
  const ids = wanted.flatMap(({ markers }) => markers.map(({ marker }) => marker));
  const { rows } = await query<{ id: string }>(source, {
    name: 'moves_present',
    text: `select id from move.dirty where ${MARKERS_OF_MOVE} and id = any ($2::bigint[])`,
    values: [move, ids],
  });
  const present = new Set(rows.map(({ id }) => id));
  return wanted.map((one) => ({
    ...one,
    markers: one.markers.filter(({ marker }) => present.has(marker)),
  }));
}

async function withAllMarkers(
  source: PoolClient,
  move: MoveName,
  wanted: readonly AggregateKey[],
): Promise<readonly Wanted[]> {
  const { rows } = await query<Marker>(source, {
    text: `
      select d.id as marker, d.kind, d.aggregate_id as id, d.bucket, d.reader, d.backfill from move.dirty d
      join unnest($2::text[], $3::uuid[]) as a (kind, id) on a.kind = d.kind and a.id = d.aggregate_id
      where d.move = $1`,
    values: [move, wanted.map(({ kind }) => kind), wanted.map(({ id }) => id)],
  });
  const markers = Map.groupBy(rows, keyOf);
  return wanted.map(({ kind, id }) => ({
    kind,
    id,
    markers: markers.get(keyOf({ kind, id })) ?? [],
  }));
}

async function readStates(
  client: PoolClient,
  kinds: readonly KindStatements[],
  wanted: readonly AggregateKey[],
): Promise<Map<string, State>> {
  const states = new Map<string, State>();
  for (const { kind, forms } of kinds) {
    const ids = wanted.filter((one) => one.kind === kind.name).map(({ id }) => id);
    if (ids.length === 0) continue;
    const { rows } = await query<State & { id: string }>(client, forms({ ids }));
    for (const { id, form, bucket } of rows) states.set(`${kind.name} ${id}`, { form, bucket });
  }
  return states;
}

async function readOwners(
  client: PoolClient,
  move: MoveName,
  buckets: ReadonlySet<number>,
  lock: '' | 'for share',
): Promise<Map<number, OwnerRow>> {
  const owners = new Map<number, OwnerRow>();
  await addOwners(owners, client, move, buckets, lock);
  return owners;
}

async function addOwners(
  owners: Map<number, OwnerRow>,
  client: PoolClient,
  move: MoveName,
  buckets: ReadonlySet<number>,
  lock: '' | 'for share',
): Promise<void> {
  const { rows } = await query<OwnerRow>(client, {
    name: `moves_owners_${lock === '' ? 'read' : 'lock'}`,
    text: `select bucket, owner, epoch from move.ownership
           where move = $1 and bucket = any ($2::integer[]) order by bucket ${lock}`,
    values: [move, [...buckets]],
  });
  for (const row of rows) owners.set(row.bucket, row);
}
