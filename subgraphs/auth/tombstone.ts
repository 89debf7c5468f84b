/**
 * What is left of a deleted account: an id for those who refer to it, such as orders, and nothing of a person. The row stays, so it
 * travels between the sides of a move like any other.
 */
export function tombstone(id: string, deletedAt: Date) {
  return {
    // No e-mail address: nobody can log in with it, register it, or take it over. One for each id, as the column wants it.
    email: `deleted:${id}`,
    // No hash: no password matches it, on either side of a move.
    passwordHash: 'deleted',
    displayName: 'Deleted account',
    phone: null,
    locale: 'en',
    deletedAt,
  };
}
