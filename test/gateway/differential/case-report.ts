import { serializeQueryPlan, type QueryPlan } from '@apollo/query-planner';
import type { DifferentialCase } from './differential-case.ts';
import { comparable } from './exceptions.ts';
import type { Graph } from './graph-pool.ts';
import type { Judgement } from './judgement.ts';
import { sortedErrors } from './outcome.ts';
import type { Run } from './run-case.ts';

/** All that one needs to see why a case failed, and to run it again. */
export function reportCase(
  graph: Graph,
  given: DifferentialCase,
  plan: QueryPlan,
  judgement: Judgement,
): string {
  const { agreement, misordered, excess, reference, mended, ours } = judgement;
  const what =
    agreement === 'none'
      ? 'The answers differ.'
      : (excess ?? `The keys at ${misordered} are misordered.`);
  const subgraphs = graph.model.subgraphs.map(({ name, sdl }) => `# ${name}\n${sdl}`);
  return [
    what,
    `Graph ${given.graph}, world ${given.world}, labels on: ${given.labels.join(', ') || 'none'}`,
    `Operation:\n${given.operation.text}`,
    `Variables: ${JSON.stringify(given.operation.variables)}`,
    `Faults: ${given.faults.map((fault) => `\n  ${JSON.stringify(fault)}`).join('') || 'none'}`,
    serializeQueryPlan(plan),
    answerText('The reference', reference),
    ...(mended ? [answerText('The reference, mended', mended)] : []),
    answerText('Ours', ours),
    `Subgraphs:\n${subgraphs.join('\n\n')}`,
    `Supergraph:\n${graph.supergraphSdl}`,
  ].join('\n\n');
}

function answerText(who: string, { outcome, sent }: Run): string {
  const errors = sortedErrors(comparable(outcome)).map((error) => `\n  ${error}`);
  const fetches = sent.map(({ subgraph, body }) => `\n  ${subgraph} ${body}`);
  return `${who}: ${outcome.data}\n errors: ${errors.join('') || 'none'}\n sent: ${fetches.join('') || 'nothing'}`;
}
