import { parseArgs } from 'node:util';
import { withControl } from '../control.ts';
import { printGraphRef } from '../graph-ref.ts';
import { RegistryError } from '../registry-error.ts';
import { listVersions, variantNames, type VersionEntry } from '../versions/versions.ts';
import { columns } from '#platform/text-columns.ts';

const options = {
  variant: { type: 'string' },
  limit: { type: 'string', default: '20' },
  json: { type: 'boolean', default: false },
} as const;

/** Shows the versions of a graph, the newest first: the first line is what is served. @returns the exit code */
export async function history(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const limit = Number(values.limit);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RegistryError('BAD_INPUT', `--limit ${values.limit}: write a whole number above 0.`);
  }
  const versions = await withControl(async ({ db }, { graph, variant }) => {
    const ref = { graph, variant: values.variant ?? variant };
    if (!(await variantNames(db, graph)).includes(ref.variant)) {
      throw new RegistryError('UNKNOWN_REF', `There is no variant ${printGraphRef(ref)} here.`);
    }
    return listVersions(db, ref, limit);
  });
  console.log(values.json ? JSON.stringify(versions, null, 2) : historyText(versions));
  return 0;
}

function historyText(versions: readonly VersionEntry[]): string {
  const rows = versions.map((version) => [
    String(version.number),
    version.createdAt.toISOString(),
    version.by,
    whatOf(version),
    commitOf(version),
  ]);
  return columns([['VERSION', 'WHEN', 'BY', 'WHAT', 'COMMIT'], ...rows]);
}

function whatOf({ kind, subgraph, rolledBackTo }: VersionEntry): string {
  if (kind === 'rollback') return `rollback to ${rolledBackTo}`;
  return subgraph === null ? kind : `${kind} ${subgraph}`;
}

function commitOf({ git }: VersionEntry): string {
  const commit = git?.commit?.slice(0, 12);
  const branch = git?.branch;
  const [message] = git?.message?.split('\n') ?? [];
  return [commit, branch && `(${branch})`, message].filter(Boolean).join(' ');
}
