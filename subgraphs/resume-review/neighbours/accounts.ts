import type { GraphClient } from '#platform/graph-client/graph-client.ts';

/** What resumes need of the domain auth. */
export interface Accounts {
  /** The ids of the accounts that were deleted, at an instant or later, page by page. @throws GraphRequestError */
  deletedSince(since: Date): AsyncIterable<readonly string[]>;
}

const DELETED = `query DeletedAccounts($since: DateTime!, $after: String) {
  users(first: 100, after: $after, filter: { deletedSince: $since }) {
    nodes { id } pageInfo { hasNextPage endCursor } } }`;

interface DeletedAnswer {
  readonly users: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The accounts as the graph answers them, from whichever side. */
export function accountsOf(graph: GraphClient): Accounts {
  return {
    async *deletedSince(since) {
      for (let after: string | null = null; ;) {
        const { users }: DeletedAnswer = await graph.request(
          DELETED,
          { since: since.toISOString(), after },
          { idempotent: true },
        );
        yield users.nodes.map(({ id }) => id);
        if (!users.pageInfo.hasNextPage) return;
        after = users.pageInfo.endCursor;
      }
    },
  };
}
