import type { GraphQLSchema } from 'graphql';
import type { Change } from '#schema/changes/change.ts';
import { diffSchemas } from '#schema/changes/diff-schemas.ts';
import type { Contract } from '#schema/compose/contracts.ts';
import type { ComposedGraph } from '#schema/compose/compose-graph.ts';
import type { AffectedOperation } from '#schema/finding.ts';
import { daysBefore } from '#schema/usage/days.ts';
import { createJudge } from '#schema/usage/judge.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';
import type { BaseSchemas } from './base.ts';
import type { Policy } from '#schema/rules/policy.ts';
import type { JudgedChange } from './report.ts';

/** Changes, and what they break. */
export interface JudgedChanges {
  readonly changes: readonly JudgedChange[];
  /** Operations that are valid no more, although no change is known to harm them. */
  readonly broken: readonly AffectedOperation[];
}

/** A schema that some clients see, before and after. */
interface Surface {
  readonly name: string;
  readonly base: GraphQLSchema;
  readonly head: GraphQLSchema;
  readonly operations: readonly UsedOperation[];
}

/**
 * The changes of the API schema and of every contract, judged by the operations that see them. A change that the API
 * schema and a contract share is told of once; what only a contract sees is judged by the clients of the contract.
 */
export function judgeChanges(
  base: BaseSchemas,
  head: ComposedGraph,
  contracts: readonly Contract[],
  operations: readonly UsedOperation[],
  policy: Policy,
): JudgedChanges {
  const surfaces: Surface[] = [
    { name: 'api', base: base.api, head: head.composition.schema, operations },
    ...contracts.flatMap(({ name, clients }): Surface[] => {
      const [before, after] = [base.contracts.get(name), head.contracts.get(name)?.schema];
      if (!before || !after) return [];
      const own = operations.filter(({ client }) => clients.includes(client));
      return [{ name, base: before, head: after, operations: own }];
    }),
  ];
  const judged = new Map<string, JudgedChange>();
  const broken: AffectedOperation[] = [];
  for (const surface of surfaces) {
    const judge = createJudge(surface.base, surface.head, surface.operations);
    for (const change of diffSchemas(surface.base, surface.head)) {
      const key = `${change.code} ${change.path} ${change.message}`;
      const known = judged.get(key);
      if (known) {
        judged.set(key, { ...known, surfaces: [...known.surfaces, surface.name] });
        continue;
      }
      const harmed = change.criticality === 'breaking' ? judge.harmedBy(change) : [];
      judged.set(key, {
        ...change,
        surfaces: [surface.name],
        operations: harmed,
        severity: severityOf(change, harmed.length > 0, operations.length > 0, policy),
      });
    }
    broken.push(...judge.broken());
  }
  const changes = [...judged.values()];
  const explained = new Set(changes.flatMap((change) => change.operations.map(operationKey)));
  return { changes, broken: broken.filter((operation) => !explained.has(operationKey(operation))) };
}

function operationKey({ name, client }: AffectedOperation): string {
  return `${client} ${name}`;
}

function severityOf(
  { criticality, code }: Change,
  isInUse: boolean,
  isUseKnown: boolean,
  { changes, rules }: Policy,
): JudgedChange['severity'] {
  const own = rules[code];
  if (own !== undefined) return own;
  if (criticality === 'safe') return 'off';
  if (criticality === 'dangerous') return changes.dangerous;
  if (!isUseKnown) return changes.breakingUnknown;
  return isInUse ? changes.breakingInUse : changes.breakingUnused;
}

/** The operations that count, as the policy has it. */
export function countedOperations(
  operations: readonly UsedOperation[],
  { usage }: Policy,
  now: Date,
): UsedOperation[] {
  const oldest = daysBefore(now, usage.days);
  const looked = operations.filter(
    ({ name, client, lastSeen }) =>
      !usage.ignoredClients.includes(client) &&
      !usage.ignoredOperations.includes(name) &&
      (lastSeen === undefined || lastSeen >= oldest),
  );
  const sums = new Map<string, number>();
  let all = 0;
  for (const { name, count = 0 } of looked) {
    sums.set(name, (sums.get(name) ?? 0) + count);
    all += count;
  }
  const least = Math.max(usage.minimumCount, (usage.minimumPercentage / 100) * all);
  return looked.filter(({ name, count }) => count === undefined || (sums.get(name) ?? 0) >= least);
}
