import { join } from 'node:path';
import { migrateDatabase } from '#platform/database/migrate.ts';
import { openDatabase, type Database } from '#platform/database/pool.ts';
import type { RunningServer } from '#platform/http-server.ts';
import { ownershipHere, type OwnershipHere } from '#platform/moves/ownership-here.ts';
import type { DomainSettings } from './settings.ts';
import {
  serveSubgraph,
  subgraphTools,
  type SubgraphDefinition,
  type SubgraphTools,
} from './subgraph-server.ts';

/** What a domain is given before it is defined: its database, brought up to date. */
export interface DomainTools extends SubgraphTools {
  readonly database: Database;
  /** What the database may be written by this service now: domains are the new side of every move. */
  readonly ownership: OwnershipHere;
}

/** What a domain adds to what all domains have: a database, and the files of their folder. */
export type DomainDefinition<Context extends object> = Pick<
  SubgraphDefinition<Context>,
  'resolvers' | 'context' | 'routes'
> &
  // Readiness beside that of the database; `close` ends what uses the database.
  Partial<Pick<SubgraphDefinition<Context>, 'readiness' | 'close'>>;

/**
 * Brings the database of a domain up to date and serves its subgraph.
 *
 * @param name of the process: in its log, its metrics and its database connections
 * @param folder the path of the domain, with `migrations/` and `schema.graphql`
 * @param define makes the domain on its database
 */
export async function startDomainSubgraph<Context extends object>(
  name: string,
  folder: string,
  settings: DomainSettings,
  define: (tools: DomainTools) => DomainDefinition<Context> | Promise<DomainDefinition<Context>>,
): Promise<RunningServer> {
  await migrateDatabase(settings.DATABASE_URL, join(folder, 'migrations'));
  const tools = subgraphTools(name, settings);
  const database = openDatabase({
    url: settings.DATABASE_URL,
    poolSize: settings.DATABASE_POOL_SIZE,
    applicationName: name,
    ...tools,
  });
  const ownership = ownershipHere(database.db, 'new');
  const {
    readiness = [],
    close,
    ...definition
  } = await define({
    ...tools,
    database,
    ownership,
  });
  return serveSubgraph<Context>(
    {
      ...definition,
      name,
      mayBeElsewhere: (move) => ownership.mayBeElsewhere(move),
      schemaFile: join(folder, 'schema.graphql'),
      readiness: [{ name: 'database', check: () => database.ping() }, ...readiness],
      close: async () => {
        await close?.();
        await database.close();
      },
    },
    settings,
    tools,
  );
}
