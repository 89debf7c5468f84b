import { print } from 'graphql';
import { SERVERS } from '#platform/start/processes.ts';
import { readOperations } from '#schema/operations.ts';
import { gatewayClient } from '../../behaviour/gateway-client.ts';
import { queryCases } from '../../federation/query-cases.ts';
import type { BenchRequest } from '../measure.ts';
import { session, startSubgraphs, type LabelScenario } from './scenario.ts';
import type { Stack } from './stack.ts';

/** Callers who have not logged in: each is a subject of its own, on one side or the other. */
const STRANGERS = 16;

/**
 * Our own supergraph with every client query. The subgraphs' answers are real, and kept in memory, so either side costs
 * the same for each request. But the new side is several subgraphs where legacy is one: a state has a number of fetches
 * of its own, which costs more than its labels.
 */
export async function ownGraph(stack: Stack): Promise<LabelScenario> {
  const upstreams = SERVERS.filter(({ name }) => name !== 'monolith' && name !== 'gateway').map(
    ({ name, portVariable }) => [name, `http://127.0.0.1:${stack.ports[portVariable]}/graphql`],
  );
  const requests = await clientRequests(stack.gatewayUrl);
  const memo = await startSubgraphs(
    'memo-servers.ts',
    JSON.stringify(Object.fromEntries(upstreams)),
  );
  const urls = Object.entries(memo.ports).map(([name, port]) => [
    `SUBGRAPH_${name.toUpperCase().replace('-', '_')}_URL`,
    `http://127.0.0.1:${port}/graphql`,
  ]);
  return {
    name: 'our own graph and operations',
    requests,
    command: () => [process.execPath, 'gateway/main.ts'],
    env: { ...stack.secrets, ...Object.fromEntries(urls) },
    count: memo.count,
    end: memo.end,
  };
}

/** Every query of schema/operations/, by whoever sends it; those of strangers by many of them. */
async function clientRequests(gatewayUrl: string): Promise<BenchRequest[]> {
  const stack = gatewayClient(gatewayUrl);
  const tokens = {
    customer: await stack.login('customer@example.com'),
    staff: await stack.login('staff@example.com'),
    admin: await stack.login('admin@example.com'),
  };
  const cases = await queryCases(stack, tokens);
  const operations = await readOperations('schema/operations');
  return operations.flatMap(({ name, document }) =>
    (cases[name] ?? []).flatMap(({ as, variables }): BenchRequest[] => {
      const body = JSON.stringify({ query: print(document), operationName: name, variables });
      if (as) return [{ body, headers: { authorization: `Bearer ${tokens[as]}` } }];
      return Array.from({ length: STRANGERS }, (_, index) => ({ body, headers: session(index) }));
    }),
  );
}
