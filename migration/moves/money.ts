import { UnmappableRow } from './move.ts';

/** The largest `integer` of PostgreSQL, and of GraphQL. */
const MAX_MINOR_UNITS = 2_147_483_647;

/**
 * Cents of decimal dollars. Reads digits, never a floating-point number.
 *
 * @param where the table, column and key of the value, for the error
 * @throws UnmappableRow
 */
export function minorUnits(dollars: string, where: string): number {
  const [, whole, cents] = /^(\d+)\.(\d\d)$/.exec(dollars) ?? [];
  const amount = Number(`${whole}${cents}`);
  if (amount <= MAX_MINOR_UNITS) return amount;
  throw new UnmappableRow(
    where,
    `${dollars} is no price that fits: it must be 0.00 to 21474836.47, with two decimals`,
  );
}

/** The decimal dollars of cents, zero or more. */
export function decimalDollars(amount: number): string {
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
