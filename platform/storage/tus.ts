import type { IncomingHttpHeaders } from 'node:http';

// The core protocol of tus, https://tus.io/protocols/resumable-upload, version 1.0.0: `HEAD` tells how much of a file has
// come, `PATCH` sends the rest. Uploads are created by the graph, so none of its extensions are needed.

const VERSION = '1.0.0';

/** The headers of an answer that says how much has come. */
export function tusHeaders({
  offset,
  byteSize,
}: {
  readonly offset: number;
  readonly byteSize?: number;
}): Record<string, string> {
  return {
    'tus-resumable': VERSION,
    'upload-offset': String(offset),
    'cache-control': 'no-store',
    ...(byteSize === undefined ? {} : { 'upload-length': String(byteSize) }),
  };
}

/** Why a part is not taken, as an answer of REST. */
export interface PartFault {
  readonly status: number;
  readonly code: string;
  /** For a person. */
  readonly message: string;
}

/** Where a part of a file begins, by the headers of its `PATCH`; or why they are refused. */
export function partOffset(headers: IncomingHttpHeaders): PartFault | { readonly offset: number } {
  const { 'tus-resumable': version = VERSION, 'upload-offset': offset } = headers;
  if (version !== VERSION) {
    const message = `Tus-Resumable must be ${VERSION}.`;
    return { status: 412, code: 'BAD_REQUEST', message };
  }
  if (headers['content-type'] !== 'application/offset+octet-stream') {
    const message = 'The content-type of a part must be application/offset+octet-stream.';
    return { status: 415, code: 'BAD_REQUEST', message };
  }
  if (typeof offset === 'string' && /^\d{1,15}$/.test(offset)) return { offset: Number(offset) };
  const message = 'Upload-Offset must be the number of bytes before this part.';
  return { status: 400, code: 'BAD_REQUEST', message };
}
