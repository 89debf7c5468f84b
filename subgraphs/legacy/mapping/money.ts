import type { Money } from '../schema.generated.ts';

const DECIMAL = /^(-?)(\d+)(?:\.(\d{1,2}))?$/;

/**
 * The minor units (cents) of a decimal text such as `19.99`. Reads digits, never a floating-point number.
 *
 * @throws when the text is no amount with at most two decimals, or too large for an exact number
 */
export function minorUnits(decimal: string): number {
  const match = DECIMAL.exec(decimal);
  if (!match) throw new Error(`The monolith sent ${JSON.stringify(decimal)} as an amount of money`);
  const [, sign, whole = '', fraction = ''] = match;
  const amount = Number(whole + fraction.padEnd(2, '0'));
  if (!Number.isSafeInteger(amount)) throw new Error(`The amount ${decimal} is too large`);
  return sign && amount !== 0 ? -amount : amount;
}

/** The decimal text of an amount in minor units: 1999 gives `19.99`. */
export function decimalAmount(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A decimal text and its currency as `Money`. */
export function money(decimal: string, currency: string): Money {
  return { amount: minorUnits(decimal), currency };
}
