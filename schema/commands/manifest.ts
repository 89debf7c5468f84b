import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { staleArtefacts, writeArtefacts } from '#schema/artefacts.ts';
import { persistedQueryManifest } from '#schema/manifest.ts';
import { checkOperations, readOperations } from '#schema/operations.ts';

export const summary = 'write the manifest of the client operations, for a gateway with a safelist';
export const usage = 'manifest [--check] [--schema FILE] [--folder FOLDER] [--out FILE]';
const options = {
  check: { type: 'boolean', default: false },
  schema: { type: 'string', default: 'schema/api.graphql' },
  folder: { type: 'string', default: 'schema/operations' },
  out: { type: 'string', default: 'schema/operations.manifest.json' },
} as const;

/**
 * Writes the persisted query manifest of all clients; with `--check` writes nothing and fails when it is stale.
 * Nothing is written unless every operation is valid.
 *
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const schema = buildSchema(await readFile(values.schema, 'utf8'));
  const operations = await readOperations(values.folder);
  const problems = checkOperations(schema, operations);
  for (const { file, line, message } of problems) console.error(`${file}:${line}: ${message}`);
  if (problems.length > 0) return 1;
  const text = `${JSON.stringify(persistedQueryManifest(operations), null, 2)}\n`;
  return values.check ? checkFresh(values.out, text) : write(values.out, text, operations.length);
}

async function write(file: string, text: string, operations: number): Promise<number> {
  await writeArtefacts([{ file, text }]);
  console.log(`${operations} client operations: ${file}`);
  return 0;
}

async function checkFresh(file: string, text: string): Promise<number> {
  if ((await staleArtefacts([{ file, text }])).length === 0) return 0;
  console.error(`Stale: ${file}. Run \`npm run schema -- manifest\` and commit the result.`);
  return 1;
}
