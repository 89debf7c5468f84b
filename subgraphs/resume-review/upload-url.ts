import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where the gateway sends the bytes of uploads to this service. */
export const UPLOAD_PATH = '/uploads/resume-review';

/**
 * The path to which the bytes of an upload are sent. Whoever has it may send them, until it expires.
 *
 * @param secret signs it (HMAC-SHA256)
 */
export function signedUploadPath(id: string, expiresAt: Date, secret: string): string {
  const expires = Math.floor(expiresAt.getTime() / 1_000);
  const signature = sign(id, expires, secret).toString('base64url');
  return `${UPLOAD_PATH}/${id}?expires=${expires}&signature=${signature}`;
}

/** The query of a signed path as it came. */
export interface UploadSignature {
  readonly expires?: unknown;
  readonly signature?: unknown;
}

/** What is wrong with a signed path, in words for its sender; null where it is good. */
export function signatureFault(
  id: string,
  given: UploadSignature,
  secret: string,
  now: Date,
): string | null {
  const { expires: text, signature } = given;
  const expires = typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  const claimed = Buffer.from(typeof signature === 'string' ? signature : '', 'base64url');
  const right = sign(id, expires, secret);
  // In constant time, so that a signature cannot be found byte by byte.
  if (claimed.length !== right.length || !timingSafeEqual(claimed, right)) {
    return 'This upload URL is not signed by this server: use the one of `createUpload` as it is.';
  }
  if (expires * 1_000 > now.getTime()) return null;
  return 'This upload URL has expired: announce the file again with `createUpload`.';
}

/** The path is signed with the id, so that no URL of another service that knows the secret fits here. */
function sign(id: string, expires: number, secret: string): Buffer {
  return createHmac('sha256', secret).update(`PUT ${UPLOAD_PATH}/${id} ${expires}`).digest();
}

// #region monolith
/** The path to which the monolith takes the same bytes, signed as it signs its own: the secret is the same. */
export function signedPathElsewhere(id: string, { expires }: UploadSignature, secret: string) {
  const signature = createHmac('sha256', secret)
    .update(`PUT ${id} ${Number(expires)}`)
    .digest('base64url');
  return `/uploads/${id}?expires=${Number(expires)}&signature=${signature}`;
}
// #endregion monolith
