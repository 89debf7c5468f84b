import { randomUUID } from 'node:crypto';
import { compare, hash } from 'bcrypt';

/** bcrypt reads no further: what follows would not count. */
export const MAX_PASSWORD_BYTES = 72;

/** Hashes passwords and holds them against hashes. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long without a hash (no such account) as with one, so that time does not tell which accounts exist. */
  matches(password: string, passwordHash: string | undefined): Promise<boolean>;
}

/** Passwords by bcrypt: what the monolith can verify too, so that an account can go back to it. */
export async function bcryptPasswords(cost: number): Promise<Passwords> {
  const nobodysHash = await hash(randomUUID(), cost);
  return {
    hash: (password) => hash(password, cost),
    matches: async (password, passwordHash) => {
      const same = await compare(password, passwordHash ?? nobodysHash);
      return (
        same && passwordHash !== undefined && Buffer.byteLength(password) <= MAX_PASSWORD_BYTES
      );
    },
  };
}
