import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { fetchesOf } from './case-plan.ts';
import type { DifferentialCase } from './differential-case.ts';
import { isJoined, type Judgement } from './judgement.ts';

/** What a case can be about. */
export const ASPECTS = [
  'healthy',
  'entities',
  'three fetches or more',
  'joined fetches',
  'equal representations',
  'errors',
  'faults of subgraphs',
  'null propagation',
  'data is null',
  'abstract types',
  'conditions',
  'conditions in the plan',
  'rewrites',
  'renamed fields',
  'interface objects',
  'required fields',
  'labels',
  'fragments',
  'aliases',
  'special names',
  'variables',
  'mutations',
  'introspection',
  'by the mended reference',
  'by another order',
  'by another null',
] as const;

export type Aspect = (typeof ASPECTS)[number];

/** How many cases were about what. */
export interface Coverage {
  readonly cases: number;
  readonly counts: Readonly<Record<Aspect, number>>;
}

/** Counts what cases are about. */
export function createCoverage(): {
  add(given: DifferentialCase, plan: PlanNode | undefined, judgement: Judgement): void;
  read(): Coverage;
} {
  let cases = 0;
  const counts = Object.fromEntries(ASPECTS.map((aspect) => [aspect, 0])) as Record<Aspect, number>;
  return {
    add(given, plan, judgement) {
      cases += 1;
      for (const aspect of aspectsOf(given, plan, judgement)) counts[aspect] += 1;
    },
    read: () => ({ cases, counts: { ...counts } }),
  };
}

function aspectsOf(
  given: DifferentialCase,
  plan: PlanNode | undefined,
  judgement: Judgement,
): Aspect[] {
  const aspects: Record<Aspect, boolean> = {
    ...aspectsOfOperation(given.operation.text),
    ...aspectsOfPlan(plan),
    ...aspectsOfAnswers(judgement),
    healthy: given.faults.length === 0,
    labels: given.labels.length > 0,
    variables: Object.keys(given.operation.variables).length > 0,
  };
  return ASPECTS.filter((aspect) => aspects[aspect]);
}

function aspectsOfOperation(text: string) {
  return {
    'abstract types': /\.\.\. on /.test(text),
    conditions: /@(skip|include)/.test(text),
    fragments: /\bfragment /.test(text),
    aliases: /\w: \w+[ ({@]/.test(text),
    'special names':
      /\b(constructor|__proto__|toString|hasOwnProperty|valueOf|toJSON|length|then): /.test(text),
    mutations: text.startsWith('mutation'),
    introspection: /__schema|__type\(/.test(text),
  };
}

function aspectsOfPlan(plan: PlanNode | undefined) {
  const fetches = fetchesOf(plan);
  const some = (has: (fetch: FetchNode) => boolean): boolean => fetches.some(has);
  const isRenamed = (fetch: FetchNode): boolean =>
    (fetch.outputRewrites ?? []).some(({ kind }) => kind === 'KeyRenamer');
  return {
    'three fetches or more': fetches.length >= 3,
    'conditions in the plan': JSON.stringify(plan ?? null).includes('"kind":"Condition"'),
    rewrites: some(({ inputRewrites, outputRewrites }) => !!(inputRewrites ?? outputRewrites)),
    'renamed fields': some(isRenamed),
    'interface objects': some(({ inputRewrites }) =>
      (inputRewrites ?? []).some(({ kind }) => kind === 'ValueSetter'),
    ),
    'required fields': some(({ operation }) => /\b(needs\w+|badge)\b/.test(operation)),
  };
}

function aspectsOfAnswers({ agreement, reference, ours }: Judgement) {
  const { data, errors } = reference.outcome;
  const isPropagated = ({ path }: { readonly path?: readonly (string | number)[] }): boolean =>
    path !== undefined && !leadsToItsEnd(data === null ? null : JSON.parse(data), path);
  const representations = ({ body }: { readonly body: string }): number =>
    body.split('"__typename"').length;
  const known = (sent: typeof ours.sent): number =>
    sent.reduce((sum, fetch) => sum + representations(fetch), 0);
  return {
    entities: reference.sent.some(({ body }) => body.includes('_entities')),
    'joined fetches': ours.sent.some(({ body }) => isJoined(body)),
    'equal representations': known(ours.sent) < known(reference.sent),
    errors: errors.length > 0,
    'faults of subgraphs': errors.some(({ extensions }) => 'serviceName' in extensions),
    'null propagation': errors.some(isPropagated),
    'data is null': data === null,
    'by the mended reference': agreement === 'mended',
    'by another order': agreement === 'other-order',
    'by another null': agreement === 'other-null',
  };
}

/** Whether an error's path can be followed to its end: where not, a null has taken what was around it. */
function leadsToItsEnd(data: unknown, path: readonly (string | number)[]): boolean {
  let value = data;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return false;
    value = (value as Record<string | number, unknown>)[key];
  }
  return true;
}
