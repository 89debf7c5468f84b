import { SignJWT, jwtVerify } from 'jose';
import { z } from 'zod';
import { AccessTokenError } from './access-token.ts';

/** The header by which a service of ours tells the gateway who it is. */
export const SERVICE_HEADER = 'x-service';

/** Seconds that a token is accepted: one is made per request. */
const LIFETIME_SECONDS = 60;
/** Seconds by which clocks of two machines may differ. */
const CLOCK_TOLERANCE_SECONDS = 5;
/** Keeps apart what is signed with one secret: a signed identity is no service token, and the other way round. */
const AUDIENCE = 'gateway';
const TYPE = 'service+jwt';

const claims = z.object({
  iss: z.string().regex(/^[a-z][a-z-]{0,49}$/),
  role: z.literal('service'),
});

/** A service token was refused: the service has another IDENTITY_SECRET, or another time. */
export class ServiceTokenError extends AccessTokenError {
  constructor() {
    super('TOKEN_INVALID');
    this.name = 'ServiceTokenError';
    this.message = `The header ${SERVICE_HEADER} is expired or not signed by a service of ours: compare IDENTITY_SECRET and the clocks.`;
  }
}

/**
 * Signs a token (JWT with HS256, RFC 7519) by which a service asks the gateway on its own account.
 *
 * @param service the name of the service, such as `order`
 * @param key the bytes of IDENTITY_SECRET
 */
export function signServiceToken(service: string, key: Uint8Array): Promise<string> {
  return new SignJWT({ role: 'service' })
    .setProtectedHeader({ alg: 'HS256', typ: TYPE })
    .setIssuer(service)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_SECONDS}s`)
    .sign(key);
}

/** @returns the name of the service that a token speaks for @throws ServiceTokenError when it is forged or too old */
export async function verifyServiceToken(token: string, key: Uint8Array): Promise<string> {
  try {
    const { payload } = await jwtVerify(token, key, {
      audience: AUDIENCE,
      typ: TYPE,
      algorithms: ['HS256'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
      // Whatever the token itself says: no stolen one is good for longer.
      maxTokenAge: LIFETIME_SECONDS,
    });
    return claims.parse(payload).iss;
  } catch {
    throw new ServiceTokenError();
  }
}
