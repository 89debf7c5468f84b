import type { Finding } from '#schema/finding.ts';
import type { UsedOperation } from '#schema/usage/used-operation.ts';
import type { PlannedOperation } from './moves-report.ts';
import type { Leaf, StatePlanner } from './operation-plans.ts';

/** Operations in every state of their labels, and what is wrong there. */
export interface OperationStates {
  readonly planned: readonly PlannedOperation[];
  readonly findings: readonly Finding[];
}

/** The labels that are on, with the plan for it. */
interface State {
  readonly on: readonly string[];
  readonly leaf: Leaf;
}

/** The most labels of one operation whose states are all listed. */
const MOST_LABELS = 8;

/** Plans operations in every state of their labels. */
export function planStates(
  planner: StatePlanner,
  operations: readonly UsedOperation[],
): OperationStates {
  const planned: PlannedOperation[] = [];
  const findings: Finding[] = [];
  for (const operation of operations) {
    if (!operation.document) continue;
    const { leaves, isComplete } = planner.plan(operation.document);
    const labels = [...new Set(leaves.flatMap(({ read }) => [...read.keys()]))].sort();
    const states = statesOf(leaves, labels);
    const mattering = labels.filter((label) => matters(label, states));
    planned.push({
      name: operation.name,
      client: operation.client,
      labels: mattering,
      states: states
        .filter(({ on }) => on.every((label) => mattering.includes(label)))
        .map(({ on, leaf }) => ({ on, fetches: leaf.fetches, roundTrips: leaf.roundTrips })),
    });
    findings.push(
      ...unplannable(operation, leaves),
      ...slower(operation, states, mattering),
      ...(isComplete && labels.length <= MOST_LABELS ? [] : [tooMany(operation, labels)]),
    );
  }
  return { planned, findings };
}

/** Every state of labels that can be planned, in the order of how many are on. */
function statesOf(leaves: readonly Leaf[], labels: readonly string[]): State[] {
  const considered = labels.slice(0, MOST_LABELS);
  const all = considered.reduce<string[][]>(
    (states, label) => [...states, ...states.map((on) => [...on, label])],
    [[]],
  );
  return all
    .flatMap((on): State[] => {
      const leaf = leaves.find(
        ({ read, error }) =>
          error === null && [...read].every(([label, isOn]) => on.includes(label) === isOn),
      );
      return leaf ? [{ on, leaf }] : [];
    })
    .sort((a, b) => a.on.length - b.on.length);
}

const stateKey = (on: readonly string[]): string => [...on].sort().join(' ');

/** Pairs of states that differ by one label: without it, and with it. */
function pairs(label: string, states: readonly State[]): [State, State][] {
  const byKey = new Map(states.map((state) => [stateKey(state.on), state]));
  return states.flatMap((off): [State, State][] => {
    if (off.on.includes(label)) return [];
    const on = byKey.get(stateKey([...off.on, label]));
    return on ? [[off, on]] : [];
  });
}

/** Whether a label changes how an operation is answered: the planner reads some labels that it then does not need. */
function matters(label: string, states: readonly State[]): boolean {
  return pairs(label, states).some(([off, on]) => off.leaf.digest !== on.leaf.digest);
}

function unplannable(operation: UsedOperation, leaves: readonly Leaf[]): Finding[] {
  const [failed] = leaves.filter(({ error }) => error !== null);
  if (!failed) return [];
  const on = [...failed.read].filter(([, isOn]) => isOn).map(([label]) => label);
  const { name, client, source } = operation;
  return [
    {
      rule: 'operation-unplannable',
      severity: 'error',
      path: name,
      message: `${name} cannot be answered with ${stateText(on)}: ${failed.error}`,
      mend: 'Let the label leave no field where its subgraph cannot be reached from.',
      at: { file: source, line: lineOf(operation), column: 1 },
      operations: [{ name, client, source }],
    },
  ];
}

/** Where turning labels on makes the answer wait for more requests, one after the other. */
function slower(
  operation: UsedOperation,
  states: readonly State[],
  labels: readonly string[],
): Finding[] {
  const guilty = labels.filter((label) =>
    pairs(label, states).some(([off, on]) => on.leaf.roundTrips > off.leaf.roundTrips),
  );
  const [before] = states;
  if (!before || guilty.length === 0) return [];
  const worst = states.reduce((a, b) => (b.leaf.roundTrips > a.leaf.roundTrips ? b : a));
  const after = states.reduce((a, b) => (b.on.length > a.on.length ? b : a));
  const { name, client, source } = operation;
  return [
    {
      rule: 'more-round-trips',
      severity: 'warning',
      path: name,
      message:
        `${name} waits for more requests one after the other when ${guilty.join(', ')} ${guilty.length > 1 ? 'are' : 'is'} on: ` +
        `${before.leaf.roundTrips} with all labels off, ${worst.leaf.roundTrips} with ${stateText(worst.on)}, ${after.leaf.roundTrips} at the end.`,
      mend: 'Answer more on the new side, move what belongs together with one label, or accept it in schema/policy.yaml.',
      at: { file: source, line: lineOf(operation), column: 1 },
      operations: [{ name, client, source }],
    },
  ];
}

function tooMany({ name, source }: UsedOperation, labels: readonly string[]): Finding {
  return {
    rule: 'states-left-out',
    severity: 'warning',
    path: name,
    message: `${name} depends on ${labels.length} labels: not all of their states were planned.`,
    mend: 'Finish moves before others begin.',
    at: { file: source, line: 1, column: 1 },
  };
}

function stateText(on: readonly string[]): string {
  return on.length === 0 ? 'all labels off' : `${on.join(', ')} on`;
}

function lineOf({ document }: UsedOperation): number {
  return document?.definitions[0]?.loc?.startToken.line ?? 1;
}
