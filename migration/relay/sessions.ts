import type { PoolClient, QueryConfig, QueryResult, QueryResultRow } from 'pg';
import type { Side } from '#platform/moves/moves.ts';
import type { MovePlaces } from '../move-places.ts';

/** Milliseconds after which a statement is given up: a cut network would never answer. */
const QUERY_TIMEOUT = 60_000;

/** A connection to each side, seen from one direction. */
export interface Sessions {
  readonly source: PoolClient;
  readonly target: PoolClient;
}

/**
 * Runs something with a connection to each side. They come from the pools, which hand out the connection that was used
 * last, so that what was prepared in it is used again.
 *
 * @throws what `run` throws; the connections are then closed, because nobody knows what state they are in
 */
export async function withSessions<Result>(
  places: MovePlaces,
  from: Side,
  run: (sessions: Sessions) => Promise<Result>,
): Promise<Result> {
  // Always in this order, in both directions: two relays that each had one would wait for the other for ever.
  const legacy = await places.legacy.pool.connect();
  const fresh = await places.new.pool.connect().catch((error: unknown) => {
    legacy.release();
    throw error;
  });
  let isBroken = true;
  try {
    const result = await run(
      from === 'legacy' ? { source: legacy, target: fresh } : { source: fresh, target: legacy },
    );
    isBroken = false;
    return result;
  } finally {
    legacy.release(isBroken);
    fresh.release(isBroken);
  }
}

/** Runs a statement that must answer within a minute. */
export function query<Row extends QueryResultRow>(
  client: PoolClient,
  statement: QueryConfig,
): Promise<QueryResult<Row>> {
  return client.query<Row>({ ...statement, query_timeout: QUERY_TIMEOUT } as QueryConfig);
}
