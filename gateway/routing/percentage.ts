import { hash } from 'node:crypto';

const LABEL = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

/** The x of a label `percent(x)`; null for other labels. */
export function percentageOf(label: string): number | null {
  const match = LABEL.exec(label);
  return match ? Number(match[1]) : null;
}

/** Where a subject stands between 0 and 100: whoever is within 10 percent is within 20 percent as well. */
export function positionOf(subject: string): number {
  const digest = hash('sha256', subject, 'buffer');
  return (digest.readUInt32BE(0) / 2 ** 32) * 100;
}
