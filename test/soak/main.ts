import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { runEnvironment } from './config.ts';

const HELP = `npm run soak -- [names] [options]

  names              Which of test/soak/, such as "migration"; all of them where none is named.
  --minutes <n>      How long the soak of the data move lasts (2 by default).
  --seed <n>         What it draws its writes, faults and flips from.
  --broken           Instead tortures engines of the data move that were broken on purpose, each of which must be caught.
  --only <names>     Only these of them, with commas: the names of test/migration/torture/broken-engines.ts.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string' },
    broken: { type: 'boolean' },
    only: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  const words = [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'test/setup/soak.config.ts',
    ...positionals,
  ];
  const child = spawn(process.execPath, words, { stdio: 'inherit', env: runEnvironment(values) });
  child.on('exit', (code) => (process.exitCode = code ?? 1));
}
