import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';

/** The cookie that holds the session of somebody who has not logged in. */
export const SESSION_COOKIE = 'graph_session';

/** A year, in seconds. */
const COOKIE_AGE = 31_536_000;
/** 128 bits as base64url: 22 letters, of which the last has two bits only. */
const SESSION = /(?:^|;)[ \t]*graph_session=([\w-]{21}[AQgw])[ \t]*(?=;|$)/;

/** Whom the decisions of a request stick to. */
export interface Subject {
  /**
   * What buckets are made of: the id of a user, else the name of a caller that the gateway knows, else an anonymous
   * session. A session is drawn by the first look, where the caller has none.
   */
  readonly key: string;
  /** The Set-Cookie header of a session that was drawn; null where none was, so nobody is given one for nothing. */
  readonly setCookie: string | null;
}

/**
 * Finds out whom the decisions of a request stick to. Nothing of it is an identity: a client may choose a session
 * of its own, and thereby a bucket, and nothing else.
 *
 * @param known the subject that the gateway knows the caller by; null for somebody who is anonymous
 * @param trustProxy whether X-Forwarded-Proto is believed
 */
export function subjectOf(
  request: FastifyRequest,
  known: string | null,
  trustProxy: boolean,
): Subject {
  if (known !== null) return { key: known, setCookie: null };
  let session: string | undefined;
  let isNew = false;
  return {
    get key() {
      session ??= SESSION.exec(request.headers.cookie ?? '')?.[1];
      if (session === undefined) {
        session = randomBytes(16).toString('base64url');
        isNew = true;
      }
      return session;
    },
    get setCookie() {
      return isNew ? sessionCookie(session as string, cameByHttps(request, trustProxy)) : null;
    },
  };
}

function sessionCookie(session: string, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${SESSION_COOKIE}=${session}; Max-Age=${COOKIE_AGE}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

/** Whether the client spoke https, to us or to the proxy in front of us, whose entry is the last. */
function cameByHttps(request: FastifyRequest, trustProxy: boolean): boolean {
  if ('encrypted' in request.raw.socket) return true;
  const entries = String(request.headers['x-forwarded-proto'] ?? '').split(',');
  return trustProxy && entries.at(-1)?.trim().toLowerCase() === 'https';
}
