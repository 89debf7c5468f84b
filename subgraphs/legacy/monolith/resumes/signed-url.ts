import { createHmac, timingSafeEqual } from 'node:crypto';
import { forbidden } from '../errors.ts';

/**
 * The path to which the bytes of an upload are sent. Whoever has it may send them, until it expires.
 *
 * @param secret signs it (HMAC-SHA256)
 */
export const signedUploadUrl = (id: string, expiresAt: Date, secret: string) =>
  signedUrl(`/uploads/${id}`, `PUT ${id}`, expiresAt, secret);

/** The path from which the file of a resume is read, by whoever has it, until it expires. */
export const signedFileUrl = (id: string, expiresAt: Date, secret: string) =>
  signedUrl(`/uploads/${id}/file`, `GET ${id}`, expiresAt, secret);

/** The query of a signed path as it came. */
export interface UrlQuery {
  readonly expires?: string;
  readonly signature?: string;
}

/** @throws 403 FORBIDDEN unless the signature is ours and its time has not passed */
export function checkUploadUrl(id: string, query: UrlQuery, secret: string, now: Date): void {
  check(`PUT ${id.toLowerCase()}`, query, secret, now, {
    forged: 'This upload URL is not signed by this server: use the one of the ticket as it is.',
    late: 'This upload URL has expired: ask for a new ticket.',
  });
}

/** @throws 403 FORBIDDEN unless the signature is ours and its time has not passed */
export function checkFileUrl(id: string, query: UrlQuery, secret: string, now: Date): void {
  check(`GET ${id.toLowerCase()}`, query, secret, now, {
    forged:
      'This download URL is not signed by this server: use the one that you were given as it is.',
    late: 'This download URL has expired: ask for a new link.',
  });
}

/**
 * The path to which the resume-review service takes the same bytes, signed as it signs its own: the secret is the same.
 *
 * @param expires seconds since 1970
 */
export function signedPathElsewhere(id: string, expires: number, secret: string): string {
  const path = `/uploads/resume-review/${id}`;
  return signedUrl(path, `PUT ${path}`, new Date(expires * 1_000), secret);
}

function signedUrl(path: string, what: string, expiresAt: Date, secret: string): string {
  const expires = Math.floor(expiresAt.getTime() / 1_000);
  const signature = sign(what, expires, secret).toString('base64url');
  return `${path}?expires=${expires}&signature=${signature}`;
}

function check(
  what: string,
  query: UrlQuery,
  secret: string,
  now: Date,
  messages: { readonly forged: string; readonly late: string },
): void {
  const expires = /^\d{1,12}$/.test(query.expires ?? '') ? Number(query.expires) : Number.NaN;
  const given = Buffer.from(query.signature ?? '', 'base64url');
  const right = sign(what, expires, secret);
  // In constant time, so that a signature cannot be found byte by byte.
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw forbidden(messages.forged);
  }
  if (expires * 1_000 <= now.getTime()) throw forbidden(messages.late);
}

const sign = (what: string, expires: number, secret: string) =>
  createHmac('sha256', secret).update(`${what} ${expires}`).digest();
