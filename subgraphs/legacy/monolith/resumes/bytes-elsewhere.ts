import type { Readable } from 'node:stream';
import { request as send } from 'undici';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import { OwnershipRefused } from '#platform/moves/ownership.ts';
import { notFound, forbidden } from '../errors.ts';
import { elsewhereAway } from '../stock/elsewhere.ts';
import type { MonolithDeps } from '../app.ts';
import { signedPathElsewhere } from './signed-url.ts';
import { brokenOff, tooLarge } from './receiving.ts';

/** A file on its way to the resume-review service. */
export interface Sending {
  readonly uploadId: string;
  /** Seconds since 1970: until when the service takes it. */
  readonly expires: number;
  readonly bytes: Readable;
  /** How many. */
  readonly size: number;
  readonly requestId: string;
}

/**
 * Passes the bytes of an announced file on to the service that owns the upload.
 *
 * @throws 400, 403, 404, 413, 503, OwnershipRefused
 */
export async function sendBytesElsewhere(
  { config }: MonolithDeps,
  { uploadId, expires, bytes, size, requestId }: Sending,
): Promise<void> {
  const path = signedPathElsewhere(uploadId, expires, config.UPLOAD_SECRET);
  const url = new URL(path, config.SUBGRAPH_RESUME_REVIEW_URL);
  const headers = {
    'content-type': 'application/octet-stream',
    [REQUEST_ID_HEADER]: requestId,
    'content-length': String(size),
  };
  const answer = await send(url, { method: 'PUT', headers, body: bytes }).catch((error: Error) => {
    throw elsewhereAway('resume-review', error);
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 204) {
    throw refusalOf(answer.statusCode, text, config.UPLOAD_MAX_BYTES);
  }
}

function refusalOf(status: number, text: string, limit: number): Error {
  if (status === 400) return brokenOff();
  if (status === 403) return forbidden('This upload URL has expired: ask for a new ticket.');
  if (status === 404) return notFound('upload');
  if (status === 413) return tooLarge(limitIn(text) ?? limit);
  // It sends them back: they belong here by now.
  if (status === 307) return new OwnershipRefused('upload', 'legacy');
  if (status === 409) return new OwnershipRefused('upload', 'moving');
  return elsewhereAway('resume-review', new Error(`it answered ${status}: ${text.slice(0, 200)}`));
}

/** The number of bytes that an error names: what was announced is not known here before it has been carried over. */
function limitIn(text: string): number | null {
  const named = / than ([\d,]+) bytes/.exec(text)?.[1];
  return named === undefined ? null : Number(named.replaceAll(',', ''));
}
