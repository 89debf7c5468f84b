import { validation } from './errors.ts';

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** The instant that a member of a request names. @throws 422 VALIDATION for a text that names none */
export function instantOf(field: string, text: string): Date {
  const time = new Date(ISO_8601.test(text) ? text : Number.NaN);
  if (!Number.isNaN(time.getTime())) return time;
  const message = 'must be ISO 8601 with a time zone, such as 2026-01-31T18:30:00+09:00';
  throw validation([{ field, message }]);
}
