import { composeGraph, type ComposedGraph } from '#schema/compose/compose-graph.ts';
import type { Contract } from '#schema/compose/contracts.ts';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import type { AffectedOperation, Finding } from '#schema/finding.ts';
import { checkMoves, staticMoveFindings } from '#schema/moves/check-moves.ts';
import { sidesOf } from '#schema/moves/moved-fields.ts';
import type {
  MoveFacts,
  MovesInput,
  MovesReport,
  MovesResult,
} from '#schema/moves/moves-report.ts';
import { lint, newFindings } from '#schema/rules/lint.ts';
import { unknownText } from '#schema/usage/unknown-text.ts';
import { isWritten, type UsedOperation } from '#schema/usage/used-operation.ts';
import { applyPolicy, unacceptable } from '#schema/rules/apply-policy.ts';
import type { BaseSchemas } from './base.ts';
import { changeFindings } from './change-findings.ts';
import { countedOperations, judgeChanges } from './judge-changes.ts';
import { newOperationFindings, operationFindings, servedSchemas } from './operation-findings.ts';
import type { Policy } from '#schema/rules/policy.ts';
import { countedFindings, inReadingOrder, type JudgedChange, type Report } from './report.ts';

/** What is checked, against what, and by which rules. */
export interface CheckInput {
  readonly subgraphs: readonly Subgraph[];
  readonly contracts: readonly Contract[];
  /** What to compare with; null compares with nothing. */
  readonly base: BaseSchemas | null;
  readonly usage: readonly UsedOperation[];
  /** Requests that were recorded, and of which nobody knows the operation. */
  readonly unknownRequests: number;
  readonly policy: Policy;
  readonly now: Date;
  /** What is known of the moves; null leaves them out. */
  readonly moves: MoveFacts | null;
  /** Whether Apollo's composition has to agree. */
  readonly withSecondOpinion: boolean;
  /** Whether findings of lint, moves and operations that the base has too are left out. */
  readonly onlyNew: boolean;
}

/** A report, and the graph that it is about. */
export interface Judgement {
  readonly report: Report;
  /** null where it does not compose. */
  readonly graph: ComposedGraph | null;
}

/** Checks a schema. Reads and writes nothing: everything that counts is given. */
export async function checkSchema(input: CheckInput): Promise<Report> {
  return (await judgeSchema(input)).report;
}

/** Does the same, and gives what was composed as well. */
export async function judgeSchema(input: CheckInput): Promise<Judgement> {
  const { subgraphs, contracts, base, policy, now, moves, withSecondOpinion } = input;
  const operations = countedOperations(input.usage, policy, now);
  const { graph, findings: composing } = await composeGraph(
    subgraphs,
    contracts,
    withSecondOpinion,
  );
  const linting = lintFindings(input, graph);
  if (!graph) {
    // The rules of moves often say better than composition what is wrong with a move.
    const moving = moves ? staticMoveFindings(sidesOf(subgraphs), moves) : [];
    const isRefusal = ({ severity }: Finding): boolean => severity === 'error';
    const hints = composing.filter((finding) => !isRefusal(finding));
    const report = reportOf(input, [...hints, ...moving, ...linting], {
      refusals: composing.filter(isRefusal),
      operations: operations.length,
    });
    return { report, graph };
  }

  const sent = base ? countedOperations([...input.usage, ...base.operations], policy, now) : [];
  const { changes, broken } = base
    ? judgeChanges(base, graph, contracts, sent, policy)
    : { changes: null, broken: [] };
  const changing = base ? changeFindings(changes ?? [], subgraphs, base.subgraphs) : [];
  const texts = operations.filter(isWritten);
  const moving = moves
    ? await movesOf(input, {
        subgraphs,
        supergraph: graph.composition.supergraph,
        schema: graph.composition.schema,
        operations: texts,
      })
    : null;
  const report = reportOf(
    input,
    [
      ...composing,
      ...changing,
      ...brokenFindings(broken),
      ...contractFindings(base, contracts),
      ...knownOfBase(base, contracts),
      ...knownOfUsage(input),
      ...linting,
      ...refusedOperations(input, texts, graph),
      ...(moving?.findings ?? []),
    ],
    { operations: operations.length, changes, moves: moving?.report ?? null },
  );
  return { report, graph };
}

async function movesOf(
  { base, moves, onlyNew }: CheckInput,
  head: Omit<MovesInput, 'facts'>,
): Promise<MovesResult | null> {
  if (!moves) return null;
  const result = await checkMoves({ ...head, facts: moves });
  if (!onlyNew || !base?.subgraphs || base.supergraph === null || result.findings.length === 0) {
    return result;
  }
  const { subgraphs, supergraph, api: schema, operations } = base;
  const before = await checkMoves({ subgraphs, supergraph, schema, operations, facts: moves });
  return { ...result, findings: newFindings(result.findings, before.findings) };
}

function lintFindings(
  { subgraphs, base, policy, onlyNew }: CheckInput,
  graph: ComposedGraph | null,
) {
  const found = lint(subgraphs, graph?.composition.schema ?? null, policy);
  if (!onlyNew || !base?.subgraphs) return found;
  return newFindings(found, lint(base.subgraphs, base.api, policy));
}

function refusedOperations(
  { base, contracts, policy, onlyNew }: CheckInput,
  operations: readonly UsedOperation[],
  graph: ComposedGraph,
): readonly Finding[] {
  const found = operationFindings(operations, servedSchemas(graph), contracts, policy);
  if (!onlyNew || !base) return found;
  return newOperationFindings(found, operationFindings(base.operations, base, contracts, policy));
}

/** What the rules of changes overlook is told all the same. */
function brokenFindings(broken: readonly AffectedOperation[]): Finding[] {
  return broken.map((operation) => ({
    rule: 'operation-broken',
    severity: 'error',
    path: operation.name,
    message: `${operation.name} of ${operation.client} was valid and is no more.`,
    operations: [operation],
  }));
}

function contractFindings(base: BaseSchemas | null, contracts: readonly Contract[]): Finding[] {
  const names = contracts.map(({ name }) => name);
  return [...(base?.contracts.keys() ?? [])]
    .filter((name) => !names.includes(name))
    .map((name) => ({
      rule: 'contract-removed',
      severity: 'error',
      path: name,
      message: `The contract ${name} is removed: its clients are served nothing, or more than they should see.`,
      mend: 'Keep it in schema/contracts.yaml until its clients are served another one.',
    }));
}

/** A base may be the schema of clients and nothing else: what that cannot show is said. */
function knownOfBase(base: BaseSchemas | null, contracts: readonly Contract[]): Finding[] {
  if (base === null || base.subgraphs !== null) return [];
  const left = contracts.length === 0 ? '' : ` Changes of ${names(contracts)} are not looked for.`;
  return [
    {
      rule: 'base-schema-only',
      severity: 'info',
      message: `Of ${base.name} only the schema of clients is known, not its subgraphs nor the operations that went with it.${left}`,
      mend: 'Give a reference of git, or a supergraph.yaml, to compare all of it.',
    },
  ];
}

/** Changes were judged by what is known of their use: what is not known is said. */
function knownOfUsage({ base, unknownRequests }: CheckInput): Finding[] {
  if (base === null || unknownRequests === 0) return [];
  return [{ rule: 'usage-incomplete', severity: 'warning', message: unknownText(unknownRequests) }];
}

function names(contracts: readonly Contract[]): string {
  const all = contracts.map(({ name }) => name).join(' and ');
  return `the ${contracts.length === 1 ? 'contract' : 'contracts'} ${all}`;
}

interface Found {
  readonly operations: number;
  /** Why there is no graph: no policy can accept that. */
  readonly refusals?: readonly Finding[];
  readonly changes?: readonly JudgedChange[] | null;
  readonly moves?: MovesReport | null;
}

function reportOf(input: CheckInput, found: readonly Finding[], rest: Found): Report {
  const { base, policy, now, subgraphs, moves } = input;
  const { changes = null, refusals = [] } = rest;
  // Without a base, without moves or without a graph an ignore may be about something that was not looked at.
  const isComplete = changes !== null && moves !== null;
  const { findings: weighed, ignored } = applyPolicy(found, policy, now, isComplete);
  const findings = inReadingOrder([...unacceptable(refusals, policy), ...weighed]);
  const { operations } = rest;
  return {
    base: base?.name ?? null,
    ...countedFindings(findings, { subgraphs: subgraphs.length, operations }),
    ignored,
    changes,
    moves: rest.moves ?? null,
  };
}
