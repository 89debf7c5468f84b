import { validate } from 'graphql';
import type { Finding } from '#schema/finding.ts';
import { placeOf } from '#schema/compose/coordinates.ts';
import { MOVE_RULES } from './move-rules.ts';
import { sidesOf, type Sides } from './moved-fields.ts';
import type { MoveFacts, MovesInput, MovesResult } from './moves-report.ts';
import { valueTypeFindings } from './value-type-rules.ts';
import {
  labelProgress,
  remainingFields,
  removableFindings,
  requiredFieldFindings,
  splitTypeFindings,
} from './whole-move-rules.ts';

/**
 * Checks the moves of a graph: that both sides of every field are alike, and that every operation can be answered in
 * every state of its labels.
 */
export async function checkMoves(input: MovesInput): Promise<MovesResult> {
  const { subgraphs, supergraph, facts } = input;
  const operations = input.operations.filter(
    ({ document }) => document !== null && validate(input.schema, document).length === 0,
  );
  const sides = sidesOf(subgraphs);
  const labels = labelProgress(sides, facts);
  // Reading the planner's packages takes time: only where something moves.
  const states =
    sides.fields.some(({ label }) => label !== null) && operations.length > 0
      ? await planAll(supergraph, operations)
      : { planned: [], findings: [] };
  return {
    report: { labels, operations: states.planned, remaining: remainingFields(sides) },
    findings: [
      ...staticMoveFindings(sides, facts),
      ...removableFindings(labels, facts),
      ...states.findings,
    ],
  };
}

async function planAll(supergraph: string, operations: MovesInput['operations']) {
  const [{ createStatePlanner }, { planStates }] = await Promise.all([
    import('./operation-plans.ts'),
    import('./operation-states.ts'),
  ]);
  return planStates(createStatePlanner(supergraph), operations);
}

/** What can be said of moves without planning, also where subgraphs do not compose. */
export function staticMoveFindings(sides: Sides, facts: MoveFacts): Finding[] {
  const ofFields = sides.fields.flatMap((field) =>
    Object.entries(MOVE_RULES).flatMap(([code, rule]): Finding[] => {
      const message = rule.check(field, sides, facts);
      if (message === null) return [];
      const at = placeOf(field.node);
      return [
        {
          rule: code,
          severity: rule.severity,
          message,
          mend: rule.mend,
          path: field.path,
          ...(at ? { at } : {}),
          subgraph: field.element.subgraph.name,
        },
      ];
    }),
  );
  return [
    ...ofFields,
    ...splitTypeFindings(sides),
    ...requiredFieldFindings(sides),
    ...valueTypeFindings(sides),
  ];
}
