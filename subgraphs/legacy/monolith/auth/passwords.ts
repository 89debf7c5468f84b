import { randomBytes } from 'node:crypto';
import { compare, hash } from 'bcrypt';

/** Hashes and checks passwords. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Whether a password matches a hash; false, after the same time, where there is no hash. */
  match(password: string, passwordHash: string | undefined): Promise<boolean>;
}

/** What bcrypt reads of a password, in bytes: it would take no notice of what comes after. */
const MAX_BYTES = 72;

/** Passwords by bcrypt. @param cost the logarithm of the work of one hash */
export function bcryptPasswords(cost: number): Passwords {
  // Compared against where an account does not exist, so that the time of an answer does not tell.
  let nobody: Promise<string> | undefined;
  return {
    hash: (password) => hash(password, cost),
    match: async (password, passwordHash) => {
      nobody ??= hash(randomBytes(16).toString('hex'), cost);
      const equal = await compare(password, passwordHash ?? (await nobody));
      return equal && passwordHash !== undefined && Buffer.byteLength(password) <= MAX_BYTES;
    },
  };
}

/** Whether a new password is long enough to be safe and short enough for bcrypt to read it whole. */
export function passwordFits(password: string): boolean {
  const bytes = Buffer.byteLength(password);
  return bytes >= 8 && bytes <= MAX_BYTES;
}
