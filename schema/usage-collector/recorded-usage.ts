import { sql } from 'drizzle-orm';
import type { Db } from '#platform/database/pool.ts';
import type { RecordedOperation, RecordedTraffic } from '#schema/usage/recorded-traffic.ts';

interface Row {
  readonly name: string;
  readonly signature: string;
  readonly body: string | null;
  readonly fields: readonly string[] | null;
  readonly senders: readonly {
    readonly client: string;
    readonly version: string;
    readonly requests: number;
    readonly last_seen: string;
  }[];
}

/** The graphs that usage was recorded of, by name. */
export async function recordedGraphs(db: Db): Promise<string[]> {
  const { rows } = await db.execute(
    sql`select distinct graph_ref from usage_day order by graph_ref`,
  );
  return rows.map((row) => String(row['graph_ref']));
}

/** What was sent to a graph since a day, the most frequent first. @param since a day of UTC */
export async function recordedUsage(
  db: Db,
  graphRef: string,
  since: Date,
): Promise<RecordedTraffic> {
  const day = since.toISOString().slice(0, 10);
  const { rows } = await db.execute(sql`
    with sent as (
      select signature, client_name, client_version, sum(requests) as requests, max(last_seen) as last_seen
      from usage_request where graph_ref = ${graphRef} and day >= ${day}
      group by signature, client_name, client_version),
    senders as (
      select signature, max(requests) as most,
             json_agg(json_build_object('client', client_name, 'version', client_version,
                                        'requests', requests, 'last_seen', last_seen)
                      order by requests desc, client_name, client_version) as senders
      from sent group by signature),
    fields as (
      select signature, array_agg(type || '.' || field order by type, field) as fields
      from usage_field where graph_ref = ${graphRef} and signature in (select signature from senders)
      group by signature)
    select operation.name, signature, operation.body, fields, senders
    from senders
    join usage_operation operation using (signature)
    left join fields using (signature)
    where operation.graph_ref = ${graphRef}
    order by most desc, signature`);
  const left = await db.execute(
    sql`select coalesce(sum(left_out), 0) as left_out from usage_day where graph_ref = ${graphRef} and day >= ${day}`,
  );
  return {
    operations: (rows as unknown as Row[]).map((row) => recordedOperation(row, graphRef)),
    leftOut: Number(left.rows[0]?.['left_out'] ?? 0),
  };
}

function recordedOperation(
  { name, signature, body, fields, senders }: Row,
  graphRef: string,
): RecordedOperation {
  return {
    name: name === '-' ? `unnamed ${signature.slice(0, 8)}` : name,
    source: `traffic of ${graphRef}`,
    text: body,
    fields: fields ?? [],
    senders: senders.map(({ client, version, requests, last_seen: lastSeen }) => ({
      client: client || 'unknown client',
      ...(version === '' ? {} : { version }),
      count: requests,
      lastSeen: new Date(lastSeen),
    })),
  };
}
