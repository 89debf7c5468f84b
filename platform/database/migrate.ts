import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client } from 'pg';

/** Any fixed number: replicas that start together take turns by it. */
const MIGRATION_LOCK = 7_243_001;

/**
 * Brings a database to the newest migration of a folder that drizzle-kit wrote.
 * Replicas that start together wait for one another.
 *
 * @param url the database, with a role that may create tables
 * @param folder the path of the `migrations/` folder
 * @param notes the table that remembers what has been done. Rooms that share a database have one each: drizzle looks at
 *   the newest entry only
 */
export async function migrateDatabase(
  url: string,
  folder: string,
  notes = '__drizzle_migrations',
): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'migrate' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle({ client }), { migrationsFolder: folder, migrationsTable: notes });
  } finally {
    await client.end();
  }
}
