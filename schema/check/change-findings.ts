import { placeOfPath } from '#schema/compose/coordinates.ts';
import { textOf, type Subgraph } from '#schema/compose/subgraphs.ts';
import type { Finding, Place } from '#schema/finding.ts';
import type { JudgedChange } from './report.ts';

/** What there is to say about changes. @param before the subgraphs of the base, where they are known */
export function changeFindings(
  changes: readonly JudgedChange[],
  head: readonly Subgraph[],
  before: readonly Subgraph[] | null,
): Finding[] {
  return changes.flatMap((change): Finding[] => {
    const { severity, code, path, operations, surfaces, criticality, mend } = change;
    if (severity === 'off') return [];
    const place = placeOfChange(path, head, before);
    const where = surfaces.includes('api') ? '' : ` (In the contract ${surfaces.join(', ')} only.)`;
    const use =
      criticality !== 'breaking'
        ? ''
        : operations.length > 0
          ? ` ${change.reason}`
          : ' No operation that is known uses it.';
    return [
      {
        rule: code,
        severity,
        message: `${change.message}${use}${where}`,
        path,
        ...(mend === undefined || (criticality === 'breaking' && operations.length === 0)
          ? {}
          : { mend }),
        ...(place ? { at: place.at, subgraph: place.subgraph } : {}),
        ...(operations.length > 0 ? { operations } : {}),
      },
    ];
  });
}

/**
 * Where a person has to look: the place of the coordinate, and for what has gone the place of what it was part of, in
 * the subgraph that had it.
 */
function placeOfChange(
  path: string,
  head: readonly Subgraph[],
  before: readonly Subgraph[] | null,
): { at: Place; subgraph: string } | null {
  const changed = head.filter((subgraph) => {
    const old = before?.find(({ name }) => name === subgraph.name);
    return old ? textOf(old) !== textOf(subgraph) : before !== null;
  });
  for (const subgraph of [...changed, ...head]) {
    const at = placeOfPath(subgraph.typeDefs, path);
    if (at) return { at, subgraph: subgraph.name };
  }
  return null;
}
