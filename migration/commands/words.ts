/** UTC, to the second. */
export function time(date: Date): string {
  return date.toISOString().replace('T', ' ').replace(/\.\d+/, '');
}

/** Which side: `legacy`, `new`, `10% new`. */
export function share(percent: number): string {
  if (percent === 0) return 'legacy';
  return percent === 100 ? 'new' : `${Number(percent.toFixed(2))}% new`;
}

/** `340 ms`, `12 s`, `5 min`, `3.5 h`. @param ms milliseconds */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${Math.round(ms / 1_000)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${(ms / 3_600_000).toFixed(1)} h`;
}

/** `canary -> shadow`, or only `shadow` where it stays so. */
export function change(before: string, after: string): string {
  return before === after ? after : `${before} -> ${after}`;
}

/** `1 bucket`, `1,024 buckets`. */
export function counted(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}
