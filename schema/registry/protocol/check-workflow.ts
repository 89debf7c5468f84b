import type { Report } from '#schema/check/report.ts';
import { explanations, type Explanation } from '#schema/explanations.ts';
import type { Finding } from '#schema/finding.ts';
import { operationsText } from '#schema/report/text.ts';
import type { Check } from '../checks/checks.ts';
import type { CheckOutcome } from '../checks/outcome.ts';

type Status = 'FAILED' | 'PASSED' | 'PENDING';

/** A part of a check, as Rover shows it in a table of its own. Results are those of `platform.graphql`. */
interface Task {
  readonly __typename: string;
  readonly status: Status;
  readonly targetURL: string;
  readonly result: unknown;
  readonly coreSchemaModified?: boolean;
}

/** A check as Rover asks for it. @param url where its report can be read */
export function checkWorkflow(
  { id, outcome }: Check,
  url: string,
): { readonly id: string; readonly status: Status; readonly tasks: readonly Task[] } {
  if (outcome === null) {
    const task = {
      status: 'PENDING',
      targetURL: url,
      result: null,
      coreSchemaModified: false,
    } as const;
    return { id, status: 'PENDING', tasks: [{ __typename: 'CompositionCheckTask', ...task }] };
  }
  const status = outcome.kind === 'judged' && outcome.report.passed ? 'PASSED' : 'FAILED';
  return { id, status, tasks: tasksOf(outcome, url) };
}

function tasksOf(outcome: CheckOutcome, url: string): Task[] {
  if (outcome.kind === 'unjudged') {
    return [compositionTask([{ message: outcome.problem, code: 'REGISTRY' }], false, url)];
  }
  const { report, isSupergraphChanged } = outcome;
  const of = partsOf(report.findings);
  const errors = of('composition').filter(({ severity }) => severity === 'error');
  const composition = compositionTask(errors.map(compositionError), isSupergraphChanged, url);
  if (errors.length > 0) return [composition];
  const moves = of('move').filter(({ severity }) => severity !== 'info');
  return [
    composition,
    operationsTask(report, [...of('change'), ...of('operation')], url),
    lintTask([...of('lint'), ...of('policy')], url),
    ...(moves.length > 0 ? [movesTask(moves, url)] : []),
  ];
}

type Part = Explanation['part'];

/** Composers have codes that no table lists. */
function partsOf(findings: readonly Finding[]): (part: Part) => Finding[] {
  const parts = new Map(explanations().map(({ code, part }) => [code, part]));
  return (part) => findings.filter(({ rule }) => (parts.get(rule) ?? 'composition') === part);
}

interface CompositionError {
  readonly message: string;
  readonly code: string;
}

function compositionTask(
  errors: readonly CompositionError[],
  isSupergraphChanged: boolean,
  url: string,
): Task {
  return {
    __typename: 'CompositionCheckTask',
    status: errors.length > 0 ? 'FAILED' : 'PASSED',
    targetURL: url,
    coreSchemaModified: isSupergraphChanged,
    result: {
      __typename: 'CompositionCheckResult',
      errors: errors.map((error) => ({ ...error, locations: [] })),
    },
  };
}

/** A composition error with its place and its mend, as Rover shows neither by itself. */
export function compositionError({ rule, message, at, mend }: Finding): CompositionError {
  const place = at ? ` (${at.file}:${at.line}:${at.column})` : '';
  return { code: rule, message: `${message}${place}${mend === undefined ? '' : `\n→ ${mend}`}` };
}

function operationsTask(
  { changes, counts }: Report,
  findings: readonly Finding[],
  url: string,
): Task {
  const told = findings.map(({ rule, severity, message, operations }) => ({
    severity: severity === 'error' ? 'FAILURE' : 'NOTICE',
    code: rule,
    description: operations?.length ? `${message} Breaks ${operationsText(operations)}.` : message,
  }));
  const safe = (changes ?? [])
    .filter(({ severity }) => severity === 'off')
    .map(({ code, message }) => ({ severity: 'NOTICE', code, description: message }));
  const hasFailed = told.some(({ severity }) => severity === 'FAILURE');
  return {
    __typename: 'OperationsCheckTask',
    status: hasFailed ? 'FAILED' : 'PASSED',
    targetURL: url,
    result: {
      checkSeverity: hasFailed ? 'FAILURE' : 'NOTICE',
      numberOfCheckedOperations: counts.operations,
      changes: [...told, ...safe],
    },
  };
}

function lintTask(findings: readonly Finding[], url: string): Task {
  const told = findings.filter(({ severity }) => severity !== 'info');
  const errorsCount = told.filter(({ severity }) => severity === 'error').length;
  return {
    __typename: 'LintCheckTask',
    status: errorsCount > 0 ? 'FAILED' : 'PASSED',
    targetURL: url,
    result: {
      diagnostics: told.map((finding) => ({
        level: finding.severity.toUpperCase(),
        message: finding.message,
        coordinate: finding.path ?? '',
        rule: finding.rule,
        sourceLocations: [rangeOf(finding)],
      })),
      stats: { errorsCount, warningsCount: told.length - errorsCount },
    },
  };
}

function movesTask(findings: readonly Finding[], url: string): Task {
  return {
    __typename: 'CustomCheckTask',
    status: 'PASSED',
    targetURL: url,
    result: {
      violations: findings.map((finding) => ({
        level: finding.severity.toUpperCase(),
        message: finding.message,
        rule: finding.rule,
        coordinate: finding.path ?? '',
        sourceLocations: [{ ...rangeOf(finding), subgraphName: finding.subgraph ?? '' }],
      })),
    },
  };
}

/** Rover reads the first place of each, so there has to be one. Bytes are not counted here. */
function rangeOf({ at }: Finding) {
  const position = { line: at?.line ?? 1, column: at?.column ?? 1, byteOffset: 0 };
  return { start: position, end: position };
}
