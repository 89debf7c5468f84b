import { parseArgs } from 'node:util';
import type { Change } from '#schema/changes/change.ts';
import { diffSchemas } from '#schema/changes/diff-schemas.ts';
import { readBase } from '#schema/check/read-base.ts';
import { formatAmong } from '#schema/report/formats.ts';

export const summary = 'the changes between two schemas; without HEAD, to that of the files here';
export const usage =
  'diff REF|FILE|URL [REF|FILE|URL] [--format text|json] [--config FILE] [--contracts FILE]';
const options = {
  format: { type: 'string', default: 'text' },
  config: { type: 'string', default: 'schema/supergraph.yaml' },
  contracts: { type: 'string', default: 'schema/contracts.yaml' },
} as const;

const FORMATS = {
  text: changesText,
  json: (changes: readonly Change[]): string => JSON.stringify(changes, null, 2),
};

/** Prints the changes between two schemas. @returns 1 when one of them is breaking */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const print = formatAmong(FORMATS, values.format);
  const [before, after = values.config] = positionals;
  if (before === undefined || positionals.length > 2) {
    console.error(`Usage: npm run schema -- ${usage}`);
    return 2;
  }
  const files = { ...values, operations: null };
  const [base, head] = await Promise.all([readBase(before, files), readBase(after, files)]);
  const changes = diffSchemas(base.api, head.api);
  console.log(print(changes));
  return changes.some(({ criticality }) => criticality === 'breaking') ? 1 : 0;
}

function changesText(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Clients see the same schema.';
  return changes
    .flatMap(({ criticality, code, message, reason }) => [
      `${criticality.padEnd(9)} ${message}  [${code}]`,
      ...(criticality === 'safe' ? [] : [`          ${reason}`]),
    ])
    .join('\n');
}
