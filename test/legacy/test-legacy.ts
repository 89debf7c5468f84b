import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { anonymousIdentity, type Identity } from '#platform/identity/identity.ts';
import { IDENTITY_HEADER, identityKey, signIdentity } from '#platform/identity/signed-identity.ts';
import { legacyConfig } from '../../subgraphs/legacy/config.ts';
import { monolithConfig } from '../../subgraphs/legacy/monolith/config.ts';
import { startMonolith } from '../../subgraphs/legacy/monolith/server.ts';
import { startLegacy } from '../../subgraphs/legacy/server.ts';
import type { GraphqlReply } from '../behaviour/behaviour-stack.ts';
import { cloneDatabases } from '../setup/databases.ts';
import { drawPort } from '../setup/ports.ts';

/** Who calls; what is left out is as for an anonymous caller. */
export type Caller = Partial<Identity>;

/** The wrapper in front of a seeded monolith, called as the gateway calls it. */
export interface TestLegacy {
  readonly url: string;
  readonly monolithUrl: string;
  graphql(query: string, variables?: object, caller?: Caller): Promise<GraphqlReply>;
  /** The requests that the monolith answers while something is done, as `METHOD route` with their numbers. */
  requestsOf(act: () => Promise<unknown>): Promise<Record<string, number>>;
  /** The id of an account. */
  accountId(email: string): Promise<string>;
  stopMonolith(): Promise<void>;
  /** Starts it again on the port that it had. */
  startMonolith(): Promise<void>;
  close(): Promise<void>;
}

export const ADMIN: Caller = { userId: randomUUID(), role: 'admin' };
export const STAFF: Caller = { userId: randomUUID(), role: 'staff' };
export const SERVICE: Caller = { role: 'service' };

/** @param extra environment variables of the wrapper */
export async function startTestLegacy(extra: Record<string, string> = {}): Promise<TestLegacy> {
  const { legacy: databaseUrl } = await cloneDatabases(['legacy']);
  const uploads = await mkdtemp(join(tmpdir(), 'uploads-'));
  const identitySecret = randomBytes(32).toString('hex');
  const shared = { IDENTITY_SECRET: identitySecret, LOG_LEVEL: 'silent' };
  const environment = {
    ...shared,
    SECRET_KEY: randomBytes(32).toString('hex'),
    UPLOAD_SECRET: randomBytes(32).toString('hex'),
    AUTH_PUBLIC_JWKS: await publicKeys(),
    DATABASE_URL: databaseUrl,
    UPLOAD_DIRECTORY: uploads,
    BCRYPT_COST: '4',
    PORT: String(await drawPort()),
  };
  let monolith = await startMonolith(monolithConfig(environment));
  const monolithUrl = monolith.url;
  const legacy = await startLegacy(
    legacyConfig({ ...shared, PORT: '0', MONOLITH_URL: monolithUrl, ...extra }),
  );
  const graphql = graphqlClient(legacy.url, identitySecret);
  return {
    url: legacy.url,
    monolithUrl,
    graphql,
    requestsOf: async (act) => {
      const before = await requestCounts(monolithUrl);
      await act();
      return difference(before, await requestCounts(monolithUrl));
    },
    accountId: async (email) => {
      const query =
        'query ($search: String) { users(filter: { search: $search }) { nodes { id } } }';
      const { body } = await graphql(query, { search: email }, ADMIN);
      return body.data.users.nodes[0].id;
    },
    stopMonolith: () => monolith.close(),
    startMonolith: async () => {
      monolith = await startMonolith(monolithConfig(environment));
    },
    close: async () => {
      await legacy.close();
      await monolith.close();
      await rm(uploads, { recursive: true, force: true });
    },
  };
}

async function publicKeys(): Promise<string> {
  const { publicKey } = await generateKeyPair('EdDSA');
  return JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' }] });
}

/** Calls a subgraph with an identity that the gateway has signed. */
export function graphqlClient(url: string, identitySecret: string): TestLegacy['graphql'] {
  const key = identityKey(identitySecret);
  return async (query, variables = {}, caller = {}) => {
    const identity = { ...anonymousIdentity(caller.requestId ?? randomUUID()), ...caller };
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        [IDENTITY_HEADER]: signIdentity(identity, key),
      },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, body: (await response.json()) as GraphqlReply['body'] };
  };
}

/** The monolith's own count of the requests to its API, by method and route. */
async function requestCounts(monolithUrl: string): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const text = await (await fetch(`${monolithUrl}/metrics`)).text();
  for (const line of text.split('\n')) {
    if (!line.startsWith('http_requests_total{')) continue;
    const method = /method="([^"]*)"/.exec(line)?.[1];
    const route = /route="(\/api\/[^"]*)"/.exec(line)?.[1];
    if (!route) continue;
    const name = `${method} ${route}`;
    counts.set(name, (counts.get(name) ?? 0) + Number(line.split(' ').at(-1)));
  }
  return counts;
}

function difference(before: Map<string, number>, after: Map<string, number>) {
  const grown = [...after].map(([name, count]) => [name, count - (before.get(name) ?? 0)] as const);
  return Object.fromEntries(grown.filter(([, count]) => count > 0));
}
