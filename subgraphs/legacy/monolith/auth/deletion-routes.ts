import type { MonolithApp, MonolithDeps } from '../app.ts';
import { requireAdmin, requireLogin } from '../caller.ts';
import { removeOfDeletedAccounts } from '../resumes/deleted-accounts.ts';
import { resumeFiles } from '../resumes/storage.ts';
import { answers, idParams } from '../schemas.ts';
import { deleteAnyThere, deleteOwnThere } from './forwarded.ts';
import { deleteAccountBody, deletedAnswer } from './schemas.ts';
import type { AuthService } from './service.ts';

const tags = ['auth'];

/** Deleting accounts: one's own, and any by admins. */
export function deletionRoutes(app: MonolithApp, auth: AuthService, deps: MonolithDeps): void {
  const uploadDeps = { ...deps, storage: resumeFiles(deps.config.UPLOAD_DIRECTORY) };
  /** What the account has here of resumes goes at once. Where that fails, the sweep goes on from here. */
  const gone = async (userId: string) => {
    await deps.ownership
      .whereOwned('upload', () => removeOfDeletedAccounts(uploadDeps, userId))
      .catch((err: unknown) =>
        deps.log.error({ err, userId }, 'a deleted account has resumes left'),
      );
    return { deleted_id: userId };
  };
  app.post(
    '/api/auth/delete-account',
    {
      config: { audience: 'everyone', writes: 'auth', forward: deleteOwnThere },
      schema: {
        operationId: 'deleteAccount',
        tags,
        summary: 'Deletes the account of the caller, with its resumes. 401 BAD_LOGIN.',
        body: deleteAccountBody,
        response: answers(deletedAnswer),
      },
    },
    async (request) => {
      const self = requireLogin(request);
      await auth.deleteOwn(self, request.body.current_password);
      return gone(self.userId);
    },
  );
  app.delete(
    '/api/users/:id',
    {
      config: { audience: 'admin', writes: 'auth', forward: deleteAnyThere },
      schema: {
        operationId: 'deleteUser',
        tags,
        summary: 'Deletes an account, with its resumes. For admins.',
        params: idParams,
        response: answers(deletedAnswer),
      },
    },
    async (request) => {
      requireAdmin(request);
      const id = request.params.id.toLowerCase();
      await auth.deleteAny(id);
      return gone(id);
    },
  );
}
