import type { GraphQLSchema } from 'graphql';
import type { Policy } from './policy.ts';
import { placeOf } from '#schema/compose/coordinates.ts';
import type { Subgraph } from '#schema/compose/subgraphs.ts';
import type { Finding } from '#schema/finding.ts';
import { schemaElements } from '#schema/compose/schema-elements.ts';
import { lintContext } from './lint-context.ts';
import type { LintRule } from './lint-rule.ts';
import { NAMING_RULES } from './naming-rules.ts';
import { SHAPE_RULES } from './shape-rules.ts';
import { TEXT_RULES } from './text-rules.ts';

/** Every lint rule, by its code. */
export const LINT_RULES: Readonly<Record<string, LintRule>> = {
  ...NAMING_RULES,
  ...TEXT_RULES,
  ...SHAPE_RULES,
};

/**
 * What the lint rules find in subgraphs. What several subgraphs repeat is told of once.
 *
 * @param schema the schema that clients see; null where the subgraphs do not compose
 */
export function lint(
  subgraphs: readonly Subgraph[],
  schema: GraphQLSchema | null,
  policy: Policy,
): Finding[] {
  const elements = schemaElements(subgraphs);
  const context = lintContext(elements, schema, policy);
  const active = Object.entries(LINT_RULES).flatMap(([code, rule]) => {
    const severity = policy.rules[code] ?? rule.severity;
    return severity === 'off' ? [] : [{ code, rule, severity }];
  });
  const told = new Set<string>();
  return elements.flatMap((element) =>
    active.flatMap(({ code, rule, severity }): Finding[] => {
      const message = rule.check(element, context);
      if (message === null || told.has(`${code} ${message}`)) return [];
      told.add(`${code} ${message}`);
      const at = placeOf(element.node);
      return [
        {
          rule: code,
          severity,
          message,
          mend: rule.mend,
          path: element.path,
          ...(at ? { at } : {}),
          subgraph: element.subgraph.name,
        },
      ];
    }),
  );
}

/** Findings that are not among others: those that were there before are left out. */
export function newFindings(
  findings: readonly Finding[],
  before: readonly Finding[],
): readonly Finding[] {
  const key = ({ rule, path, message }: Finding): string => `${rule} ${path ?? ''} ${message}`;
  const known = new Set(before.map(key));
  return findings.filter((finding) => !known.has(key(finding)));
}
