import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { downloadHeaders } from '#platform/storage/download-headers.ts';
import { partOffset, tusHeaders } from '#platform/storage/tus.ts';
import type { MonolithApp } from '../app.ts';
import { atOwner } from '../at-owner.ts';
import { ApiError, notFound } from '../errors.ts';
import { sendBytesElsewhere } from './bytes-elsewhere.ts';
import { receiveBytes, uploadProgress, type SentBytes } from './receiving.ts';
import * as schemas from './schemas.ts';
import { findResumes } from './service.ts';
import { checkFileUrl, checkUploadUrl, signedPathElsewhere, type UrlQuery } from './signed-url.ts';
import type { UploadDeps } from './upload-sweep.ts';

interface Signed {
  Params: { id: string };
  Querystring: UrlQuery;
}

/** Takes the bytes of any media type as a stream, and gives files. Signed URLs stand in for a login. */
export async function addByteRoutes(app: MonolithApp, deps: UploadDeps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  const config = { audience: 'store', writes: 'upload' } as const;
  const bodyLimit = Number.MAX_SAFE_INTEGER;
  const url = '/uploads/:id';

  app.put<Signed>(
    url,
    { schema: schemas.receiveUpload, config, bodyLimit },
    async (request, reply) => {
      const id = allowedUpload(deps, request);
      await receiveBytes(deps, id, { ...sentBytes(request), offset: null }, () =>
        sendOn(deps, id, request),
      );
      return reply.status(204).send(null);
    },
  );
  app.patch<Signed>(
    url,
    { schema: schemas.receivePart, config, bodyLimit },
    async (request, reply) => {
      const id = allowedUpload(deps, request);
      const part = partOffset(request.headers);
      if ('status' in part) throw new ApiError(part.status, part.code, part.message);
      let isElsewhere = false;
      // What has come here goes over with the account, if it goes at all: the sender asks there what it has.
      const offset = await receiveBytes(deps, id, { ...sentBytes(request), ...part }, async () => {
        isElsewhere = true;
      }).catch((error: unknown) => {
        if (error instanceof ApiError && error.code === 'WRONG_OFFSET') {
          reply.headers(tusHeaders({ offset: Number(error.details['offset']) }));
        }
        throw error;
      });
      if (isElsewhere) return redirect(deps, id, request, reply);
      return reply.status(204).headers(tusHeaders({ offset })).send(null);
    },
  );
  app.head<Signed>(url, { schema: schemas.tellProgress, config }, async (request, reply) => {
    const id = allowedUpload(deps, request);
    const progress = await atOwner('upload', () => uploadProgress(deps, id), undefined);
    if (!progress) return redirect(deps, id, request, reply);
    return reply.status(200).headers(tusHeaders(progress)).send();
  });
  const read = { audience: 'everyone' } as const;
  app.get<Signed>(
    `${url}/file`,
    { schema: schemas.readFile, config: read },
    async (request, reply) => {
      const id = request.params.id.toLowerCase();
      checkFileUrl(id, request.query, deps.config.UPLOAD_SECRET, deps.clock());
      const [resume] = await findResumes(deps.db, [id]);
      const file = resume && (await deps.storage.open(id));
      if (!file) throw notFound('file of a resume');
      const { fileName: filename, mimeType: contentType, sizeBytes: byteSize } = resume;
      return reply.headers(downloadHeaders({ filename, contentType, byteSize })).send(file);
    },
  );
}

type Request = FastifyRequest<Signed>;

/** The id of an upload, for which the URL is good. @throws 403 */
function allowedUpload({ config, clock }: UploadDeps, { params, query }: Request): string {
  const id = params.id.toLowerCase();
  checkUploadUrl(id, query, config.UPLOAD_SECRET, clock());
  return id;
}

function sentBytes({ headers, body, raw }: Request): Pick<SentBytes, 'bytes' | 'announced'> {
  const length = Number(headers['content-length'] ?? Number.NaN);
  const announced = Number.isFinite(length) ? length : null;
  return { bytes: (body ?? raw) as Readable, announced };
}

/** Has the owner take what has come here. */
async function sendOn(deps: UploadDeps, id: string, request: Request): Promise<void> {
  const size = await deps.storage.receivedSize(id);
  const bytes = await deps.storage.openReceived(id);
  // Somebody has kept it meanwhile, and completed the upload.
  if (bytes === null) return;
  const expires = Number(request.query.expires);
  await sendBytesElsewhere(deps, { uploadId: id, expires, bytes, size, requestId: request.id });
}

/** To the service that owns the upload: RFC 9110, section 15.4.8. */
function redirect(deps: UploadDeps, id: string, request: Request, reply: FastifyReply) {
  const { UPLOAD_SECRET } = deps.config;
  return reply.redirect(signedPathElsewhere(id, Number(request.query.expires), UPLOAD_SECRET), 307);
}
