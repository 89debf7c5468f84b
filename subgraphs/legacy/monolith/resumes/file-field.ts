import type { FastifyError, FastifyRequest } from 'fastify';
import type { Draft } from '#platform/storage/draft.ts';
import { SenderGone, TooManyBytes, type FileStorage } from '#platform/storage/storage.ts';
import { validation } from '../errors.ts';
import { brokenOff, tooLarge } from './receiving.ts';
import { mediaTypeOf } from './tickets.ts';

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
  /** On this machine. Whoever asked for it discards it. */
  readonly draft: Draft;
}

/** The field `file` as a draft: its bytes come once, whoever is to have them. @param limit the most bytes @throws 422, 413, 400 where it breaks off */
export async function wholeFile(
  request: FastifyRequest,
  storage: Pick<FileStorage, 'draft'>,
  limit: number,
): Promise<WholeFile> {
  const { filename: name, mimetype: mimeType, file } = await fileField(request);
  try {
    // Before all of it is read: what is refused whatever it holds.
    mediaTypeOf(name, mimeType);
    return { name, mimeType, draft: await storage.draft(file, limit) };
  } catch (error) {
    if (error instanceof TooManyBytes) throw tooLarge(limit);
    throw error instanceof SenderGone ? brokenOff() : error;
  } finally {
    // What was not read would hold up the connection.
    file.resume();
  }
}
