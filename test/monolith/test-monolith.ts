import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import pg from 'pg';
import { AUTH_ISSUER } from '#platform/identity/access-token.ts';
import type { Identity, Role } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { monolithConfig } from '../../subgraphs/legacy/monolith/config.ts';
import { startMonolith } from '../../subgraphs/legacy/monolith/server.ts';
import { createEmptyDatabase } from '../setup/databases.ts';

/** What a call gives. The body is whatever the server said. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // The body of an answer has no one type: each test says what it expects of it.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface CallOptions {
  readonly body?: unknown;
  /** An access token. */
  readonly token?: string;
  /** An identity that the gateway signs. */
  readonly identity?: Partial<Identity>;
  readonly headers?: Record<string, string>;
}

/** A monolith on an empty database of its own, reached over HTTP. */
export interface TestMonolith {
  readonly url: string;
  readonly secretKey: string;
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  /** Runs SQL beside the monolith. */
  // oxlint-disable-next-line typescript/no-explicit-any
  sql(text: string, values?: unknown[]): Promise<any[]>;
  /** Lets the monolith's clock go on by so many milliseconds. */
  passTime(ms: number): void;
  /** An access token as the auth service signs it. */
  authToken(userId: string, role: Role): Promise<string>;
  /** How many SQL statements the monolith sends while something is done. */
  statementsOf(act: () => Promise<unknown>): Promise<number>;
  close(): Promise<void>;
}

export const STAFF: Partial<Identity> = { userId: randomUUID(), role: 'staff' };
export const ADMIN: Partial<Identity> = { userId: randomUUID(), role: 'admin' };

/** @param extra environment variables, e.g. `API_MODE` */
export async function startTestMonolith(extra: Record<string, string> = {}): Promise<TestMonolith> {
  const databaseUrl = extra.DATABASE_URL ?? (await createEmptyDatabase());
  const uploads = await mkdtemp(join(tmpdir(), 'uploads-'));
  const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: 'test', alg: 'EdDSA' };
  const { IDENTITY_SECRET = hex() } = extra;
  const secrets = { SECRET_KEY: hex(), IDENTITY_SECRET, UPLOAD_SECRET: hex() };
  let shift = 0;
  const server = await startMonolith(
    monolithConfig({
      DATABASE_URL: databaseUrl,
      DATABASE_POOL_SIZE: '20',
      ...secrets,
      AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [jwk] }),
      UPLOAD_DIRECTORY: uploads,
      PORT: '0',
      LOG_LEVEL: 'silent',
      BCRYPT_COST: '4',
      ...extra,
    }),
    () => new Date(Date.now() + shift),
  );
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => {});
  const key = identityKey(secrets.IDENTITY_SECRET);
  const statements = async () =>
    countedStatements(await (await fetch(`${server.url}/metrics`)).text());
  return {
    url: server.url,
    secretKey: secrets.SECRET_KEY,
    call: async (method, path, options = {}) => {
      const headers = await headersOf(options, key);
      const body = options.body === undefined ? undefined : JSON.stringify(options.body);
      const response = await fetch(`${server.url}${path}`, { method, headers, body });
      const text = await response.text();
      const json = response.headers.get('content-type')?.includes('json') ?? false;
      return {
        status: response.status,
        headers: response.headers,
        body: json ? JSON.parse(text) : text,
      };
    },
    sql: async (text, values) => (await pool.query(text, values)).rows,
    passTime: (ms) => {
      shift += ms;
    },
    authToken: (userId, role) =>
      new SignJWT({ role, sid: randomUUID() })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'test' })
        .setSubject(userId)
        .setIssuer(AUTH_ISSUER)
        .setIssuedAt()
        .setExpirationTime('15m')
        .sign(keys.privateKey),
    statementsOf: async (act) => {
      const before = await statements();
      await act();
      return (await statements()) - before;
    },
    close: async () => {
      await server.close();
      await pool.end();
      await rm(uploads, { recursive: true, force: true });
    },
  };
}

const hex = () => randomBytes(32).toString('hex');

async function headersOf(options: CallOptions, key: Uint8Array): Promise<Record<string, string>> {
  const headers = { ...options.headers };
  if (options.body !== undefined) headers['content-type'] ??= 'application/json';
  if (options.token !== undefined) headers.authorization = `Bearer ${options.token}`;
  if (options.identity) {
    headers[IDENTITY_HEADER] = signIdentity(
      {
        userId: null,
        role: null,
        sessionId: null,
        clientAddress: null,
        requestId: 'test',
        ...options.identity,
      },
      key,
    );
  }
  return headers;
}

function countedStatements(metrics: string): number {
  return Number(/^sql_statements_total\{.*\} (\d+)$/m.exec(metrics)?.[1] ?? 0);
}
