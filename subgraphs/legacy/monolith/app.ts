import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Cache } from '#platform/cache/cache.ts';
import type { Database } from '#platform/database/pool.ts';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';
import type { Logger } from '#platform/log.ts';
import type { MonolithConfig } from './config.ts';
import type { Domains } from './domains.ts';
import type { SettleHere } from './settle-here.ts';

/** The server that the areas add their routes to. Types of requests and answers come from TypeBox schemas. */
export type MonolithApp = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What every area of the monolith works with. */
export interface MonolithDeps {
  readonly database: Database;
  /** The same as `database.db`: statements outside of transactions. */
  readonly db: NodePgDatabase;
  readonly cache: Cache;
  /** What may be written here now: the monolith is the legacy side of every move. */
  readonly ownership: OwnershipHere;
  readonly domains: Domains;
  /** Waits until what a REST client has written can be read here: @see settleHere */
  readonly settle: SettleHere;
  readonly config: MonolithConfig;
  readonly log: Logger;
  /** Gives the present time, so that tests can let time pass. */
  readonly clock: () => Date;
}
