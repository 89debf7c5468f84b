import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { BenchOptions } from './gateway-bench.ts';

const HELP = [
  'npm run bench -- BENCH [--rounds 3] [--seconds 20] [--connections 50] [--only NAME]…\n',
  '  gateway   The gateway and its peers, in turn, on the well-known four-subgraph query.\n',
  '  usage     Our gateway without a collector of usage, and with one.\n',
  // #region monolith
  '  labels    Our gateway with 0, 50 and 100% of reads on the new side: on a graph of which both sides are alike',
  '            (--only equal), and on our own graph with all client queries (--only own).\n',
  '  migration The data move: what its triggers cost writers (--only triggers); rates of backfill and verification beside a',
  '            plain copy, lag of the relay, pauses of flips (--only orders). With --only million it copies and compares a',
  '            million orders, or those of another SEED_SCALE (--scale 200), in a database that --directory keeps.\n',
  // #endregion monolith
  '  resume    What is read of the resumes in test/resumes: precision and recall of each field. (No option matters.)',
  '  schema    The check of our own graph, and of a generated one of 100 subgraphs and 5,000 types. (Only --rounds matters.)\n',
  'The peers of the gateway are installed on first use, in test/bench/peers/node_modules.',
].join('\n');

const PEERS = join(import.meta.dirname, 'peers');

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '20' },
    connections: { type: 'string', default: '50' },
    only: { type: 'string', multiple: true, default: [] },
    // #region monolith
    scale: { type: 'string', default: '200' },
    directory: { type: 'string' },
    // #endregion monolith
  },
});
const benches: Record<string, (options: BenchOptions) => Promise<void>> = {
  gateway: async (options) => (await import('./gateway-bench.ts')).gatewayBench(options),
  usage: async (options) => (await import('./usage-bench.ts')).usageBench(options),
  // #region monolith
  labels: async (options) => (await import('./labels-bench.ts')).labelsBench(options),
  migration: async ({ rounds, only }) => {
    const { scale, directory } = values;
    const { migrationBench } = await import('./migration-bench.ts');
    await migrationBench({ rounds, only, scale: Number(scale), directory });
  },
  // #endregion monolith
  resume: async () => (await import('./resume-bench.ts')).resumeBench(),
  schema: async ({ rounds }) => (await import('./schema-bench.ts')).schemaBench(rounds),
};
const bench = benches[positionals.join(' ')];
if (bench) {
  if (!['migration', 'resume', 'schema'].includes(positionals[0] ?? '')) installPeers();
  await bench({
    rounds: Number(values.rounds),
    seconds: Number(values.seconds),
    connections: Number(values.connections),
    only: values.only,
  });
} else {
  console.error(HELP);
  process.exitCode = 2;
}

function installPeers(): void {
  if (existsSync(join(PEERS, 'node_modules/autocannon'))) return;
  const { status } = spawnSync('npm', ['ci'], { cwd: PEERS, stdio: 'inherit' });
  if (status !== 0) throw new Error('The peers could not be installed: see above.');
}
