import { readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { staleArtefacts, writeArtefacts, type Artefact } from '#schema/artefacts.ts';
import { composeGraph, type ComposedGraph } from '#schema/compose/compose-graph.ts';
import { readContracts } from '#schema/compose/contracts.ts';
import { readSubgraphs } from '#schema/compose/subgraphs.ts';
import { findingsText } from '#schema/report/text.ts';

export const summary =
  'write the supergraph, the API schema and the contracts, when both composers agree on them';
export const usage =
  'compose [--check] [--config FILE] [--contracts FILE] [--out FOLDER] [--one-composer]';
const options = {
  check: { type: 'boolean', default: false },
  config: { type: 'string', default: 'schema/supergraph.yaml' },
  contracts: { type: 'string', default: 'schema/contracts.yaml' },
  out: { type: 'string', default: 'schema' },
  'one-composer': { type: 'boolean', default: false },
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
  const contracts = await readContracts(values.contracts);
  const { graph, findings } = await composeGraph(subgraphs, contracts, !values['one-composer']);
  if (!graph) {
    console.error(findingsText(findings));
    console.error('\nThe subgraphs do not compose: nothing is written.');
    return 1;
  }
  const artefacts = artefactsOf(graph, values.out);
  const left = await leftOf(join(values.out, 'contracts'), new Set(graph.contracts.keys()));
  return values.check ? checkFresh(artefacts, left) : write(artefacts, left, subgraphs.length);
}

function artefactsOf({ composition, contracts }: ComposedGraph, folder: string): Artefact[] {
  return [
    { file: join(folder, 'supergraph.graphql'), text: composition.supergraph },
    { file: join(folder, 'api.graphql'), text: composition.api },
    ...[...contracts].flatMap(([name, { supergraph, api }]) => [
      { file: join(folder, 'contracts', name, 'supergraph.graphql'), text: supergraph },
      { file: join(folder, 'contracts', name, 'api.graphql'), text: api },
    ]),
  ];
}

/** What was written for contracts that are no more: gateways would go on to serve it. */
async function leftOf(folder: string, contracts: ReadonlySet<string>): Promise<string[]> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  return files
    .filter((file) => /^[^/\\]+[/\\](?:supergraph|api)\.graphql$/.test(file))
    .filter((file) => !contracts.has(dirname(file)))
    .map((file) => join(folder, file))
    .sort();
}

async function write(
  artefacts: readonly Artefact[],
  left: readonly string[],
  subgraphs: number,
): Promise<number> {
  await writeArtefacts(artefacts);
  for (const file of left) await rm(file);
  // A folder that holds something else is not ours to delete.
  for (const folder of new Set(left.map(dirname))) await rmdir(folder).catch(() => {});
  console.log(`${subgraphs} subgraphs composed: ${artefacts.map(({ file }) => file).join(', ')}`);
  if (left.length > 0) console.log(`No contract any more, deleted: ${left.join(', ')}`);
  return 0;
}

async function checkFresh(
  artefacts: readonly Artefact[],
  left: readonly string[],
): Promise<number> {
  const stale = [...(await staleArtefacts(artefacts)), ...left];
  if (stale.length === 0) return 0;
  console.error(
    `Stale: ${stale.join(', ')}. Run \`npm run schema -- compose\` and commit the result.`,
  );
  return 1;
}
