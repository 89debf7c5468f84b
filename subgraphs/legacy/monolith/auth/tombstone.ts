/**
 * What is left of a deleted account: an id for those who refer to it, such as orders, and nothing of a person.
 */
export function tombstone(userId: string, deletedAt: Date) {
  return {
    // No e-mail address: nobody can log in with it, register it, or take it over. One for each id, as the column wants it.
    email: `deleted:${userId}`,
    // No hash: no password matches it.
    pwdHash: 'deleted',
    fullName: 'Deleted account',
    tel: null,
    lang: 'en',
    updatedAt: deletedAt,
    deletedAt,
  };
}
