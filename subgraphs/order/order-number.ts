const NUMBER = /^SO-(\d{6,15})$/i;

/** The number of an order as people write it: `SO-000123`. */
export function orderNumber(number: number): string {
  return `SO-${String(number).padStart(6, '0')}`;
}

/** The number that a text means; null for a text that no order can have. */
export function numberFrom(text: string): number | null {
  const digits = NUMBER.exec(text.trim())?.[1];
  return digits === undefined ? null : Number(digits);
}
