import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client, escapeIdentifier } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { migrateDatabase } from '#platform/database/migrate.ts';
import type { ServiceDatabase } from '#platform/database/provision.ts';

/** The domains with data of their own: the name of the database, and the folder of the domain. */
const DOMAINS = {
  auth: 'auth',
  product: 'product',
  inventory: 'inventory',
  orders: 'order',
  resume_review: 'resume-review',
} as const satisfies Partial<Record<ServiceDatabase, string>>;

type Urls = Readonly<Record<keyof typeof DOMAINS, string>>;

/** Where the demo data of the domains is kept, when there is no monolith any more that seeds it. */
export const DEMO_DATA = join(import.meta.dirname, 'demo-data');

const SUBGRAPHS = join(import.meta.dirname, '../../subgraphs');
/** A name that no table has. */
const SEQUENCES = 'sequences.json';

/**
 * Writes the data of the domains into a folder: a folder for each database, in it a file for each table, in the format
 * of COPY, numbered in the order in which foreign keys let them be filled.
 */
export async function keepDemoData(urls: Urls, folder: string = DEMO_DATA): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  for (const [name, url] of entries(urls)) {
    await mkdir(join(folder, name), { recursive: true });
    await withClient(url, async (client) => {
      for (const [index, { table, columns }] of (await tablesOf(client)).entries()) {
        const file = `${String(index + 1).padStart(2, '0')}-${table}.tsv`;
        // By the first column, which is the id: equal data makes equal files.
        const rows = `select ${columns} from ${escapeIdentifier(table)} order by 1, 2`;
        await pipeline(
          client.query(copyTo(`copy (${rows}) to stdout with (header)`)),
          createWriteStream(join(folder, name, file)),
        );
      }
      await writeFile(join(folder, name, SEQUENCES), JSON.stringify(await sequencesOf(client)));
    });
  }
}

/** Brings empty databases to their newest migration, and fills them with what was kept. */
export async function restoreDemoData(urls: Urls, folder: string = DEMO_DATA): Promise<void> {
  for (const [name, url] of entries(urls)) {
    await migrateDatabase(url, join(SUBGRAPHS, DOMAINS[name], 'migrations'));
    await withClient(url, async (client) => {
      const files = await readdir(join(folder, name));
      for (const file of files.filter((one) => one !== SEQUENCES).sort()) {
        await restoreTable(client, join(folder, name, file), file.replace(/^\d+-|\.tsv$/g, ''));
      }
      const sequences = JSON.parse(await readFile(join(folder, name, SEQUENCES), 'utf8'));
      for (const [sequence, [value, isCalled]] of Object.entries<[string, boolean]>(sequences)) {
        await client.query('select setval($1, $2, $3)', [sequence, value, isCalled]);
      }
    });
  }
}

async function restoreTable(client: Client, path: string, table: string): Promise<void> {
  const lines = createInterface(createReadStream(path));
  const [header] = (await once(lines, 'line')) as [string];
  lines.close();
  const columns = header.split('\t').map(escapeIdentifier).join();
  const copy = `copy ${escapeIdentifier(table)} (${columns}) from stdin with (header)`;
  await pipeline(createReadStream(path), client.query(copyFrom(copy)));
}

/** The tables with their columns that can be written, each after those that it refers to. */
async function tablesOf(client: Client): Promise<{ table: string; columns: string }[]> {
  const { rows } = await client.query<{ table: string; columns: string; after: string[] }>(`
    select c.relname as table,
      (select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
      array(select f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as after
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`);
  const placed: typeof rows = [];
  while (placed.length < rows.length) {
    const isPlaced = (name: string) => placed.some(({ table }) => table === name);
    const next = rows.find(({ table, after }) => !isPlaced(table) && after.every(isPlaced));
    if (!next) throw new Error('the tables refer to each other in a circle');
    placed.push(next);
  }
  return placed;
}

/** What each sequence would give next: its arguments of `setval`. */
async function sequencesOf(client: Client): Promise<Record<string, readonly [string, boolean]>> {
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(sequencename) as name from pg_sequences where schemaname = 'public' order by 1`,
  );
  const sequences: Record<string, readonly [string, boolean]> = {};
  for (const { name } of rows) {
    // The view pg_sequences does not say where one begins that was never used.
    const { rows: found } = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value, is_called from ${name}`,
    );
    const [at] = found;
    if (at) sequences[name] = [at.last_value, at.is_called];
  }
  return sequences;
}

const entries = (urls: Urls) =>
  Object.keys(DOMAINS).map((name) => {
    const known = name as keyof typeof DOMAINS;
    return [known, urls[known]] as const;
  });

async function withClient(url: string, act: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url, application_name: 'demo-data' });
  await client.connect();
  try {
    await act(client);
  } finally {
    await client.end();
  }
}
