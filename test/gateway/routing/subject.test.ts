import { fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { subjectOf } from '../../../gateway/routing/subject.ts';

const SESSION = 'AAAAAAAAAAAAAAAAAAAAAg';
let url: string;
const server = fastify();

beforeAll(async () => {
  // Answers the subject of a request where asked to look at it, as a decision does that depends on it.
  server.get('/', async (request, reply) => {
    const { known, look, trust } = request.query as Record<string, string>;
    const subject = subjectOf(request, known ?? null, trust === 'true');
    const key = look === 'false' ? null : subject.key;
    if (subject.setCookie !== null) reply.header('set-cookie', subject.setCookie);
    return { key, again: look === 'false' ? null : subject.key };
  });
  url = await server.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => server.close());

async function ask(query: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/?${query}`, { headers });
  const body = (await answer.json()) as { key: string; again: string };
  return { ...body, cookie: answer.headers.get('set-cookie') };
}

describe('the subject', () => {
  test('is the caller whom the gateway knows, who needs no session', async () => {
    expect(await ask('known=user-1', { cookie: `graph_session=${SESSION}` })).toEqual({
      key: 'user-1',
      again: 'user-1',
      cookie: null,
    });
  });

  test('is else the session of the cookie, wherever it stands among others', async () => {
    for (const cookie of [
      `graph_session=${SESSION}`,
      `a=b; graph_session=${SESSION}; c=d`,
      `a=graph_session;graph_session=${SESSION} ;c`,
    ]) {
      expect(await ask('', { cookie })).toEqual({ key: SESSION, again: SESSION, cookie: null });
    }
  });

  test('is else a session that is drawn once, and kept by the client for a year', async () => {
    const { key, again, cookie } = await ask('');
    expect(key).toMatch(/^[\w-]{22}$/);
    expect(Buffer.from(key, 'base64url')).toHaveLength(16);
    expect(again).toBe(key);
    expect(cookie).toBe(`graph_session=${key}; Max-Age=31536000; Path=/; HttpOnly; SameSite=Lax`);
    expect((await ask('', { cookie: `graph_session=${key}` })).key).toBe(key);
    expect((await ask('')).key).not.toBe(key);
  });

  test('is not drawn for somebody on whom nothing depends', async () => {
    expect((await ask('look=false')).cookie).toBeNull();
  });

  test.each([
    'graph_session=',
    'graph_session=short',
    `graph_session=${SESSION}x`,
    // The last letter has bits that 128 bits do not have.
    'graph_session=AAAAAAAAAAAAAAAAAAAAAB',
    `graph_session="${SESSION}"`,
    `x_graph_session=${SESSION}`,
    `graph_session=${'A'.repeat(7_000)}`,
  ])('of a malformed cookie is drawn anew (%#)', async (cookie) => {
    const { key, cookie: set } = await ask('', { cookie });
    expect(key).not.toBe(SESSION);
    expect(set).toContain(`graph_session=${key};`);
  });

  test('gets a cookie for https only where the client came by it, as a trusted proxy says', async () => {
    const secure = async (query: string, proto: string) =>
      (await ask(query, { 'x-forwarded-proto': proto })).cookie?.endsWith('; Secure');
    expect(await secure('trust=true', 'https')).toBe(true);
    expect(await secure('trust=true', 'http, https')).toBe(true);
    expect(await secure('trust=true', 'https, http')).toBe(false);
    expect(await secure('trust=false', 'https')).toBe(false);
  });
});
