import { parseArgs } from 'node:util';
import { applyPolicy } from '#schema/rules/apply-policy.ts';
import { FILE_OPTIONS, FILE_OPTIONS_USAGE, readInputs } from '#schema/check/read-inputs.ts';
import { inReadingOrder } from '#schema/check/report.ts';
import { compose } from '#schema/compose/compose.ts';
import { checkMoves } from '#schema/moves/check-moves.ts';
import type { MovesReport } from '#schema/moves/moves-report.ts';
import type { Finding } from '#schema/finding.ts';
import { formatAmong } from '#schema/report/formats.ts';
import { findingsText, movesText } from '#schema/report/text.ts';
import { isWritten } from '#schema/usage/used-operation.ts';

export const summary =
  'check the labels of @override: both sides, every operation in every state, what remains, what can go';
export const usage = `moves [--format text|json] ${FILE_OPTIONS_USAGE}`;
const options = { ...FILE_OPTIONS, format: { type: 'string', default: 'text' } } as const;

const FORMATS = {
  text: (report: MovesReport, findings: readonly Finding[]): string =>
    [
      movesText(report),
      statesText(report),
      ...(findings.length > 0 ? [findingsText(findings)] : []),
    ].join('\n\n'),
  json: (report: MovesReport, findings: readonly Finding[]): string =>
    JSON.stringify({ ...report, findings }, null, 2),
};

/** Checks the moves, and prints how each operation is answered in each state. @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const print = formatAmong(FORMATS, values.format);
  const { subgraphs, policy, usage: operations, moves: facts } = await readInputs(values);
  const { supergraph, schema } = compose(subgraphs);
  const { report, findings: found } = await checkMoves({
    subgraphs,
    supergraph,
    schema,
    operations: operations.filter(isWritten),
    facts,
  });
  const { findings } = applyPolicy(found, policy, new Date(), false);
  const ordered = inReadingOrder(findings);
  console.log(print(report, ordered));
  return ordered.some(({ severity }) => severity === 'error') ? 1 : 0;
}

/** One line for each operation: its requests, and those that wait for one another, in each state. */
function statesText({ operations }: MovesReport): string {
  const lines = operations.map(({ name, client, states }) => {
    const text = states.map(
      ({ on, fetches, roundTrips }) => `${on.join('+') || 'off'} ${fetches}/${roundTrips}`,
    );
    return `  ${`${name} (${client})`.padEnd(36)} ${text.join('  ')}`;
  });
  return ['Requests, and how many wait for one another, by the labels that are on:', ...lines].join(
    '\n',
  );
}
