import { connectionOf, type CursorValue, type Page } from '#platform/graph/connection.ts';

/** A page of a list as the monolith answers it. `keys` are the sort keys of `items`. */
export interface RestPage<Row> {
  readonly items: readonly Row[];
  readonly keys: readonly (readonly CursorValue[])[];
  readonly total: number;
  readonly has_more: boolean;
}

/** Makes the connection of a page of rows. @param order names the order of the list, for its cursors */
export function connection<Row, Node extends object>(
  page: Page,
  list: RestPage<Row>,
  order: string,
  nodeOf: (row: Row) => Node,
) {
  const nodes = list.items.map(nodeOf);
  const keys = new Map(nodes.map((node, index) => [node, list.keys[index] ?? []]));
  return connectionOf(
    page,
    { nodes, hasNextPage: list.has_more, totalCount: list.total },
    order,
    (node) => keys.get(node) ?? [],
  );
}
