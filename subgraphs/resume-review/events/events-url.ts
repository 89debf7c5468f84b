import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where the gateway sends those who follow reviews. */
export const EVENTS_PATH = '/reviews/resume-review';
/** Milliseconds for which a path can be used: longer than any review. */
const LIFETIME = 60 * 60_000;

/** The path by which a review is followed. Whoever has it may follow it, until it expires. @param secret signs it (HMAC-SHA256) */
export function signedEventsPath(id: string, secret: string, now = new Date()): string {
  const expires = Math.floor((now.getTime() + LIFETIME) / 1_000);
  return `${EVENTS_PATH}/${id}/events?expires=${expires}&signature=${sign(id, expires, secret).toString('base64url')}`;
}

/** Whether a path is signed and has not expired. */
export function isSignedEventsPath(
  id: string,
  { expires: text, signature }: { readonly expires?: unknown; readonly signature?: unknown },
  secret: string,
  now = new Date(),
): boolean {
  const expires = typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  const claimed = Buffer.from(typeof signature === 'string' ? signature : '', 'base64url');
  const right = sign(id, expires, secret);
  // In constant time, so that a signature cannot be found byte by byte.
  return (
    claimed.length === right.length &&
    timingSafeEqual(claimed, right) &&
    expires * 1_000 > now.getTime()
  );
}

const sign = (id: string, expires: number, secret: string) =>
  createHmac('sha256', secret).update(`GET ${EVENTS_PATH}/${id}/events ${expires}`).digest();
