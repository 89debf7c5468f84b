import type { GraphQLSchema } from 'graphql';
import type { Change } from '#schema/changes/change.ts';
import { diffSchemas } from '#schema/changes/diff-schemas.ts';
import { positionsOf } from '#schema/changes/positions.ts';
import type { Finding } from '#schema/finding.ts';

/** The rule of a finding that stands for all that Apollo's composition would have said, had it not stopped. */
export const NO_OPINION = 'second-opinion-failed';

/**
 * Where two composers made different schemas for clients of the same subgraphs. Types of the second that nothing leads
 * to do not count: the first takes them out of contracts.
 */
export function disagreements(
  ours: GraphQLSchema,
  theirs: GraphQLSchema,
  surface: string,
): Finding[] {
  const { input, output } = positionsOf(theirs);
  const isKnown = ({ code, path }: Change): boolean =>
    code !== 'type-added' || input.has(path) || output.has(path);
  return diffSchemas(ours, theirs)
    .filter(isKnown)
    .map(({ path, message }) => ({
      rule: 'composers-disagree',
      severity: 'error' as const,
      path,
      message: `The two composers make different schemas (${surface}), seen from the first: ${message}`,
      mend: 'Write it in a way that both understand, or pin and report the composer that is wrong.',
    }));
}
