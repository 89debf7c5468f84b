import { parseArgs } from 'node:util';
import { withControl } from '../control.ts';
import { createKey, listKeys, revokeKey, RIGHTS } from '../keys/keys.ts';
import { RegistryError } from '../registry-error.ts';
import type { Right } from '../tables.ts';
import { columns } from '#platform/text-columns.ts';

const options = { name: { type: 'string' }, can: { type: 'string', default: 'check' } } as const;
const NAME = /^[\w.-]{1,64}$/;

/** Makes, lists and revokes keys. @returns the exit code */
export async function keys([word, ...rest]: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: true });
  if (word === 'create') return create(values.name ?? positionals[0], values.can);
  if (word === 'revoke') return revoke(values.name ?? positionals[0]);
  if (word === 'list') return list();
  throw new RegistryError('BAD_INPUT', 'Write keys create, keys list or keys revoke.');
}

async function create(name: string | undefined, can: string): Promise<number> {
  if (name === undefined || !NAME.test(name)) {
    throw new RegistryError(
      'BAD_INPUT',
      'Name the key: --name ci (letters, digits, ".", "-", "_").',
    );
  }
  const right = RIGHTS.find((one) => one === can);
  if (!right) throw new RegistryError('BAD_INPUT', `--can ${can}: write ${RIGHTS.join(', ')}.`);
  const key = await withControl(({ db }, { graph }) => createKey(db, { graph, name, can: right }));
  console.log(key);
  console.error(
    `The key "${name}" may ${allowed(right)}. It is shown this once: keep it where secrets are kept.`,
  );
  return 0;
}

/** Each right includes those before it. */
function allowed(right: Right): string {
  return RIGHTS.slice(0, RIGHTS.indexOf(right) + 1).join(', ');
}

async function revoke(name: string | undefined): Promise<number> {
  if (name === undefined) throw new RegistryError('BAD_INPUT', 'Name the key: keys revoke NAME.');
  await withControl(({ db }, { graph }) => revokeKey(db, graph, name));
  console.log(`The key "${name}" opens nothing any more.`);
  return 0;
}

async function list(): Promise<number> {
  const found = await withControl(({ db }, { graph }) => listKeys(db, graph));
  const rows = found.map(({ name, can, createdAt, revokedAt }) => [
    name,
    can,
    createdAt.toISOString(),
    revokedAt?.toISOString() ?? '',
  ]);
  console.log(columns([['NAME', 'CAN', 'MADE', 'REVOKED'], ...rows]));
  return 0;
}
