import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { Client } from 'pg';
import { accessTokenVerifier, type AccessTokenVerifier } from '#platform/identity/access-token.ts';
import { anonymousIdentity, type Identity } from '#platform/identity/identity.ts';
import { identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { authConfig } from '../../subgraphs/auth/config.ts';
import { startAuth } from '../../subgraphs/auth/server.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

/** The auth subgraph alone, over an empty database, called as the gateway calls it. */
export interface AuthSubgraph {
  readonly url: string;
  readonly database: Client;
  readonly verify: AccessTokenVerifier;
  graphql(
    query: string,
    variables?: Record<string, unknown>,
    identity?: Identity,
  ): Promise<GraphqlReply>;
  /** SQL statements sent so far. */
  sqlStatements(): Promise<number>;
  close(): Promise<void>;
}

export const PASSWORD = 'right-password';

/** @param extra environment variables, e.g. another `BCRYPT_COST` than the cheapest */
export async function startAuthSubgraph(extra: Record<string, string> = {}): Promise<AuthSubgraph> {
  const url = await createEmptyDatabase();
  const secret = randomBytes(32).toString('hex');
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const header = { kid: 'test', alg: 'EdDSA' };
  const server = await startAuth(
    authConfig({
      DATABASE_URL: url,
      PORT: '0',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
      BCRYPT_COST: '4',
      IDENTITY_SECRET: secret,
      AUTH_PRIVATE_JWK: JSON.stringify({ ...(await exportJWK(privateKey)), ...header }),
      ...extra,
    }),
  );
  const database = new Client({ connectionString: url });
  await database.connect();
  const key = identityKey(secret);
  return {
    url: server.url,
    database,
    verify: accessTokenVerifier('the monolith is not here, so this secret is for nobody', {
      keys: [{ ...(await exportJWK(publicKey)), ...header }],
    }),
    graphql: async (query, variables = {}, identity = anonymousIdentity('test')) => {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-identity': signIdentity(identity, key),
        },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, body: await response.json() };
    },
    sqlStatements: async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text();
      return Number(/^sql_statements_total\{.*\} (\d+)$/m.exec(text)?.[1] ?? 0);
    },
    close: async () => {
      await database.end();
      await server.close();
    },
  };
}

/** The identity that the gateway makes of an account. */
export function as(
  userId: string,
  role: 'customer' | 'staff' | 'admin' | 'service' = 'customer',
): Identity {
  return { ...anonymousIdentity('test'), userId, role };
}

/** Somebody who has not logged in, at an address. */
export function from(address: string): Identity {
  return anonymousIdentity('test', address);
}

let counter = 0;
/** An e-mail address that no other test of this file uses. */
export function newEmail(): string {
  counter += 1;
  return `person.${counter}@example.com`;
}

export const SESSION = `fragment Session on AuthSession {
  accessToken accessTokenExpiresAt refreshToken refreshTokenExpiresAt
  user { id email displayName role phone locale createdAt updatedAt }
}`;

/** Registers an account. @returns its session, with the user */
export async function registered(auth: AuthSubgraph, email = newEmail(), displayName = 'Somebody') {
  const { body } = await auth.graphql(
    `mutation($input: RegisterInput!) { register(input: $input) { __typename ...Session } } ${SESSION}`,
    { input: { email, password: PASSWORD, displayName } },
  );
  if (body.data?.register?.__typename !== 'AuthSession') throw new Error(JSON.stringify(body));
  return body.data.register;
}

/** What `login` answers. */
export async function login(
  auth: AuthSubgraph,
  email: string,
  password = PASSWORD,
  who?: Identity,
) {
  const { body } = await auth.graphql(
    `mutation($input: LoginInput!) { login(input: $input) {
      __typename ...Session ... on Problem { message } ... on TooManyAttempts { retryAfterSeconds }
    } } ${SESSION}`,
    { input: { email, password } },
    who,
  );
  if (!body.data) throw new Error(JSON.stringify(body));
  return body.data.login;
}

/** What `refresh` answers. */
export async function refresh(auth: AuthSubgraph, refreshToken: string) {
  const { body } = await auth.graphql(
    `mutation($input: RefreshInput!) { refresh(input: $input) {
      __typename ...Session ... on InvalidRefreshToken { message reason }
    } } ${SESSION}`,
    { input: { refreshToken } },
  );
  if (!body.data) throw new Error(JSON.stringify(body));
  return body.data.refresh;
}
