import { parseArgs } from 'node:util';
import { whoRuns, withControl } from '../control.ts';
import { printGraphRef } from '../graph-ref.ts';
import { RegistryError } from '../registry-error.ts';
import { rollback } from '../versions/rollback.ts';

const options = { variant: { type: 'string' } } as const;

/** Serves an earlier version again, as a new one. @returns the exit code */
export async function rollBack(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const to = Number(positionals[0]);
  if (positionals.length !== 1 || !Number.isInteger(to)) {
    throw new RegistryError(
      'BAD_INPUT',
      'Write rollback VERSION: `npm run schema -- registry history` lists them.',
    );
  }
  await withControl(async ({ db }, { graph, variant }) => {
    const ref = { graph, variant: values.variant ?? variant };
    const number = await rollback(db, ref, to, whoRuns());
    console.log(
      `${printGraphRef(ref)} is at version ${number}, which is version ${to} again: gateways take it up when they ask next.`,
    );
  });
  return 0;
}
