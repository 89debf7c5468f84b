import { createHash } from 'node:crypto';
import { and, eq, lt, notExists, sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import { daysBefore } from '#schema/usage/days.ts';
import type { ReportedOperation, ReportedUsage } from './read-report.ts';
import { usageDay, usageOperation, usageReport, usageRequest } from './tables.ts';

/** Days that a report is known again: its sender gives up long before. */
const REMEMBERED = 7;
/** Rows of one graph that a day may add, in all tables: whoever invents operations or clients must not fill the database. */
const MOST_ROWS = 200_000;

/**
 * Adds a report to what has been counted. Run it in a transaction.
 *
 * @param bytes of the report: the same ones are counted once
 * @param mostRows of a graph on a day; requests beyond are counted, and no more
 * @returns false where it has been counted before
 */
export async function storeUsage(
  tx: Db,
  bytes: Uint8Array,
  usage: ReportedUsage,
  mostRows = MOST_ROWS,
): Promise<boolean> {
  const digest = createHash('sha256').update(bytes).digest();
  const noted = await tx
    .insert(usageReport)
    .values({ digest, receivedAt: sql`now()` })
    .onConflictDoNothing()
    .returning({ digest: usageReport.digest });
  if (noted.length === 0) return false;
  const { graphRef } = usage;
  const day = usage.at.toISOString().slice(0, 10);
  const free = await lockDay(tx, graphRef, day, mostRows);
  const known = await knownOf(tx, graphRef, usage.operations);
  const kept = fitting(usage.operations, known, free);
  const added = kept.filter(({ signature }) => !known.has(signature)).length;
  await storeOperations(tx, usage, kept);
  const fields = await storeFields(tx, usage, kept, free - added);
  const { rows, requests } = await storeRequests(tx, usage, day, kept, free - added - fields);
  await tx
    .update(usageDay)
    .set({
      requests: sql`${usageDay.requests} + ${usage.requests}`,
      leftOut: sql`${usageDay.leftOut} + ${usage.requests - requests}`,
      rows: sql`${usageDay.rows} + ${added + fields + rows}`,
    })
    .where(and(eq(usageDay.graphRef, graphRef), eq(usageDay.day, day)));
  return true;
}

/** Reporters of one graph take turns. @returns how many rows the day may still get */
async function lockDay(tx: Db, graphRef: string, day: string, mostRows: number): Promise<number> {
  const nothing = { graphRef, day, requests: 0, leftOut: 0, rows: 0 };
  await tx.insert(usageDay).values(nothing).onConflictDoNothing();
  const [found] = await tx
    .select({ rows: usageDay.rows })
    .from(usageDay)
    .where(and(eq(usageDay.graphRef, graphRef), eq(usageDay.day, day)))
    .for('update');
  return mostRows - (found?.rows ?? 0);
}

async function knownOf(
  tx: Db,
  graphRef: string,
  operations: readonly ReportedOperation[],
): Promise<ReadonlySet<string>> {
  const signatures = operations.map(({ signature }) => signature);
  const rows = await tx
    .select({ signature: usageOperation.signature })
    .from(usageOperation)
    .where(
      and(
        eq(usageOperation.graphRef, graphRef),
        sql`${usageOperation.signature} = any(${sql.param(signatures)}::text[])`,
      ),
    );
  return new Set(rows.map(({ signature }) => signature));
}

/** The operations that are known, and of the others as many as fit with all their rows. */
function fitting(
  operations: readonly ReportedOperation[],
  known: ReadonlySet<string>,
  free: number,
): ReportedOperation[] {
  let left = free;
  return operations.filter(({ signature, fields, clients }) => {
    if (known.has(signature)) return true;
    const rows = 1 + fields.length + clients.length;
    if (rows > left) return false;
    left -= rows;
    return true;
  });
}

async function storeOperations(
  tx: Db,
  { graphRef, at }: ReportedUsage,
  operations: readonly ReportedOperation[],
): Promise<void> {
  if (operations.length === 0) return;
  // Always in the same order: reporters that meet must not lock each other out.
  const sorted = operations.toSorted((a, b) => (a.signature < b.signature ? -1 : 1));
  await tx.execute(sql`
    insert into usage_operation (graph_ref, signature, name, body, first_seen, last_seen)
    select ${graphRef}, signature, name, body, ${at}, ${at}
    from unnest(${sql.param(sorted.map(({ signature }) => signature))}::text[],
                ${sql.param(sorted.map(({ name }) => name))}::text[],
                ${sql.param(sorted.map(({ body }) => body))}::text[]) as reported (signature, name, body)
    on conflict (graph_ref, signature) do update set
      first_seen = least(usage_operation.first_seen, excluded.first_seen),
      last_seen = greatest(usage_operation.last_seen, excluded.last_seen)`);
}

/** @returns how many are new */
async function storeFields(
  tx: Db,
  { graphRef }: ReportedUsage,
  operations: readonly ReportedOperation[],
  free: number,
): Promise<number> {
  const fields = operations.flatMap((operation) =>
    operation.fields.map((field) => ({ ...field, signature: operation.signature })),
  );
  if (fields.length === 0) return 0;
  const { rowCount } = await tx.execute(sql`
    insert into usage_field (graph_ref, signature, type, field)
    select ${graphRef}, signature, type, field
    from unnest(${sql.param(fields.map(({ signature }) => signature))}::text[],
                ${sql.param(fields.map(({ type }) => type))}::text[],
                ${sql.param(fields.map(({ field }) => field))}::text[]) as reported (signature, type, field)
    where not exists (
      select from usage_field known where known.graph_ref = ${graphRef}
        and known.signature = reported.signature and known.type = reported.type and known.field = reported.field)
    order by signature, type, field
    limit greatest(${free}::bigint, 0)
    on conflict do nothing`);
  return rowCount ?? 0;
}

/** @returns how many rows are new, and how many requests have found a row */
async function storeRequests(
  tx: Db,
  { graphRef, at }: ReportedUsage,
  day: string,
  operations: readonly ReportedOperation[],
  free: number,
): Promise<{ rows: number; requests: number }> {
  const entries = operations.flatMap(({ signature, clients }) =>
    clients.map((client) => ({ signature, ...client })),
  );
  const { rows } = await tx.execute(sql`
    with reported as (
      select reported.*, known.signature is not null as is_known
      from unnest(${sql.param(entries.map(({ signature }) => signature))}::text[],
                  ${sql.param(entries.map(({ clientName }) => clientName))}::text[],
                  ${sql.param(entries.map(({ clientVersion }) => clientVersion))}::text[],
                  ${sql.param(entries.map(({ requests }) => requests))}::bigint[],
                  ${sql.param(entries.map(({ errors }) => errors))}::bigint[])
        as reported (signature, client_name, client_version, requests, errors)
      left join usage_request known on known.graph_ref = ${graphRef} and known.day = ${day}
        and known.signature = reported.signature and known.client_name = reported.client_name
        and known.client_version = reported.client_version),
    fitting as (
      select * from reported where is_known
      union all (select * from reported where not is_known limit greatest(${free}::bigint, 0))),
    stored as (
      insert into usage_request
        (graph_ref, day, signature, client_name, client_version, requests, errors, last_seen)
      select ${graphRef}, ${day}, signature, client_name, client_version, requests, errors, ${at} from fitting
      on conflict (graph_ref, day, signature, client_name, client_version) do update set
        requests = usage_request.requests + excluded.requests,
        errors = usage_request.errors + excluded.errors,
        last_seen = greatest(usage_request.last_seen, excluded.last_seen))
    select count(*) filter (where not is_known) as rows, coalesce(sum(requests), 0) as requests from fitting`);
  const [stored] = rows as unknown as [{ rows: string; requests: string }];
  return { rows: Number(stored.rows), requests: Number(stored.requests) };
}

/**
 * Deletes what is older than it is kept: whole days, operations that no day has any more, and notes of reports.
 *
 * @param days of UTC before today that stay
 */
export async function purgeUsage(tx: Db, days: number, now: Date): Promise<void> {
  const first = daysBefore(now, days);
  const day = first.toISOString().slice(0, 10);
  const old = tx
    .select({ graphRef: usageDay.graphRef, day: usageDay.day })
    .from(usageDay)
    .where(lt(usageDay.day, day));
  await tx
    .delete(usageRequest)
    .where(sql`(${usageRequest.graphRef}, ${usageRequest.day}) in (${old})`);
  await tx.delete(usageDay).where(lt(usageDay.day, day));
  // One that comes with a report at this moment has been seen just now.
  await tx.delete(usageOperation).where(
    and(
      lt(usageOperation.lastSeen, first),
      notExists(
        tx
          .select({ one: sql`1` })
          .from(usageRequest)
          .where(
            and(
              eq(usageRequest.graphRef, usageOperation.graphRef),
              eq(usageRequest.signature, usageOperation.signature),
            ),
          ),
      ),
    ),
  );
  await tx.delete(usageReport).where(lt(usageReport.receivedAt, daysBefore(now, REMEMBERED)));
}
