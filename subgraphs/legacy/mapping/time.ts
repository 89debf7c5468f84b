/**
 * The instant of a time as the monolith writes it: Tokyo time with its offset, `2026-01-31T18:30:00.000+09:00`.
 *
 * @throws when the text has no offset: read as local time it would be a wrong instant, and nobody would notice
 */
export function instant(text: string): Date {
  const date = /([+-]\d{2}:\d{2}|Z)$/.test(text) ? new Date(text) : undefined;
  if (!date || Number.isNaN(date.getTime())) {
    throw new Error(`The monolith sent ${JSON.stringify(text)} as a time`);
  }
  return date;
}

/** The instant of a time that may be absent. */
export function instantOrNull(text: string | null): Date | null {
  return text === null ? null : instant(text);
}
