import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import type { AccessTokenSubject, AccessTokenVerifier } from '#platform/identity/access-token.ts';

/** Letters of all tokens that are remembered: about 20,000 of ours. */
const LETTERS = 8_388_608;
/** Letters that a token counts as at least: what stands beside it takes room too. */
const LEAST = 256;

interface Remembered {
  readonly subject: AccessTokenSubject;
  /** Milliseconds of `Date.now()`. */
  readonly until: number;
}

/**
 * Verifies each access token once, and remembers whom it speaks for until it expires: clients send the same token for
 * minutes, and verifying it takes 90 µs of CPU. Tokens are signed by keys that never change while the gateway runs, and
 * nothing but their expiry ends them here, so that remembering changes no answer. What is refused is not remembered.
 */
export function rememberedTokens(verify: AccessTokenVerifier): AccessTokenVerifier {
  const known = new LRUCache<string, Remembered>({
    maxSize: LETTERS,
    sizeCalculation: (_, token) => Math.max(LEAST, token.length),
  });
  return async (token) => {
    const remembered = known.get(token);
    if (remembered !== undefined && Date.now() < remembered.until) return remembered.subject;
    const subject = await verify(token);
    const { exp } = decodeJwt(token);
    known.set(token, { subject, until: exp === undefined ? Infinity : exp * 1_000 });
    return subject;
  };
}
