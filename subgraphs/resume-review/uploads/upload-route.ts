import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { isUuid } from '#platform/graph/ids.ts';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { WROTE_HEADER } from '#platform/moves/wrote-header.ts';
import { SenderGone, TooManyBytes } from '#platform/storage/storage.ts';
import { partOffset, tusHeaders } from '#platform/storage/tus.ts';
import type { Desk } from '../desk.ts';
import { receiveBytes, uploadProgress, WrongOffset } from '../service/uploads.ts';
import { addDownloadRoute } from './download-route.ts';
import { refuse } from './refuse.ts';
// #region monolith
import { signedPathElsewhere } from './signed-path.ts';
// #endregion monolith
import { signatureFault, UPLOAD_PATH, uploadPath, type PathSignature } from './signed-path.ts';

interface Route {
  readonly Params: { readonly id: string };
  readonly Querystring: PathSignature;
}
type Request = FastifyRequest<Route>;

/** What is done with an upload whose permission is good. */
type Act = (desk: Desk, id: string, request: Request, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * Takes the bytes of uploads, of any media type, as a stream: all of them by `PUT`, or the rest by `HEAD` and `PATCH` as the
 * core protocol of tus 1.0 has it. Gives the files of resumes, too. The signed URL stands in for a login.
 */
export async function addUploadRoutes(server: FastifyInstance, desk: Desk): Promise<void> {
  // A room of its own: only here bodies are not read before the handler runs.
  await server.register(async (room) => {
    room.removeAllContentTypeParsers();
    room.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    // The storage says when a file is too large.
    const options = { bodyLimit: Number.MAX_SAFE_INTEGER };
    const url = `${UPLOAD_PATH}/:id`;
    room.put<Route>(url, options, (request, reply) => allowed(desk, request, reply, takeAll));
    room.patch<Route>(url, options, (request, reply) => allowed(desk, request, reply, takePart));
    room.head<Route>(url, (request, reply) => allowed(desk, request, reply, tellProgress));
    addDownloadRoute(room, desk);
  });
}

async function allowed(
  desk: Desk,
  request: Request,
  reply: FastifyReply,
  act: Act,
): Promise<FastifyReply> {
  const id = request.params.id.toLowerCase();
  const path = uploadPath(id);
  const fault = signatureFault('PUT', path, request.query, desk.uploadSecret, new Date());
  if (fault !== null) return refuse(reply, 403, 'FORBIDDEN', fault);
  if (!isUuid(id)) return unknown(reply);
  try {
    return await act(desk, id, request, reply);
  } catch (error) {
    return refusedFor(error, desk, id, request, reply);
  }
}

const takeAll: Act = async (desk, id, request, reply) => {
  const stored = await receiveBytes(desk, id, { ...sentBytes(request), offset: null });
  return stored === null ? unknown(reply) : reply.status(204).header(WROTE_HEADER, 'upload').send();
};

const takePart: Act = async (desk, id, request, reply) => {
  const part = partOffset(request.headers);
  if ('status' in part) return refuse(reply, part.status, part.code, part.message);
  const end = await receiveBytes(desk, id, { ...sentBytes(request), offset: part.offset });
  if (end === null) return unknown(reply);
  return reply
    .status(204)
    .headers({ [WROTE_HEADER]: 'upload', ...tusHeaders({ offset: end }) })
    .send();
};

const tellProgress: Act = async (desk, id, _request, reply) => {
  const progress = await uploadProgress(desk, id);
  if (!progress) return unknown(reply);
  return reply.status(200).headers(tusHeaders(progress)).send();
};

function sentBytes({ headers, body, raw }: Request) {
  const length = Number(headers['content-length'] ?? Number.NaN);
  return {
    bytes: (body ?? raw) as Readable,
    announced: Number.isFinite(length) ? length : null,
  };
}

const unknown = (reply: FastifyReply) =>
  refuse(reply, 404, 'NOT_FOUND', 'There is no upload with this id.');

function refusedFor(
  error: unknown,
  desk: Desk,
  id: string,
  request: Request,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof TooManyBytes) {
    const limit = error.limit.toLocaleString('en');
    const message = `The file is larger than ${limit} bytes, which is what was announced.`;
    return refuse(reply, 413, 'TOO_LARGE', message);
  }
  if (error instanceof SenderGone) {
    const message = 'The file broke off before its end: send it again.';
    return refuse(reply, 400, 'BAD_REQUEST', message);
  }
  if (error instanceof WrongOffset) {
    const message = `The rest of the file begins at byte ${error.offset}: send it from there.`;
    return refuse(reply.headers(tusHeaders(error)), 409, 'WRONG_OFFSET', message);
  }
  const refusal = ownershipRefusal(error);
  // #region monolith
  if (refusal?.code === 'NOT_OWNER') {
    // Whoever sends bytes sends them there once more: RFC 9110, section 15.4.8.
    return reply.redirect(signedPathElsewhere(id, request.query, desk.uploadSecret), 307);
  }
  // #endregion monolith
  if (refusal) {
    const message = 'This account moves to another server: send the file again in a moment.';
    return refuse(reply, 409, 'NOT_OWNER', message);
  }
  request.log.error({ err: error }, 'an upload could not be received');
  const message = 'Internal error: the log of the server has the details.';
  return refuse(reply, 500, 'INTERNAL', message);
}
