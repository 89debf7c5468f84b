import { OperationTypeNode } from 'graphql';
import type { FetchDocument } from './fetch-document.ts';
import type { PlannedFetch } from './plan-fetches.ts';
import { definesAlike } from './request-text.ts';

/** The most fetches in one request: their bits fit into a small integer. */
const MAX_JOINED = 30;

/**
 * Which fetches are sent as one request, by their indices: fetches of entities from one subgraph that may be
 * under way at the same time, on the same conditions.
 */
export function joinedGroups(
  planned: readonly (PlannedFetch & { readonly document: FetchDocument })[],
): number[][] {
  const groups: number[][] = [];
  const open = new Map<string, number[]>();
  const levels = joinedLevels(planned);
  for (const [index, fetch] of planned.entries()) {
    const key = JSON.stringify([levels[index], ...kindOf(fetch)]);
    const group = open.get(key);
    const fits = (other: number): boolean =>
      planned[other] !== undefined && definesAlike(planned[other].document, fetch.document);
    if (isJoinable(fetch) && group && group.length < MAX_JOINED && group.every(fits)) {
      group.push(index);
      continue;
    }
    const alone = [index];
    groups.push(alone);
    if (isJoinable(fetch)) open.set(key, alone);
  }
  return groups;
}

function isJoinable({ node }: PlannedFetch): boolean {
  return node.requires !== undefined && node.operationKind === OperationTypeNode.QUERY;
}

/** Only fetches that are equal in this may be joined. */
function kindOf({ node, conditions }: PlannedFetch): readonly unknown[] {
  return [node.serviceName, conditions];
}

/**
 * The levels at which fetches are joined. One that no other waits for is put off to the last fetch from its
 * subgraph: the answer is not there before that one has ended anyway.
 */
function joinedLevels(planned: readonly PlannedFetch[]): number[] {
  const awaited = new Set(planned.flatMap(({ after }) => after));
  const latest = new Map<string, number>();
  for (const fetch of planned.filter(isJoinable)) {
    const key = JSON.stringify(kindOf(fetch));
    latest.set(key, Math.max(fetch.level, latest.get(key) ?? 0));
  }
  return planned.map((fetch, index) =>
    isJoinable(fetch) && !awaited.has(index)
      ? (latest.get(JSON.stringify(kindOf(fetch))) ?? fetch.level)
      : fetch.level,
  );
}
