import { z } from 'zod';
import {
  databaseSettings,
  json,
  readConfig,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { subgraphSettings } from '#platform/subgraph-server/settings.ts';

const privateKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().min(1),
  d: z.string().min(1),
  kid: z.string().min(1),
});

/** The key that signs access tokens. */
export type PrivateKey = z.infer<typeof privateKey>;

/** What the auth subgraph is told. */
export type AuthConfig = ReturnType<typeof authConfig>;

/** @throws ConfigError that lists every bad variable */
export function authConfig(environment: Environment = process.env) {
  return readConfig(
    'auth',
    {
      ...subgraphSettings(8011),
      ...databaseSettings(),
      AUTH_PRIVATE_JWK: json(
        privateKey,
        'the Ed25519 private key that signs access tokens, as a JSON Web Key with a `kid`',
      ),
      BCRYPT_COST: wholeNumber(10, 4, 15),
      ACCESS_TOKEN_MINUTES: wholeNumber(15, 1, 1_440),
      REFRESH_TOKEN_DAYS: wholeNumber(30, 1, 365),
    },
    environment,
  );
}
