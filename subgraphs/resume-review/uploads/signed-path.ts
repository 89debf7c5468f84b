import { createHmac, timingSafeEqual } from 'node:crypto';

/** Where the gateway sends the bytes of uploads, and who asks for files, to this service. */
export const UPLOAD_PATH = '/uploads/resume-review';

/** What is done with a signed path: bytes are sent to it, or it is read. */
export type Use = 'PUT' | 'GET';

/** The path to which the bytes of an upload are sent. */
export const uploadPath = (id: string) => `${UPLOAD_PATH}/${id}`;
/** The path from which the file of a resume is read. */
export const filePath = (id: string) => `${UPLOAD_PATH}/${id}/file`;

/**
 * A path with the permission to use it. Whoever has it needs no other, until it expires.
 *
 * @param secret signs it (HMAC-SHA256)
 */
export function signedPath(use: Use, path: string, expiresAt: Date, secret: string): string {
  const expires = Math.floor(expiresAt.getTime() / 1_000);
  const signature = sign(use, path, expires, secret).toString('base64url');
  return `${path}?expires=${expires}&signature=${signature}`;
}

/** The query of a signed path as it came. */
export interface PathSignature {
  readonly expires?: unknown;
  readonly signature?: unknown;
}

/** What is wrong with a signed path, in words for its sender; null where it is good. */
export function signatureFault(
  use: Use,
  path: string,
  given: PathSignature,
  secret: string,
  now: Date,
): string | null {
  const { expires: text, signature } = given;
  const expires = typeof text === 'string' && /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
  const claimed = Buffer.from(typeof signature === 'string' ? signature : '', 'base64url');
  const right = sign(use, path, expires, secret);
  const kind = use === 'PUT' ? 'upload' : 'download';
  // In constant time, so that a signature cannot be found byte by byte.
  if (claimed.length !== right.length || !timingSafeEqual(claimed, right)) {
    return `This ${kind} URL is not signed by this server: use the one that you were given as it is.`;
  }
  if (expires * 1_000 > now.getTime()) return null;
  return use === 'PUT'
    ? 'This upload URL has expired: announce the file again with `createUpload`.'
    : 'This download URL has expired: ask for `Resume.file` again.';
}

/** The path is signed with its use, so that no URL for another, or of another service that knows the secret, fits here. */
function sign(use: Use, path: string, expires: number, secret: string): Buffer {
  return createHmac('sha256', secret).update(`${use} ${path} ${expires}`).digest();
}

// #region monolith
/** The path to which the monolith takes the same bytes, signed as it signs its own: the secret is the same. */
export function signedPathElsewhere(id: string, { expires }: PathSignature, secret: string) {
  const signature = createHmac('sha256', secret)
    .update(`PUT ${id} ${Number(expires)}`)
    .digest('base64url');
  return `/uploads/${id}?expires=${Number(expires)}&signature=${signature}`;
}
// #endregion monolith
