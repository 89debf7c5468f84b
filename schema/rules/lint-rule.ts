import type { Severity } from '#schema/finding.ts';
import type { SchemaElement } from '#schema/compose/schema-elements.ts';
import type { LintContext } from './lint-context.ts';

/** A rule for what subgraphs define. */
export interface LintRule {
  /** How grave it is where the policy says nothing. */
  readonly severity: Severity | 'off';
  readonly reason: string;
  readonly mend: string;
  /** What is wrong with an element; null where nothing is. */
  readonly check: (element: SchemaElement, context: LintContext) => string | null;
}
