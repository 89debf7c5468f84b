import { CHANGE_RULES, type ChangeRule } from './changes/change-rules.ts';
import { EXPLAINED_CODES, mendOf } from './compose/mends.ts';
import { MOVE_RULES } from './moves/move-rules.ts';
import { LINT_RULES } from './rules/lint.ts';

/** What a rule is about. */
export interface Explanation {
  readonly code: string;
  /** Which part of the check it belongs to. */
  readonly part: 'change' | 'composition' | 'lint' | 'move' | 'operation' | 'policy';
  /** How grave it is where the policy says nothing. */
  readonly severity: string;
  readonly reason: string;
  readonly mend?: string;
}

/** Rules that are not in a table of their own. */
const OTHERS: readonly Explanation[] = [
  {
    code: 'composers-disagree',
    part: 'composition',
    severity: 'error',
    reason: "The gateway and Apollo's tools would serve different schemas from the same subgraphs.",
  },
  {
    code: 'second-opinion-failed',
    part: 'composition',
    severity: 'error',
    reason:
      "Apollo's composition stumbles over what it should refuse: whether it can read these subgraphs is not known.",
    mend: 'Mend what the first composer refuses. Where it accepts all, take back what was changed last.',
  },
  {
    code: 'contract-removed',
    part: 'change',
    severity: 'error',
    reason: 'Clients that are served the contract have none any more.',
    mend: 'Keep it in schema/contracts.yaml until its clients are served another one.',
  },
  {
    code: 'base-schema-only',
    part: 'change',
    severity: 'info',
    reason:
      'A single schema, a supergraph or a server shows what clients see. Contracts, the operations of that time, and which lint is new need the subgraphs.',
    mend: 'Give `--base` a reference of git, or a supergraph.yaml.',
  },
  {
    code: 'operation-invalid',
    part: 'operation',
    severity: 'error',
    reason: 'The schema that the client is served refuses the operation.',
  },
  {
    code: 'operation-uses-deprecated',
    part: 'operation',
    severity: 'warning',
    reason: 'What is deprecated will go, and the operation with it.',
  },
  {
    code: 'operation-too-deep',
    part: 'operation',
    severity: 'error',
    reason: 'The gateway has a limit, and cost grows with depth.',
    mend: 'Ask in two operations, or raise `maximumDepth` in schema/policy.yaml.',
  },
  {
    code: 'operation-name-twice',
    part: 'operation',
    severity: 'error',
    reason: 'Names tell operations apart in manifests, plans and traffic.',
  },
  {
    code: 'operation-broken',
    part: 'operation',
    severity: 'error',
    reason: 'The operation was valid and is no more.',
  },
  {
    code: 'usage-incomplete',
    part: 'operation',
    severity: 'warning',
    reason:
      'There were too many different operations, clients and versions to keep: who sent the others may use what seems unused.',
  },
  {
    code: 'type-moves-in-parts',
    part: 'move',
    severity: 'error',
    reason: 'A type without a @key cannot be fetched in parts: it moves whole, with one label.',
  },
  {
    code: 'moved-field-required',
    part: 'move',
    severity: 'error',
    reason: 'Whether a required field can be fetched is decided without labels.',
  },
  {
    code: 'side-value-type',
    part: 'move',
    severity: 'error',
    reason: 'What one side lacks cannot be selected, or sent, in every state of the label.',
  },
  {
    code: 'override-removable',
    part: 'move',
    severity: 'info',
    reason: 'The move is over: the override does nothing any more.',
  },
  {
    code: 'operation-unplannable',
    part: 'move',
    severity: 'error',
    reason:
      'In a state of its labels the operation cannot be answered: its clients get errors while a move goes on.',
  },
  {
    code: 'more-round-trips',
    part: 'move',
    severity: 'warning',
    reason:
      'Requests that wait for one another add their times: the operation gets slower as the label is turned on.',
  },
  {
    code: 'states-left-out',
    part: 'move',
    severity: 'warning',
    reason: 'The states of labels double with each: beyond some number not all are planned.',
  },
  {
    code: 'ignore-expired',
    part: 'policy',
    severity: 'warning',
    reason: 'What was accepted for a time is accepted no more.',
  },
  {
    code: 'ignore-needless',
    part: 'policy',
    severity: 'info',
    reason: 'An exception that nothing needs hides the next finding.',
  },
];

/** What every rule is about, in the order of the parts. */
export function explanations(): Explanation[] {
  const rules: Readonly<Record<string, ChangeRule>> = CHANGE_RULES;
  return [
    ...Object.entries(rules).map(([code, { criticality, reason, mend }]): Explanation => ({
      code,
      part: 'change',
      severity: criticality,
      reason,
      ...(mend === undefined ? {} : { mend }),
    })),
    ...Object.entries(MOVE_RULES).map(([code, { severity, reason, mend }]): Explanation => ({
      code,
      part: 'move',
      severity,
      reason,
      mend,
    })),
    ...Object.entries(LINT_RULES).map(([code, { severity, reason, mend }]): Explanation => ({
      code,
      part: 'lint',
      severity,
      reason,
      mend,
    })),
    ...OTHERS,
    ...EXPLAINED_CODES.map((code): Explanation => {
      const mend = mendOf(code);
      return {
        code,
        part: 'composition',
        severity: 'error, or a hint',
        reason: 'Composition refuses it, or warns of it: the message says why.',
        ...(mend === undefined ? {} : { mend }),
      };
    }),
  ];
}
