/** Milliseconds by which Tokyo is ahead of UTC, always. */
const TOKYO = 9 * 3_600_000;

/** A time as the monolith's columns hold it: the wall clock of Tokyo, such as `2026-01-31T18:30:00.000`. */
export function wallClock(time: Date): string {
  return new Date(time.getTime() + TOKYO).toISOString().slice(0, -1);
}

/** A time as the monolith writes it: the wall clock of Tokyo, such as `2026-01-31T18:30:00.000+09:00`. */
export function jstText(time: Date): string {
  return `${wallClock(time)}+09:00`;
}

/** The same for a time that may be absent. */
export function jstTextOrNull(time: Date | null): string | null {
  return time === null ? null : jstText(time);
}
