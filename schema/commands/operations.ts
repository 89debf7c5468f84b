import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { checkOperations, readOperations } from '#schema/operations.ts';

export const summary = 'validate the client operations against the API schema';
export const usage = 'operations [--schema FILE] [--folder FOLDER]';
const options = {
  schema: { type: 'string', default: 'schema/api.graphql' },
  folder: { type: 'string', default: 'schema/operations' },
} as const;

/** Validates every client operation and prints what is wrong, with file and line. @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const schema = buildSchema(await readFile(values.schema, 'utf8'));
  const operations = await readOperations(values.folder);
  const problems = checkOperations(schema, operations);
  for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
  if (problems.length > 0) return 1;
  console.log(`${operations.length} client operations are valid`);
  return 0;
}
