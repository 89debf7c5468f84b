// As much of psql as the pages use, `psql URL -c SQL`: an embedded PostgreSQL comes without it.
import { Client } from 'pg';

const [connectionString, , statement = ''] = process.argv.slice(2);
const client = new Client({ connectionString, application_name: 'psql' });
await client.connect();
try {
  const { rows, command, rowCount } = await client.query<Record<string, unknown>>(statement);
  for (const row of rows) console.log(Object.values(row).join(' | '));
  if (rows.length === 0) console.log(`${command} ${rowCount}`);
} catch (error) {
  const { message, hint } = error as Error & { hint?: string };
  console.error(`ERROR:  ${message}`);
  if (hint !== undefined) console.error(`HINT:  ${hint}`);
  process.exitCode = 1;
} finally {
  await client.end();
}
