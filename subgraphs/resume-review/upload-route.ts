import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { isUuid } from '#platform/graph/ids.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { WROTE_HEADER } from '#platform/moves/wrote-header.ts';
import type { Desk } from './desk.ts';
import { receiveBytes } from './service/uploads.ts';
import { SenderGone, TooManyBytes } from './storage/storage.ts';
// #region monolith
import { signedPathElsewhere } from './upload-url.ts';
// #endregion monolith
import { signatureFault, UPLOAD_PATH, type UploadSignature } from './upload-url.ts';

interface Route {
  readonly Params: { readonly id: string };
  readonly Querystring: UploadSignature;
}

/** Takes the bytes of uploads, of any media type, as a stream. The signed URL stands in for a login. */
export async function addUploadRoute(server: FastifyInstance, desk: Desk): Promise<void> {
  // A room of its own: only here bodies are not read before the handler runs.
  await server.register(async (room) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    room.put<Route>(
      `${UPLOAD_PATH}/:id`,
      // The storage says when a file is too large.
      { bodyLimit: Number.MAX_SAFE_INTEGER },
      async (request, reply) => receive(desk, request, reply),
    );
  });
}

async function receive(
  desk: Desk,
  request: FastifyRequest<Route>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const id = request.params.id.toLowerCase();
  const fault = signatureFault(id, request.query, desk.uploadSecret, new Date());
  if (fault !== null) return refuse(reply, 403, 'FORBIDDEN', fault);
  const length = Number(request.headers['content-length'] ?? Number.NaN);
  const bytes = (request.body ?? request.raw) as Readable;
  try {
    const isKnown =
      isUuid(id) && (await receiveBytes(desk, id, bytes, Number.isFinite(length) ? length : null));
    if (isKnown) return await reply.status(204).header(WROTE_HEADER, 'upload').send();
    return await refuse(reply, 404, 'NOT_FOUND', 'There is no upload with this id.');
  } catch (error) {
    if (error instanceof TooManyBytes) {
      const limit = error.limit.toLocaleString('en');
      const message = `The file is larger than ${limit} bytes, which is what was announced.`;
      return refuse(reply, 413, 'TOO_LARGE', message);
    }
    if (error instanceof SenderGone) {
      const message = 'The file broke off before its end: send it again.';
      return refuse(reply, 400, 'BAD_REQUEST', message);
    }
    const refusal = ownershipRefusal(error);
    // #region monolith
    if (refusal?.code === 'NOT_OWNER') {
      // Whoever sends bytes sends them there once more: RFC 9110, section 15.4.8.
      return reply.redirect(signedPathElsewhere(id, request.query, desk.uploadSecret), 307);
    }
    // #endregion monolith
    if (refusal) {
      const message =
        'This account moves to another server: announce the file again with `createUpload`.';
      return refuse(reply, 409, 'NOT_OWNER', message);
    }
    request.log.error({ err: error }, 'an upload could not be received');
    const message = 'Internal error: the log of the server has the details.';
    return refuse(reply, 500, 'INTERNAL', message);
  }
}

/** In the form of REST errors: who sends bytes speaks no GraphQL. */
function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.status(status).send({ error: { code, message } });
}
