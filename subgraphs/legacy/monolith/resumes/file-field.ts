import type { Readable } from 'node:stream';
import type { FastifyError, FastifyRequest } from 'fastify';
import { validation } from '../errors.ts';
import { brokenOff, MAX_BYTES, mediaTypeOf, tooLarge } from './uploads.ts';

/** The field `file` of a multipart form. Its bytes are read by the caller. @throws 422, 400 where it breaks off */
async function fileField(request: FastifyRequest) {
  const missing = validation([
    { field: 'file', message: 'must be the file, as a field of a multipart/form-data body' },
  ]);
  if (!request.isMultipart()) throw missing;
  const file = await request.file().catch((error: FastifyError) => {
    throw error.statusCode === undefined ? brokenOff() : error;
  });
  if (file?.fieldname !== 'file') {
    file?.file.resume();
    throw missing;
  }
  return file;
}

/** A file that has come. */
export interface WholeFile {
  readonly name: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** The field `file` with its bytes: they come once, whoever is to have them. @throws 422, 413, 400 where it breaks off */
export async function wholeFile(request: FastifyRequest): Promise<WholeFile> {
  const { filename: name, mimetype: mimeType, file } = await fileField(request);
  try {
    // Before all of it is read: what is refused whatever it holds.
    mediaTypeOf(name, mimeType);
    return { name, mimeType, bytes: await whole(file) };
  } finally {
    // What was not read would hold up the connection.
    file.resume();
  }
}

/** At most 10 MiB of a stream, of which no more are kept. @throws 413, 400 where it breaks off */
async function whole(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAX_BYTES) chunks.push(chunk);
    }
  } catch {
    throw brokenOff();
  }
  if (size > MAX_BYTES) throw tooLarge(MAX_BYTES);
  return Buffer.concat(chunks);
}
