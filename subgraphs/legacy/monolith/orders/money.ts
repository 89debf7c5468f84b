/** Minor units are cents: the monolith sells in dollars. */
const MINOR_UNITS = 100;

/** Cents of a decimal text such as `19.99`. Exact: no fraction passes through a floating-point number. */
export function centsOf(dollars: string): number {
  const [whole = '0', fraction = ''] = dollars.split('.');
  return Number(whole) * MINOR_UNITS + Number(fraction.padEnd(2, '0').slice(0, 2));
}

/** The decimal text of an amount in cents, zero or more. */
export function dollarsOf(cents: number): string {
  const fraction = String(cents % MINOR_UNITS).padStart(2, '0');
  return `${Math.floor(cents / MINOR_UNITS)}.${fraction}`;
}
