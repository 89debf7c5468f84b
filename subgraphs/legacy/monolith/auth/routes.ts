import { maySeeUser } from '#platform/identity/identity.ts';
import type { MonolithApp, MonolithDeps } from '../app.ts';
import { caller, requireAdminOrService, requireLogin } from '../caller.ts';
import { ApiError, forbidden } from '../errors.ts';
import { listOf } from '../lists.ts';
import { answers, created, idParams, itemsOf, ref } from '../schemas.ts';
import { sweepWhileListening } from '../sweep.ts';
import { accountById, accountsById, listAccounts, livingAccount, userAnswer } from './accounts.ts';
import { deletionRoutes } from './deletion-routes.ts';
import {
  changePasswordThere,
  loginThere,
  logoutAllThere,
  logoutThere,
  refreshThere,
  registerThere,
  updateProfileThere,
} from './forwarded.ts';
import { purgeTries } from './login-limits.ts';
import {
  changePasswordBody,
  loginBody,
  logoutAllAnswer,
  logoutAllBody,
  logoutAnswer,
  profileBody,
  refreshBody,
  registerBody,
  sessionSchema,
  userSchema,
  usersLookupBody,
  usersQuery,
} from './schemas.ts';
import { authService, type AuthService } from './service.ts';

const config = { audience: 'everyone' } as const;
const writing = { audience: 'everyone', writes: 'auth' } as const;
const tags = ['auth'];
const PURGE_EVERY_MS = 60 * 60_000;

/** Accounts and sessions. */
export async function authRoutes(app: MonolithApp, deps: MonolithDeps): Promise<void> {
  app.addSchema(userSchema);
  app.addSchema(sessionSchema);
  const auth = authService(deps);
  sessionRoutes(app, auth);
  profileRoutes(app, auth, deps);
  userRoutes(app, deps);
  deletionRoutes(app, auth, deps);
  sweepWhileListening(app, deps.log, 'forgetting old login tries', PURGE_EVERY_MS, () =>
    purgeTries(deps.db, deps.clock()),
  );
}

function sessionRoutes(app: MonolithApp, auth: AuthService): void {
  const session = answers(ref(sessionSchema));
  app.post(
    '/api/auth/register',
    {
      config: { ...writing, forward: registerThere },
      schema: {
        operationId: 'register',
        tags,
        summary: 'Creates an account and logs it in. 409 EMAIL_TAKEN.',
        body: registerBody,
        response: created(ref(sessionSchema)),
      },
    },
    async (request, reply) => {
      reply.status(201);
      return auth.register(request.body);
    },
  );
  app.post(
    '/api/auth/login',
    {
      config: { ...writing, forward: loginThere },
      schema: {
        operationId: 'login',
        tags,
        summary: 'Begins a session. 401 BAD_LOGIN, 429 TOO_MANY_TRIES.',
        body: loginBody,
        response: session,
      },
    },
    async (request) => auth.login(request.body, caller(request).clientAddress ?? request.ip),
  );
  app.post(
    '/api/auth/refresh',
    {
      config: { ...writing, forward: refreshThere },
      schema: {
        operationId: 'refresh',
        tags,
        summary:
          'Renews a session. 401 BAD_REFRESH_TOKEN with the reason UNKNOWN, EXPIRED, REVOKED or REUSED.',
        body: refreshBody,
        response: session,
      },
    },
    async (request) =>
      auth.refresh(request.body.refresh_token).catch((error: unknown) => {
        request.isNotFoundHere = error instanceof ApiError && error.details.reason === 'UNKNOWN';
        throw error;
      }),
  );
  app.post(
    '/api/auth/logout',
    {
      config: { ...writing, forward: logoutThere },
      schema: {
        operationId: 'logout',
        tags,
        summary: 'Ends the session of a refresh token.',
        body: refreshBody,
        response: answers(logoutAnswer),
      },
    },
    async (request) => {
      const ended = await auth.logout(request.body.refresh_token);
      request.isNotFoundHere = ended === null;
      return { logged_out: ended ?? false };
    },
  );
}

function profileRoutes(app: MonolithApp, auth: AuthService, { db }: MonolithDeps): void {
  app.post(
    '/api/auth/logout-all',
    {
      config: { ...writing, forward: logoutAllThere },
      schema: {
        operationId: 'logoutAll',
        tags,
        summary: 'Ends the sessions of the caller.',
        body: logoutAllBody,
        response: answers(logoutAllAnswer),
      },
    },
    async (request) => ({
      revoked: await auth.logoutAll(requireLogin(request), request.body.keep_refresh_token),
    }),
  );
  app.post(
    '/api/auth/change-password',
    {
      config: { ...writing, forward: changePasswordThere },
      schema: {
        operationId: 'changePassword',
        tags,
        summary: 'Changes the password of the caller and ends all other sessions. 401 BAD_LOGIN.',
        body: changePasswordBody,
        response: answers(ref(sessionSchema)),
      },
    },
    async (request) => auth.changePassword(requireLogin(request), request.body),
  );
  app.get(
    '/api/auth/me',
    {
      config,
      schema: {
        operationId: 'me',
        tags,
        summary: 'The account of the caller.',
        response: answers(ref(userSchema)),
      },
    },
    async (request) => {
      const self = requireLogin(request);
      return userAnswer(await livingAccount(db, self.userId), self);
    },
  );
  app.patch(
    '/api/auth/me',
    {
      config: { ...writing, forward: updateProfileThere },
      schema: {
        operationId: 'updateProfile',
        tags,
        summary: 'Changes the profile of the caller. 409 EMAIL_TAKEN.',
        body: profileBody,
        response: answers(ref(userSchema)),
      },
    },
    async (request) => auth.updateProfile(requireLogin(request), request.body),
  );
}

function userRoutes(app: MonolithApp, { db }: MonolithDeps): void {
  app.get(
    '/api/users',
    {
      config: { audience: 'admin' },
      schema: {
        operationId: 'listUsers',
        tags,
        summary: 'All accounts that were not deleted, newest first. For admins and services.',
        querystring: usersQuery,
        response: answers(listOf(userSchema)),
      },
    },
    async (request) => listAccounts(db, request.query, requireAdminOrService(request)),
  );
  app.post(
    '/api/users/lookup',
    {
      config,
      schema: {
        operationId: 'lookUpUsers',
        tags,
        summary: 'Accounts by id, those that exist.',
        body: usersLookupBody,
        response: answers(itemsOf(userSchema)),
      },
    },
    async (request) => {
      const accounts = await accountsById(db, request.body.ids);
      return { items: accounts.map((account) => userAnswer(account, caller(request))) };
    },
  );
  app.get(
    '/api/users/:id',
    {
      config,
      schema: {
        operationId: 'getUser',
        tags,
        summary: 'An account: the own one, or any for staff.',
        params: idParams,
        response: answers(ref(userSchema)),
      },
    },
    async (request) => {
      const reader = caller(request);
      if (!maySeeUser(reader, request.params.id.toLowerCase())) {
        requireLogin(request);
        throw forbidden('Only the account itself and staff may see an account.');
      }
      return userAnswer(await accountById(db, request.params.id), reader);
    },
  );
}
