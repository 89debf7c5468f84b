import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import type { z } from 'zod';

/** A file of the schema cannot be read. The message names the file, the line where there is one, and the mend. */
export class SchemaFileError extends Error {
  readonly code = 'SCHEMA_FILE';
  readonly file: string;

  constructor(file: string, message: string) {
    super(`${file}: ${message}`);
    this.name = 'SchemaFileError';
    this.file = file;
  }
}

/** The text of a file. @throws SchemaFileError */
export async function readSchemaFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new SchemaFileError(file, `cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** What the text of a file says, in YAML. @throws SchemaFileError that names the first thing that is wrong */
export function yamlOf<T>(file: string, text: string, shape: z.ZodType<T>): T {
  return shaped(file, 'YAML', shape, () => parse(text));
}

/** What the text of a file says, in JSON. @throws SchemaFileError that names the first thing that is wrong */
export function jsonOf<T>(file: string, text: string, shape: z.ZodType<T>): T {
  return shaped(file, 'JSON', shape, () => JSON.parse(text));
}

function shaped<T>(file: string, format: string, shape: z.ZodType<T>, read: () => unknown): T {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    throw new SchemaFileError(file, `not ${format}: ${(error as Error).message}`);
  }
  const { data, error } = shape.safeParse(value);
  if (!error) return data;
  const [issue] = error.issues;
  // What is wrong with a name that is a key is said one level below.
  const message = issue?.code === 'invalid_key' ? issue.issues[0]?.message : issue?.message;
  throw new SchemaFileError(file, `${issue?.path.join('.') || 'the file'}: ${message}`);
}
