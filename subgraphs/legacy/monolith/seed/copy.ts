import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** What a column may hold on its way into PostgreSQL, which converts texts to its types. */
export type Value = string | number | boolean | null;

/** The rows of one table. */
export interface TableLoad {
  readonly table: string;
  readonly columns: readonly string[];
  /** Makes the rows one by one: all of them would not fit into memory. */
  rows(): Iterable<readonly Value[]>;
}

/** Characters of text that go to PostgreSQL at once. */
const CHUNK = 65_536;

/** Streams rows into a table, as fast as PostgreSQL takes them. @returns how many there were */
export async function copyRows(client: pg.Client, load: TableLoad): Promise<number> {
  const target = client.query(
    copyFrom(`copy ${load.table} (${load.columns.join(', ')}) from stdin`),
  );
  await pipeline(Readable.from(chunks(load.rows())), target);
  return target.rowCount;
}

function* chunks(rows: Iterable<readonly Value[]>): Iterable<string> {
  let chunk = '';
  for (const row of rows) {
    let separator = '';
    for (const value of row) {
      chunk += separator + fieldOf(value);
      separator = '\t';
    }
    chunk += '\n';
    if (chunk.length < CHUNK) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk) yield chunk;
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const SPECIAL = /[\\\t\n\r]/;
const ALL_SPECIAL = /[\\\t\n\r]/g;

function fieldOf(value: Value): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return SPECIAL.test(value)
    ? value.replace(ALL_SPECIAL, (character) => ESCAPES[character] as string)
    : value;
}
