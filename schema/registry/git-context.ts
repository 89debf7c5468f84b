/** Where a schema came from, as Rover reads it from the repository or from `APOLLO_VCS_*`. */
export interface GitContext {
  readonly branch?: string | null;
  readonly commit?: string | null;
  readonly committer?: string | null;
  readonly message?: string | null;
  readonly remoteUrl?: string | null;
}

/** What is known of it; null where nothing is. */
export function knownGit(context: GitContext | null | undefined): GitContext | null {
  const { branch, commit, committer, message, remoteUrl } = context ?? {};
  const entries = Object.entries({ branch, commit, committer, message, remoteUrl });
  const known = entries.filter(([, value]) => Boolean(value));
  return known.length === 0 ? null : Object.fromEntries(known);
}
