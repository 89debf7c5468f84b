import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compose } from '#schema/compose.ts';
import { readSubgraphs } from '#schema/subgraphs.ts';

export const summary = 'write schema/supergraph.graphql and schema/api.graphql from the subgraphs';
export const usage = 'compose [--check] [--config FILE] [--out FOLDER]';
const options = {
  check: { type: 'boolean', default: false },
  config: { type: 'string', default: 'schema/supergraph.yaml' },
  out: { type: 'string', default: 'schema' },
} as const;

/**
 * Composes, and writes the artefacts; with `--check` writes nothing and fails when they are stale.
 * Nothing is written unless everything composes.
 *
 * @returns the exit code
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const subgraphs = await readSubgraphs(values.config);
  const { supergraph, api } = compose(subgraphs);
  const artefacts = [
    { file: join(values.out, 'supergraph.graphql'), text: supergraph },
    { file: join(values.out, 'api.graphql'), text: api },
  ];
  return values.check ? checkFresh(artefacts) : write(artefacts, subgraphs.length);
}

interface Artefact {
  readonly file: string;
  readonly text: string;
}

async function write(artefacts: readonly Artefact[], subgraphs: number): Promise<number> {
  for (const { file, text } of artefacts) {
    // A reader never sees half a file.
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }
  console.log(`${subgraphs} subgraphs composed: ${artefacts.map(({ file }) => file).join(', ')}`);
  return 0;
}

async function checkFresh(artefacts: readonly Artefact[]): Promise<number> {
  const stale: string[] = [];
  for (const { file, text } of artefacts) {
    const current = await readFile(file, 'utf8').catch(() => '');
    if (current !== text) stale.push(file);
  }
  if (stale.length === 0) return 0;
  console.error(
    `Stale: ${stale.join(', ')}. Run \`npm run schema -- compose\` and commit the result.`,
  );
  return 1;
}
