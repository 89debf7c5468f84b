import { parseArgs } from 'node:util';
import { transaction } from '#platform/database/transaction.ts';
import { whoRuns, withControl } from '../control.ts';
import { printGraphRef } from '../graph-ref.ts';
import { RegistryError } from '../registry-error.ts';
import { ensureVariant, insertVersion, readVersion, variantNames } from '../versions/versions.ts';

const options = { from: { type: 'string' } } as const;
const NAME = /^[\w.-]{1,63}$/;

/** Makes a variant that begins with what another one serves. @returns the exit code */
export async function variants([word, ...rest]: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
  const [name] = positionals;
  if (word !== 'create' || name === undefined || !NAME.test(name)) {
    throw new RegistryError('BAD_INPUT', 'Write variants create NAME [--from NAME].');
  }
  await withControl(async ({ db }, { graph, variant }) => {
    const [from, made] = [
      { graph, variant: values.from ?? variant },
      { graph, variant: name },
    ];
    const names = await variantNames(db, graph);
    if (names.includes(name)) {
      throw new RegistryError('CONFLICT', `There is a variant ${printGraphRef(made)} already.`);
    }
    const version = await readVersion(db, from);
    if (!version) {
      throw new RegistryError(
        'UNKNOWN_REF',
        `There is no version of ${printGraphRef(from)} here; variants: ${names.join(', ') || 'none'}.`,
      );
    }
    const by = whoRuns();
    const note = { kind: 'seed', subgraph: null, rolledBackTo: null, by, git: null } as const;
    await transaction(db, async (tx) => {
      await ensureVariant(tx, made);
      await insertVersion(tx, made, 0, version, note);
    });
    console.log(
      `${printGraphRef(made)} begins with version ${version.number} of ${printGraphRef(from)}.`,
    );
  });
  return 0;
}
