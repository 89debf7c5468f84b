const DAY = 86_400_000;

/** So many times 24 hours before a moment. */
export function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * DAY);
}
