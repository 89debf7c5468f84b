import { UnmappableRow } from './move.ts';

/** Years have four digits on both sides, in UTC as in Tokyo. */
const FIRST_YEAR = 1000;
const LAST_YEAR = 9998;

/**
 * A time that both sides can write. Tables make Dates of their columns (the monolith's of wall-clock times of
 * Tokyo), to the millisecond on both sides; what they cannot read, such as `infinity`, is no valid Date.
 *
 * @param where the table, column and key of the value, for the error
 * @throws UnmappableRow
 */
export function instant(time: Date, where: string): Date {
  const year = time.getUTCFullYear();
  if (year >= FIRST_YEAR && year <= LAST_YEAR) return time;
  throw new UnmappableRow(
    where,
    `is no time from the years ${FIRST_YEAR} to ${LAST_YEAR}: mend the row`,
  );
}
