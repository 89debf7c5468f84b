import multipart from '@fastify/multipart';
import { ownershipRefusal } from '#platform/moves/ownership.ts';
import { maySeeUser } from '#platform/identity/identity.ts';
import type { MonolithApp, MonolithDeps } from '../app.ts';
import { atOwner } from '../at-owner.ts';
import { caller, requireCaller, requireLogin } from '../caller.ts';
import { forbidden } from '../errors.ts';
import { listPage } from '../lists.ts';
import { reviewRoutes } from '../reviews/routes.ts';
import { jstText } from '../times.ts';
import { sweepWhileListening } from '../sweep.ts';
import { addByteRoutes } from './byte-routes.ts';
import { wholeFile } from './file-field.ts';
import {
  completeUploadThere,
  createTicketThere,
  deleteResumeThere,
  uploadThere,
} from './forwarded.ts';
import { removeOfDeletedAccounts } from './deleted-accounts.ts';
import * as schemas from './schemas.ts';
import {
  deleteResume,
  findResumes,
  listByUsers,
  listResumes,
  resumeAnswer,
  resumeFor,
} from './service.ts';
import { accountMoves } from './receiving.ts';
import { signedFileUrl } from './signed-url.ts';
import { resumeFiles } from './storage.ts';
import { createTicket } from './tickets.ts';
import { sweepUploads, type UploadDeps } from './upload-sweep.ts';
import { completeUpload, uploadAtOnce } from './uploads.ts';

/** Milliseconds between two looks for uploads that have run out. */
const SWEEP_EVERY = 60_000;
/** Milliseconds for which a link to a file is good. */
const LINK_LIFETIME = 300_000;
/** The sort key of lists of resumes: when it was uploaded, and its id. */
const KEY = ['time', 'uuid'] as const;
const writing = { audience: 'store', writes: 'upload' } as const;

/** Resumes, their way in, and their reviews. */
export async function resumeRoutes(app: MonolithApp, deps: MonolithDeps): Promise<void> {
  for (const schema of schemas.resumeSchemas) app.addSchema(schema);
  const storage = resumeFiles(deps.config.UPLOAD_DIRECTORY);
  const uploadDeps = { ...deps, storage };
  addTickets(app, uploadDeps);
  addReads(app, deps);
  // Each of these reads bodies in its own way, so each has a room of its own.
  await app.register(async (room: MonolithApp) => addMultipart(room, uploadDeps));
  await app.register(async (room: MonolithApp) => addByteRoutes(room, uploadDeps));
  await reviewRoutes(app, uploadDeps);

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
  sweepWhileListening(app, deps.log, 'removing resumes of deleted accounts', SWEEP_EVERY, () =>
    deps.ownership.whereOwned('upload', () => removeOfDeletedAccounts(uploadDeps)),
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
  const limit = deps.config.UPLOAD_MAX_BYTES;
  await app.register(multipart, {
    // The storage says when a file is too large; this is only the second line.
    limits: { fileSize: 2 * limit, files: 1, fields: 10, parts: 11 },
    throwFileSizeLimit: false,
  });
  app.post(
    '/api/uploads',
    {
      schema: schemas.uploadResume,
      config: writing,
      bodyLimit: 3 * limit,
    },
    async (request, reply) => {
      const { userId } = requireLogin(request);
      const file = await wholeFile(request, deps.storage, limit);
      const here = async () => {
        await deps.ownership.require('upload', userId);
        return resumeAnswer(await uploadAtOnce(deps, userId, file));
      };
      try {
        const resume = await atOwner('upload', here, () => uploadThere(deps, request, file));
        reply.status(201);
        return resume;
      } catch (error) {
        // The bytes come once: this request cannot be tried again.
        throw ownershipRefusal(error) ? accountMoves() : error;
      } finally {
        await file.draft.discard();
      }
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
  app.post('/api/resumes/file-links', { schema: schemas.linkFiles, config }, async (request) => {
    const rows = await findResumes(deps.db, request.body.ids);
    const seen = rows.filter((row) => maySeeUser(caller(request), row.userId));
    const expiresAt = new Date(deps.clock().getTime() + LINK_LIFETIME);
    const items = seen.map(({ resumeId }) => ({
      resume_id: resumeId,
      url: signedFileUrl(resumeId, expiresAt, deps.config.UPLOAD_SECRET),
      expires_at: jstText(expiresAt),
    }));
    return { items };
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
