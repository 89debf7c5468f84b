/** Who logs in. */
export interface Account {
  readonly email: string;
  /** Absent: that of the demo accounts. */
  readonly password?: string;
}

/** Registers in the suite. */
export const NEWCOMER = { email: 'robin@example.com', password: 'a long enough password' };
/** Was there before. */
export const REGULAR = { email: 'customer@example.com' };
export const STAFF = { email: 'staff@example.com' };
