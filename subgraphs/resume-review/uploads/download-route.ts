import type { FastifyInstance } from 'fastify';
import { isUuid } from '#platform/graph/ids.ts';
import { downloadHeaders } from '#platform/storage/download-headers.ts';
import type { Desk } from '../desk.ts';
import { resumesByIds } from '../repository/resumes.ts';
import { refuse } from './refuse.ts';
import { filePath, signatureFault, UPLOAD_PATH, type PathSignature } from './signed-path.ts';

interface Route {
  readonly Params: { readonly id: string };
  readonly Querystring: PathSignature;
}

/** Gives the file of a resume to whoever has a signed URL of it, as something to be saved and never shown. */
export function addDownloadRoute(server: FastifyInstance, desk: Desk): void {
  server.get<Route>(`${UPLOAD_PATH}/:id/file`, async (request, reply) => {
    const id = request.params.id.toLowerCase();
    const path = filePath(id);
    const fault = signatureFault('GET', path, request.query, desk.uploadSecret, new Date());
    if (fault !== null) return refuse(reply, 403, 'FORBIDDEN', fault);
    const [resume] = isUuid(id) ? await resumesByIds(desk.db, [id]) : [];
    const file = resume && (await desk.storage.open(resume.sha256));
    if (!file) return refuse(reply, 404, 'NOT_FOUND', 'There is no file of a resume with this id.');
    return reply.headers(downloadHeaders(resume)).send(file);
  });
}
