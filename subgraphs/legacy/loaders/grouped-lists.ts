import { nestedLists } from '#platform/graph/loader.ts';

/** The list of one owner in an answer that has lists of many owners. */
interface Group {
  readonly owner_id: string;
}

/**
 * Loads nested lists: those of all owners that are asked for with equal arguments come with one request.
 *
 * @param load gives the lists of the owners, in any order
 */
export function groupedLists<Arguments extends object, List extends Group>(
  load: (owners: string[], list: Arguments) => Promise<readonly List[]>,
): (owner: string, list: Arguments) => Promise<List> {
  return nestedLists(async (owners, list) => {
    const groups = await load([...owners], list);
    const byOwner = new Map(groups.map((group) => [group.owner_id, group]));
    return owners.map((owner) => byOwner.get(owner) ?? new Error(`no list for ${owner}`));
  });
}
