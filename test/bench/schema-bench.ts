import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeGraph } from './schema/generated-graph.ts';

const MAIN = resolve('schema/main.ts');
const SUBGRAPHS = 100;
/** Seconds that a check may take, its process included. */
const LIMITS = { own: 5, generated: 60 };

/** Measures the check of this repository's graph, and of a generated one, as a person starts it. */
export async function schemaBench(rounds: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'schema-bench-'));
  try {
    await writeGraph(join(folder, 'base'), { subgraphs: SUBGRAPHS }, false);
    await writeGraph(join(folder, 'head'), { subgraphs: SUBGRAPHS }, true);
    const rows = [
      measured('this repository', process.cwd(), ['--base', 'HEAD'], LIMITS.own, rounds),
      measured(
        `${SUBGRAPHS} subgraphs, ${SUBGRAPHS * 50} types`,
        join(folder, 'head'),
        [
          '--base',
          '../base/supergraph.yaml',
          '--config',
          'supergraph.yaml',
          '--contracts',
          'contracts.yaml',
          '--policy',
          'policy.yaml',
        ],
        LIMITS.generated,
        1,
      ),
    ];
    for (const [name = '', seconds = '', limit = '', end = ''] of rows) {
      console.log(`${name.padEnd(32)} ${seconds.padStart(6)} s  (at most ${limit} s)  ${end}`);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

function measured(
  name: string,
  cwd: string,
  args: readonly string[],
  limit: number,
  rounds: number,
): string[] {
  const times: number[] = [];
  let end = '';
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--max-old-space-size=6144', MAIN, 'check', ...args],
      { cwd, encoding: 'utf8', maxBuffer: 2 ** 28 },
    );
    times.push((performance.now() - start) / 1000);
    end = `${status}: ${(stdout || stderr).trim().split('\n').at(-1)}`;
  }
  const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  if (median > limit) process.exitCode = 1;
  return [name, median.toFixed(1), String(limit), end];
}
