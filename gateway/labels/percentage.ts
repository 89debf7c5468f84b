import { createHash } from 'node:crypto';

const LABEL = /^percent\((\d{1,3}(?:\.\d{1,8})?)\)$/;

/** The x of a label `percent(x)`; null for other labels. */
export function percentageOf(label: string): number | null {
  const match = LABEL.exec(label);
  return match ? Number(match[1]) : null;
}

/** Where a subject stands between 0 and 100: always the same for one subject, random for null. */
export function positionOf(subject: string | null): number {
  if (subject === null) return Math.random() * 100;
  const hash = createHash('sha256').update(subject).digest();
  return (hash.readUInt32BE(0) / 2 ** 32) * 100;
}
