import type { PoolClient } from 'pg';
import type { MoveName } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';
import { otherSide } from '../other-side.ts';
import { AggregateFailed } from './failures.ts';
import type { KindStatements } from './kind-statements.ts';
import type { Direction, Sight } from './look.ts';
import { query } from './sessions.ts';

/** The channel on which services hear what the relay has written to their database, to drop it from their caches. */
export const RELAYED_CHANNEL = 'moves_relayed';
/** PostgreSQL takes 8,000 bytes, and an id with its quotes and comma is 39. */
const IDS_OF_NOTIFICATION = 150;

/**
 * Rows that come in through a table before it is truncated. Each batch deletes those of the one before, which is far
 * cheaper: a table that was truncated makes all statements that read it be planned anew.
 */
const ROWS_OF_TABLE = 5_000;

/** The tables that a connection has already, and how many rows have come in since they were truncated. */
const tablesOf = new WeakMap<PoolClient, Map<string, number>>();

/** Makes the temporary tables that rows of a move come in through; outside of a transaction, once per connection. */
export async function prepareIncoming(
  target: PoolClient,
  kinds: readonly KindStatements[],
): Promise<void> {
  const tables = tablesOf.get(target) ?? new Map<string, number>();
  tablesOf.set(target, tables);
  for (const { incoming } of kinds) {
    if (tables.has(incoming)) continue;
    // Read by several statements of one batch, so not compressed, and whole pages stay in one piece.
    await target.query(
      `create temporary table "${incoming}" (id uuid primary key, canonical jsonb storage external)
       with (toast_tuple_target = 8160)`,
    );
    tables.set(incoming, 0);
  }
}

/** Does the work outside the databases that comes before rows are written, also where their rows are equal already. */
export async function bringFiles(
  places: MovePlaces,
  { from, atTarget, target }: Direction,
  sights: readonly Sight[],
): Promise<void> {
  for (const { kind } of atTarget) {
    const rows = sights.filter((sight) => sight.kind === kind.name);
    if (!kind.beforeWrite || rows.length === 0) continue;
    await kind
      .beforeWrite(rows.map(parsed), otherSide(from), places.config, target)
      .catch((cause: unknown) => {
        throw new AggregateFailed(kind.name, cause);
      });
  }
}

/**
 * Makes the target hold what the source has, in the transaction that {@link look} left open.
 *
 * @param isCareful false: what the target has nothing of is inserted without looking for rows in the way
 */
export async function writeIncoming(
  { target, move, atTarget }: Direction,
  sights: readonly Sight[],
  isCareful: boolean,
): Promise<void> {
  const incoming = atTarget
    .map((statements) => {
      const rows = sights.filter(({ kind }) => kind === statements.kind.name);
      const isNew = !isCareful && rows.every((sight) => sight.target === null);
      return { statements: isNew ? asNew(statements) : statements, rows };
    })
    .filter(({ rows }) => rows.length > 0);
  for (const { statements, rows } of incoming) {
    await stage(target, statements, rows);
  }
  for (const { statements } of incoming) {
    for (const park of statements.park) await query(target, park());
  }
  for (const { statements, rows } of incoming) {
    if (rows.every(({ source }) => source === null)) continue;
    for (const write of statements.write) await query(target, write());
  }
  // Also where every aggregate is still there: what others refer to, such as levels, is removed here row by row.
  for (const { statements } of incoming.toReversed()) {
    for (const remove of statements.remove) await query(target, remove());
  }
  // A foreign key that is checked at the end is checked here: what a commit throws is not of the rows.
  await query(target, { text: 'set constraints all immediate' });
  await announce(target, move, incoming);
}

/** The statements of a kind for aggregates that the target has none of: there is nothing to park or to remove. */
const asNew = (statements: KindStatements): KindStatements =>
  statements.create
    ? { ...statements, park: [], write: statements.create, remove: [] }
    : statements;

const parsed = ({ id, source, target }: Sight) => ({
  id,
  canonical: source === null ? null : (JSON.parse(source.form) as unknown),
  before: target === null ? null : (JSON.parse(target.form) as unknown),
});

/** One parameter for all rows: the forms are JSON already. */
async function stage(
  target: PoolClient,
  { incoming }: KindStatements,
  rows: readonly Sight[],
): Promise<void> {
  await empty(target, incoming, rows.length);
  const json = rows.map(({ id, source }) => `{"id":"${id}","canonical":${source?.form ?? 'null'}}`);
  await query(target, {
    name: `${incoming}_stage`.slice(0, 63),
    text: `insert into "${incoming}" select id, canonical from jsonb_to_recordset($1) as r (id uuid, canonical jsonb)`,
    values: [`[${json.join()}]`],
  });
}

async function empty(target: PoolClient, incoming: string, rows: number): Promise<void> {
  const tables = tablesOf.get(target);
  const before = tables?.get(incoming) ?? 0;
  const isFull = before > ROWS_OF_TABLE;
  tables?.set(incoming, isFull ? rows : before + rows);
  await query(target, { text: isFull ? `truncate "${incoming}"` : `delete from "${incoming}"` });
}

/** Heard when the transaction has been committed. */
async function announce(
  target: PoolClient,
  move: MoveName,
  incoming: readonly { readonly statements: KindStatements; readonly rows: readonly Sight[] }[],
): Promise<void> {
  const payloads = incoming.flatMap(({ statements, rows }) => {
    const ids = rows.map(({ id }) => id);
    const parts = Math.ceil(ids.length / IDS_OF_NOTIFICATION);
    return Array.from({ length: parts }, (_, part) =>
      JSON.stringify({
        move,
        kind: statements.kind.name,
        ids: ids.slice(part * IDS_OF_NOTIFICATION, (part + 1) * IDS_OF_NOTIFICATION),
      }),
    );
  });
  await query(target, {
    name: 'moves_announce',
    text: 'select pg_notify($1, payload) from unnest($2::text[]) payload',
    values: [RELAYED_CHANNEL, payloads],
  });
}
