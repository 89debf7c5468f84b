import multipart from '@fastify/multipart';
import { Readable } from 'node:stream';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { maySeeUser } from '#platform/identity/identity.ts';
import type { MonolithApp, MonolithDeps } from '../app.ts';
import { atOwner } from '../at-owner.ts';
import { caller, requireCaller, requireLogin } from '../caller.ts';
import { forbidden } from '../errors.ts';
import { listPage } from '../lists.ts';
import { ruleBasedReviewer } from '../reviews/rule-based-reviewer.ts';
import { reviewRoutes } from '../reviews/routes.ts';
import { jstText } from '../times.ts';
import { sweepWhileListening } from '../sweep.ts';
import { sendBytesElsewhere } from './bytes-elsewhere.ts';
import { wholeFile } from './file-field.ts';
import {
  completeUploadThere,
  createTicketThere,
  deleteResumeThere,
  uploadThere,
} from './forwarded.ts';
import * as schemas from './schemas.ts';
import {
  deleteResume,
  findResumes,
  listByUsers,
  listResumes,
  resumeAnswer,
  resumeFor,
} from './service.ts';
import { checkUploadUrl } from './signed-url.ts';
import { localDiskStorage } from './storage.ts';
import { sweepUploads, type UploadDeps } from './upload-sweep.ts';
import {
  accountMoves,
  completeUpload,
  createTicket,
  MAX_BYTES,
  receiveBytes,
  uploadAtOnce,
} from './uploads.ts';

/** Milliseconds between two looks for uploads that have run out. */
const SWEEP_EVERY = 60_000;
/** The sort key of lists of resumes: when it was uploaded, and its id. */
const KEY = ['time', 'uuid'] as const;
const writing = { audience: 'store', writes: 'upload' } as const;

/** Resumes, their way in, and their reviews. */
export async function resumeRoutes(app: MonolithApp, deps: MonolithDeps): Promise<void> {
  for (const schema of schemas.resumeSchemas) app.addSchema(schema);
  const storage = localDiskStorage(deps.config.UPLOAD_DIRECTORY);
  const uploadDeps = { ...deps, storage };
  addTickets(app, uploadDeps);
  addReads(app, deps);
  // Each of these reads bodies in its own way, so each has a room of its own.
  await app.register(async (room: MonolithApp) => addMultipart(room, uploadDeps));
  await app.register(async (room: MonolithApp) => addReceiver(room, uploadDeps));
  await reviewRoutes(app, { ...uploadDeps, reviewer: ruleBasedReviewer() });

  app.delete(
    '/api/resumes/:id',
    { schema: schemas.deleteResume, config: { ...writing, forward: deleteResumeThere } },
    async (request) => {
      await deleteResume(uploadDeps, requireCaller(request), request.params.id.toLowerCase());
      return { deleted_id: request.params.id.toLowerCase() };
    },
  );
  sweepWhileListening(app, deps.log, 'removing expired uploads', SWEEP_EVERY, () =>
    deps.ownership.whereOwned('upload', () => sweepUploads(uploadDeps)),
  );
}

function addTickets(app: MonolithApp, deps: UploadDeps): void {
  app.post(
    '/api/uploads/tickets',
    { schema: schemas.createUploadTicket, config: { ...writing, forward: createTicketThere } },
    async (request, reply) => {
      const { userId } = requireLogin(request);
      const { uploadId, url, expiresAt } = await createTicket(deps, userId, request.body);
      return reply.status(201).send({ upload_id: uploadId, url, expires_at: jstText(expiresAt) });
    },
  );
  app.post(
    '/api/uploads/:id/complete',
    { schema: schemas.completeUpload, config: { ...writing, forward: completeUploadThere } },
    async (request) => {
      const { userId } = requireLogin(request);
      return resumeAnswer(await completeUpload(deps, userId, request.params.id.toLowerCase()));
    },
  );
}

async function addMultipart(app: MonolithApp, deps: UploadDeps): Promise<void> {
  await app.register(multipart, {
    // The storage says when a file is too large; this is only the second line.
    limits: { fileSize: 2 * MAX_BYTES, files: 1, fields: 10, parts: 11 },
    throwFileSizeLimit: false,
  });
  app.post(
    '/api/uploads',
    {
      schema: schemas.uploadResume,
      config: writing,
      bodyLimit: 3 * MAX_BYTES,
    },
    async (request, reply) => {
      const { userId } = requireLogin(request);
      const file = await wholeFile(request);
      const here = async () => {
        await deps.ownership.require('upload', userId);
        const bytes = Readable.from([file.bytes]);
        return resumeAnswer(await uploadAtOnce(deps, userId, { ...file, bytes }));
      };
      const resume = await atOwner('upload', here, () => uploadThere(deps, request, file)).catch(
        (error: unknown) => {
          // The bytes come once: this request cannot be tried again.
          throw ownershipRefusal(error) ? accountMoves() : error;
        },
      );
      return reply.status(201).send(resume);
    },
  );
}

/** Takes the bytes of any media type as a stream. The signed URL stands in for a login. */
async function addReceiver(app: MonolithApp, deps: UploadDeps): Promise<void> {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  app.put(
    '/uploads/:id',
    {
      schema: schemas.receiveUpload,
      config: writing,
      bodyLimit: Number.MAX_SAFE_INTEGER,
    },
    async (request, reply) => {
      const id = request.params.id.toLowerCase();
      checkUploadUrl(id, request.query, deps.config.UPLOAD_SECRET, deps.clock());
      const length = Number(request.headers['content-length'] ?? Number.NaN);
      const bytes = (request.body ?? request.raw) as Readable;
      await receiveBytes(deps, id, bytes, Number.isFinite(length) ? length : null, async () => {
        const received = await deps.storage.received(id);
        // Somebody has kept it meanwhile, and completed the upload.
        if (received === null) return;
        const expires = Number(request.query.expires);
        const sending = { uploadId: id, expires, bytes: received, requestId: request.id };
        await sendBytesElsewhere(deps, sending);
      });
      return reply.status(204).send(null);
    },
  );
}

function addReads(app: MonolithApp, deps: MonolithDeps): void {
  const config = { audience: 'everyone' } as const;
  const mine = { audience: 'store' } as const;

  app.get('/api/resumes/mine', { schema: schemas.listMyResumes, config: mine }, async (request) => {
    const { userId } = requireLogin(request);
    return listResumes(deps.db, userId, listPage(request.query, KEY));
  });
  app.get('/api/resumes/:id', { schema: schemas.getResume, config }, async (request) =>
    resumeAnswer(await resumeFor(deps, requireCaller(request), request.params.id)),
  );
  app.post('/api/resumes/lookup', { schema: schemas.lookUpResumes, config }, async (request) => {
    const rows = await findResumes(deps.db, request.body.ids);
    const seen = rows.filter((row) => maySeeUser(caller(request), row.userId));
    return { items: seen.map(resumeAnswer) };
  });
  app.post(
    '/api/resumes/by-users',
    { schema: schemas.listResumesByUsers, config },
    async (request) => {
      const identity = requireCaller(request);
      const { user_ids: ids } = request.body;
      if (!ids.every((id) => maySeeUser(identity, id.toLowerCase()))) {
        throw forbidden('Only the account itself and staff may see its resumes.');
      }
      return listByUsers(deps.db, ids, listPage(request.body, KEY));
    },
  );
}
