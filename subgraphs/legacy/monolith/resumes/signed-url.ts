import { createHmac, timingSafeEqual } from 'node:crypto';
import { forbidden } from '../errors.ts';

/**
 * The path to which the bytes of an upload are sent. Whoever has it may send them, until it expires.
 *
 * @param secret signs it (HMAC-SHA256)
 */
export function signedUploadUrl(id: string, expiresAt: Date, secret: string): string {
  const expires = Math.floor(expiresAt.getTime() / 1_000);
  const signature = sign(id, expires, secret).toString('base64url');
  return `/uploads/${id}?expires=${expires}&signature=${signature}`;
}

/** @throws 403 FORBIDDEN unless the signature is ours and its time has not passed */
export function checkUploadUrl(
  id: string,
  query: { readonly expires?: string; readonly signature?: string },
  secret: string,
  now: Date,
): void {
  const expires = /^\d{1,12}$/.test(query.expires ?? '') ? Number(query.expires) : Number.NaN;
  const given = Buffer.from(query.signature ?? '', 'base64url');
  const right = sign(id.toLowerCase(), expires, secret);
  // In constant time, so that a signature cannot be found byte by byte.
  if (given.length !== right.length || !timingSafeEqual(given, right)) {
    throw forbidden(
      'This upload URL is not signed by this server: use the one of the ticket as it is.',
    );
  }
  if (expires * 1_000 <= now.getTime()) {
    throw forbidden('This upload URL has expired: ask for a new ticket.');
  }
}

/**
 * The path to which the resume-review service takes the same bytes, signed as it signs its own: the secret is the same.
 *
 * @param expires seconds since 1970
 */
export function signedPathElsewhere(id: string, expires: number, secret: string): string {
  const path = `/uploads/resume-review/${id}`;
  const signature = createHmac('sha256', secret)
    .update(`PUT ${path} ${expires}`)
    .digest('base64url');
  return `${path}?expires=${expires}&signature=${signature}`;
}

function sign(id: string, expires: number, secret: string): Buffer {
  return createHmac('sha256', secret).update(`PUT ${id} ${expires}`).digest();
}
