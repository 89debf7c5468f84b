import { parseArgs } from 'node:util';
import { applyPolicy } from '#schema/rules/apply-policy.ts';
import { depthOf, operationFindings, servedSchemas } from '#schema/check/operation-findings.ts';
import { FILE_OPTIONS, FILE_OPTIONS_USAGE, readInputs } from '#schema/check/read-inputs.ts';
import { inReadingOrder } from '#schema/check/report.ts';
import { composeGraph } from '#schema/compose/compose-graph.ts';
import { findingsText } from '#schema/report/text.ts';
import { isWritten } from '#schema/usage/used-operation.ts';

export const summary =
  'validate the client operations against the schema that each client is served; depth, deprecated use';
export const usage = `operations [--list] ${FILE_OPTIONS_USAGE}`;
const options = { ...FILE_OPTIONS, list: { type: 'boolean', default: false } } as const;

/** Validates every client operation and prints what is wrong, with file and line. @returns the exit code */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  const { subgraphs, contracts, policy, usage: used } = await readInputs(values);
  const { graph, findings: composing } = await composeGraph(subgraphs, contracts, false);
  if (!graph) {
    console.error(findingsText(composing));
    return 1;
  }
  const operations = used.filter(isWritten);
  const found = operationFindings(operations, servedSchemas(graph), contracts, policy);
  const { findings } = applyPolicy(found, policy, new Date(), false);
  if (values.list) {
    for (const { name, client, document } of operations) {
      console.log(`${name} (${client}): depth ${document ? depthOf(document) : '?'}`);
    }
  }
  if (findings.length > 0) console.error(findingsText(inReadingOrder(findings)));
  if (findings.some(({ severity }) => severity === 'error')) return 1;
  console.log(`${operations.length} client operations are valid`);
  return 0;
}
