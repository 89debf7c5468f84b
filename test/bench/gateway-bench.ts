import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { gateways, type GatewayUnderTest } from './gateways.ts';
import { QUERY } from './graph/shop.ts';
import { benchSupergraph } from './graph/supergraph.ts';
import { measure, ready, type Round, type Workload } from './measure.ts';
import { drawPort } from '../setup/ports.ts';
import { end, GATEWAY_CORE, OTHER_CORE, pinningNote, startOn } from './processes.ts';
import { printTable } from './table.ts';

/** How the benchmark is run. */
export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  /** Names of gateways; empty: all. */
  readonly only: readonly string[];
}

/**
 * Measures gateways in turn with the well-known query, and prints a table. Figures are means over the rounds.
 *
 * @param gatewaysOf which gateways, in front of a supergraph
 */
export async function gatewayBench(
  options: BenchOptions,
  gatewaysOf: typeof gateways = gateways,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  const subgraphs = startOn(
    OTHER_CORE,
    [process.execPath, join(import.meta.dirname, 'graph/subgraph-servers.ts')],
    { ipc: true },
  );
  subgraphs.stderr?.pipe(process.stderr);
  try {
    const [ports] = (await once(subgraphs, 'message')) as [Record<string, number>];
    const supergraph = join(directory, 'supergraph.graphql');
    writeFileSync(supergraph, benchSupergraph(ports));
    const workload: Workload = {
      requests: [{ body: JSON.stringify({ query: QUERY }), headers: {} }],
      connections: options.connections,
      seconds: options.seconds,
    };
    console.log(
      `${options.connections} connections, ${options.rounds} rounds of ${options.seconds} s; ${pinningNote()}`,
    );
    const chosen = gatewaysOf(supergraph, ports).filter(
      ({ name }) => options.only.length === 0 || options.only.includes(name),
    );
    printTable(await runRounds(chosen, workload, options.rounds, () => countCalls(ports)));
  } finally {
    await end(subgraphs);
    rmSync(directory, { recursive: true });
  }
}

async function runRounds(
  chosen: readonly GatewayUnderTest[],
  workload: Workload,
  rounds: number,
  count: () => Promise<number>,
): Promise<Map<string, Round[]>> {
  const results = new Map<string, Round[]>(chosen.map(({ name }) => [name, []]));
  let reference: unknown;
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, command, path = '/graphql', env } of chosen) {
      const port = await drawPort();
      const child = startOn(GATEWAY_CORE, command(port), { cwd: import.meta.dirname, env });
      try {
        const url = `http://127.0.0.1:${port}${path}`;
        const answer = await ready(url, workload, child);
        reference ??= answer;
        if (!isDeepStrictEqual(answer, reference))
          throw new Error('Its answer differs from the others.');
        const result = await measure(url, child.pid as number, workload, count);
        results.get(name)?.push(result);
        console.log(`round ${round}: ${name}: ${result.perSecond.toFixed(0)} requests a second`);
      } catch (error) {
        throw new Error(`${name} cannot be measured`, { cause: error });
      } finally {
        await end(child);
      }
    }
  }
  return results;
}

async function countCalls(ports: Readonly<Record<string, number>>): Promise<number> {
  const counts = await Promise.all(
    Object.values(ports).map((port) => fetch(`http://127.0.0.1:${port}/`).then((r) => r.text())),
  );
  return counts.reduce((sum, count) => sum + Number(count), 0);
}
