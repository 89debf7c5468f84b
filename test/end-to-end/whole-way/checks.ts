import { createHash } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import pg from 'pg';
import type { Side } from '#platform/moves/moves.ts';
import type { Findings } from './findings.ts';
import type { Load } from './load.ts';
import type { Site } from './site.ts';

/** The API schema as each gateway tells it, as a hash. */
export async function schemaOf({ gateways }: Site): Promise<string[]> {
  return Promise.all(
    gateways.map(async (url) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: getIntrospectionQuery() }),
      });
      const text = await response.text();
      if (!text.startsWith('{"data":{"__schema"')) throw new Error(text.slice(0, 1_000));
      return createHash('sha256').update(text).digest('hex');
    }),
  );
}

/** Everybody looks, by each door, whether everything is there that they were told. What is not becomes a finding. */
export async function reviewAll({ parts, doors }: Load, findings: Findings): Promise<void> {
  for (const { name, actor } of parts) {
    for (const door of doors()) {
      await actor()
        .review(door)
        .catch((error: unknown) => findings.fault(`${name} by ${door.name}`, error));
    }
  }
}

const LEDGERS: Readonly<Record<Side, readonly [database: 'legacy' | 'inventory', sql: string]>> = {
  legacy: [
    'legacy',
    `select product_id, warehouse_id, qty_on_hand as held, moved from stocks
     full join (select product_id, warehouse_id, sum(delta)::int as moved from stock_log group by 1, 2) as log
     using (product_id, warehouse_id) where coalesce(qty_on_hand, 0) <> coalesce(moved, 0) or qty_on_hand < 0`,
  ],
  new: [
    'inventory',
    `select product_id, warehouse_id, on_hand as held, moved from stock_level
     full join (select product_id, warehouse_id, sum(delta)::int as moved from stock_movement group by 1, 2) as log
     using (product_id, warehouse_id) where coalesce(on_hand, 0) <> coalesce(moved, 0) or on_hand < 0`,
  ],
};

/** Where the stock of a side is not the sum of its movements. */
export async function wrongStock({ databases }: Site, side: Side): Promise<unknown[]> {
  const [database, sql] = LEDGERS[side];
  const client = new pg.Client({ connectionString: databases[database] });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
