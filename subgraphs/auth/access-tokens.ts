import { SignJWT, importJWK } from 'jose';
import { AUTH_ISSUER } from '#platform/identity/access-token.ts';
import type { PrivateKey } from './config.ts';
import type { Account } from './repository/accounts.ts';

export interface AccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Issues access tokens. Everybody who holds the public key can verify them; nobody can take one back. */
export interface AccessTokens {
  issue(account: Account, sessionId: string, now: Date): Promise<AccessToken>;
}

/** Access tokens as JSON Web Tokens signed with Ed25519 (RFC 8037). */
export async function accessTokenIssuer(key: PrivateKey, minutes: number): Promise<AccessTokens> {
  const signingKey = await importJWK(key, 'EdDSA');
  return {
    issue: async (account, sessionId, now) => {
      // The times of a token are whole seconds (RFC 7519, NumericDate).
      const issuedAt = Math.floor(now.getTime() / 1_000);
      const expiresAt = issuedAt + minutes * 60;
      const token = await new SignJWT({ role: account.role, sid: sessionId })
        .setProtectedHeader({ alg: 'EdDSA', kid: key.kid, typ: 'JWT' })
        .setIssuer(AUTH_ISSUER)
        .setSubject(account.id)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(signingKey);
      return { token, expiresAt: new Date(expiresAt * 1_000) };
    },
  };
}
