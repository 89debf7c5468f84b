import { GraphQLError, Source, buildSchema, parse } from 'graphql';
import { MOVES } from '#platform/moves/moves.ts';
import type { BaseSchemas } from '#schema/check/base.ts';
import { judgeSchema } from '#schema/check/check-schema.ts';
import { countedFindings, type Report } from '#schema/check/report.ts';
import { composeGraph, type ComposedGraph } from '#schema/compose/compose-graph.ts';
import { readContracts } from '#schema/compose/contracts.ts';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import { explanations } from '#schema/explanations.ts';
import type { Finding } from '#schema/finding.ts';
import { readPolicy } from '#schema/rules/policy.ts';
import { readUsage } from '#schema/usage/read-usage.ts';
import { usedOperations } from '#schema/usage/recorded-traffic.ts';
import { isWritten, type UsedOperation } from '#schema/usage/used-operation.ts';
import type { ComposedTexts } from '../versions/versions.ts';
import type { JudgeJob, SubgraphText, Verdict } from './judge-job.ts';

/**
 * Judges subgraphs against what is served now: as `npm run schema -- check` does, by the same policy, less what the base
 * has too. Because subgraphs come one at a time here, the two sides of a move may differ until the other one has come:
 * what the rules of moves find is a warning at the most.
 *
 * @throws SchemaFileError where the policy, the contracts or the operations cannot be read
 */
export async function judgeSubgraphs(job: JudgeJob): Promise<Verdict> {
  const contracts = await readContracts(job.contractsFile);
  const parsed = job.subgraphs.map(parsedSubgraph);
  const faults = parsed.flatMap((one) => ('fault' in one ? [one.fault] : []));
  if (faults.length > 0) return { report: composeReport(job, faults), composed: null };
  if (job.isTrusted) {
    const { graph, findings } = await composeGraph(parsed as Subgraph[], contracts, false);
    return { report: composeReport(job, findings), composed: graph && textsOf(graph) };
  }
  const policy = await readPolicy(job.policyFile);
  const usage = await readUsage(policy.usage);
  const { report, graph } = await judgeSchema({
    subgraphs: parsed as Subgraph[],
    contracts,
    policy,
    base: job.base && baseOf(job.base, usage),
    // Where nothing is served yet, no operation can break: they may need subgraphs that come next.
    usage: job.base ? [...usage, ...usedOperations(job.recorded)] : [],
    unknownRequests: job.recorded.leftOut,
    now: new Date(),
    moves: { moves: MOVES, sealed: [] },
    withSecondOpinion: true,
    onlyNew: true,
  });
  return { report: withMovesAsWarnings(report), composed: graph && textsOf(graph) };
}

function parsedSubgraph({ name, url, sdl }: SubgraphText): Subgraph | { fault: Finding } {
  const file = `${name}.graphql`;
  try {
    return { name, url, file, typeDefs: parse(new Source(sdl, file)) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { line = 1, column = 1 } = error.locations?.[0] ?? {};
    return {
      fault: {
        rule: 'SYNTAX',
        severity: 'error',
        message: `The schema of ${name} is not GraphQL: ${error.message}`,
        subgraph: name,
        at: { file, line, column },
      },
    };
  }
}

/** A report of what stands in the way of composing. */
function composeReport({ subgraphs, base }: JudgeJob, findings: readonly Finding[]): Report {
  return {
    base: base?.name ?? null,
    ...countedFindings(findings, { subgraphs: subgraphs.length, operations: 0 }),
    ignored: [],
    changes: null,
    moves: null,
  };
}

/** What is stored was valid when it was. */
const VALID = { assumeValid: true, assumeValidSDL: true } as const;

/** @param usage the operations that are known: what the rules of moves find in them now was so before */
function baseOf(
  { name, composed, subgraphs }: NonNullable<JudgeJob['base']>,
  usage: readonly UsedOperation[],
): BaseSchemas {
  return {
    name,
    api: buildSchema(composed.api, VALID),
    contracts: new Map(
      Object.entries(composed.contracts).map(([contract, api]) => [
        contract,
        buildSchema(api, VALID),
      ]),
    ),
    subgraphs: subgraphs.map(({ name: own, url, sdl }) => {
      const file = `${own}.graphql`;
      return { name: own, url, file, typeDefs: parse(new Source(sdl, file)) };
    }),
    supergraph: composed.supergraph,
    operations: usage.filter(isWritten),
  };
}

function textsOf({ composition, contracts }: ComposedGraph): ComposedTexts {
  return {
    supergraph: composition.supergraph,
    api: composition.api,
    contracts: Object.fromEntries([...contracts].map(([name, { api }]) => [name, api])),
  };
}

function withMovesAsWarnings(report: Report): Report {
  const ofMoves = new Set(
    explanations().flatMap(({ part, code }) => (part === 'move' ? code : [])),
  );
  const findings = report.findings.map((finding): Finding =>
    finding.severity === 'error' && ofMoves.has(finding.rule)
      ? { ...finding, severity: 'warning' }
      : finding,
  );
  return { ...report, ...countedFindings(findings, report.counts) };
}
