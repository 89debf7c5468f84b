import { readFile } from 'node:fs/promises';
import { buildSchema, Kind } from 'graphql';
import { expect, test } from 'vitest';
import { readConfig } from '#platform/config.ts';
import { readOperations } from '#schema/operations.ts';
import { limitSettings, limitsFrom } from '../../../gateway/limits/config.ts';
import { readCostDirectives } from '../../../gateway/limits/cost/cost-directives.ts';
import { evaluate } from '../../../gateway/limits/cost/cost-formula.ts';
import { operationCost } from '../../../gateway/limits/cost/operation-cost.ts';
import { exceededLimit } from '../../../gateway/limits/document-limits.ts';

test('the operations of our clients keep well within the limits, also with the longest pages', async () => {
  const limits = limitsFrom(readConfig('test', limitSettings(), {}));
  const schema = buildSchema(await readFile('schema/api.graphql', 'utf8'));
  const directives = readCostDirectives(await readFile('schema/supergraph.graphql', 'utf8'));
  const model = { schema, directives, listSize: limits.cost.listSize };
  for (const { name, document } of await readOperations('schema/operations')) {
    expect([name, exceededLimit(document, limits.document)]).toEqual([name, null]);
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION)
      throw new Error('The operation comes first.');
    const longest = Object.fromEntries(
      (operation.variableDefinitions ?? [])
        .filter(({ type }) => type.kind === Kind.NAMED_TYPE && type.name.value === 'Int')
        .map(({ variable }) => [variable.name.value, 100]),
    );
    const cost = evaluate(operationCost(operation, document, model), longest);
    expect([name, cost < limits.cost.most / 10, cost]).toEqual([name, true, cost]);
  }
});
