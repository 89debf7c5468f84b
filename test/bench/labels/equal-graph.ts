import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MOVING_QUERIES, MOVING_SUBGRAPHS } from '../graph/moving.ts';
import { benchSupergraph } from '../graph/supergraph.ts';
import { session, startSubgraphs, type LabelScenario } from './scenario.ts';

/** As many subjects as there are states of four labels, four times. */
const SUBJECTS = 64;

/**
 * A graph in which each label moves fields between two subgraphs that are alike, so that every state of the labels has as
 * many fetches, of the same size: what differs is the cost of labels, and nothing else.
 */
export async function equalGraph(): Promise<LabelScenario> {
  const servers = await startSubgraphs('subgraph-servers.ts', 'moving');
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const supergraph = join(directory, 'supergraph.graphql');
  writeFileSync(supergraph, benchSupergraph(servers.ports, MOVING_SUBGRAPHS));
  return {
    name: 'a graph of which both sides are alike',
    requests: MOVING_QUERIES.flatMap((query) =>
      Array.from({ length: SUBJECTS }, (_, index) => ({
        body: JSON.stringify({ query }),
        headers: session(index),
      })),
    ),
    command: (port) => [
      process.execPath,
      'gateway/main.ts',
      '--supergraph',
      supergraph,
      '--port',
      String(port),
    ],
    env: {},
    count: servers.count,
    async end() {
      await servers.end();
      rmSync(directory, { recursive: true });
    },
  };
}
