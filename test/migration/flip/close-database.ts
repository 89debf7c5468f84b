// A process of its own, so that a test can wait for it where nothing may be awaited: `node close-database.ts <url of a
// superuser> <database>` lets nobody connect to the database, and ends the connections that there are.
import { Client } from 'pg';

const [url, name = ''] = process.argv.slice(2);
const admin = new Client({ connectionString: url });
await admin.connect();
await admin.query(`alter database "${name}" allow_connections false`);
await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
  name,
]);
await admin.end();
