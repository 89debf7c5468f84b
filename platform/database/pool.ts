import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool, type QueryConfig } from 'pg';
import type { Logger } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';

/** Where drizzle statements run: a database or a transaction of it. The first argument of every repository. */
export type Db = Pick<
  NodePgDatabase,
  | 'select'
  | 'selectDistinct'
  | 'selectDistinctOn'
  | 'insert'
  | 'update'
  | 'delete'
  | 'execute'
  | 'with'
  | '$with'
  | '$count'
>;

/** A database of a service: a pool of connections, and drizzle over it. */
export interface Database {
  readonly pool: Pool;
  readonly db: NodePgDatabase;
  /** Answers when the server does. @throws when it does not within two seconds */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** The most connections that are open at once. */
  readonly poolSize: number;
  /** The name that PostgreSQL shows for these connections. */
  readonly applicationName: string;
  readonly log: Logger;
  /** Counts every statement where given. */
  readonly metrics?: Metrics;
}

/** Opens a pool. No connection is made before the first statement. */
export function openDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    max: options.poolSize,
    application_name: options.applicationName,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  });
  // Without a listener, a connection that the server closes while idle would end the process.
  pool.on('error', (error) =>
    options.log.warn({ err: error }, 'an idle database connection was lost'),
  );
  // The same for one that is in use, between two statements: the next statement fails, and says why.
  pool.on('connect', (client) => client.on('error', () => {}));
  if (options.metrics) countStatements(pool, options.metrics, options.applicationName);
  return {
    pool,
    db: drizzle({ client: pool }),
    ping: async () => {
      await pool.query({ text: 'select 1', query_timeout: 2_000 } as QueryConfig);
    },
    close: () => pool.end(),
  };
}

function countStatements(pool: Pool, metrics: Metrics, database: string): void {
  pool.on('connect', (client) => {
    const query = client.query.bind(client) as (...given: unknown[]) => unknown;
    client.query = ((...given: unknown[]) => {
      metrics.sqlStatements.inc({ database });
      return query(...given);
    }) as typeof client.query;
  });
}
