import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { generateKeyPair, exportJWK } from 'jose';
import type { RunningServer } from '#platform/http-server.ts';
import type { Environment } from '#platform/config.ts';
import { gatewayConfig, standaloneConfig } from '../../gateway/config.ts';
import { startGateway } from '../../gateway/server.ts';
import { startSubgraph, type SubgraphSource, type TestSubgraph } from './test-subgraph.ts';

export const SECRET_KEY = 'the-secret-key-of-the-monolith-in-tests';
export const IDENTITY_SECRET = 'the-identity-secret-of-these-tests-only';
export const authKeys = await generateKeyPair('EdDSA', { extractable: true });
const publicKey = { ...(await exportJWK(authKeys.publicKey)), kid: 'test', alg: 'EdDSA' };

/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test says what it expects
  readonly body: any;
}

/** A gateway before real subgraphs. */
export interface TestGateway {
  readonly url: string;
  readonly supergraphFile: string;
  readonly subgraphs: Readonly<Record<string, TestSubgraph>>;
  /** Sends an operation. */
  graphql(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** The request that a subgraph received last. */
  lastRequest(subgraph: string): TestSubgraph['received'][number] | undefined;
  close(): Promise<void>;
}

/** Starts subgraphs, composes them, and starts a gateway before them: as for our own graph. */
export async function startTestGateway(
  sources: readonly SubgraphSource[],
  environment: Environment = {},
): Promise<TestGateway> {
  return start(sources, (supergraph) =>
    gatewayConfig({
      ...quiet,
      SUPERGRAPH: supergraph,
      SECRET_KEY,
      IDENTITY_SECRET,
      AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [publicKey] }),
      ...environment,
    }),
  );
}

/** The same as `npm run gateway -- --supergraph FILE --trust-override-header`. */
export async function startStandaloneGateway(
  sources: readonly SubgraphSource[],
  environment: Environment = {},
): Promise<TestGateway> {
  return start(sources, (supergraph) =>
    standaloneConfig(
      { supergraph, port: '0', trustOverrideHeader: true },
      { ...quiet, ...environment },
    ),
  );
}

const quiet = { PORT: '0', LOG_LEVEL: 'silent' };

/** Posts a GraphQL request. */
export async function post(
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson ? JSON.parse(text) : text,
  };
}

/**
 * The supergraph of running subgraphs. Whether every query can be answered is not checked: the check knows no
 * labels, and so refuses each `@requires` of a field that moves under one, though there is a plan for either side.
 */
export function supergraphOf(subgraphs: readonly TestSubgraph[]): string {
  const { errors, supergraphSdl } = composeServices(
    subgraphs.map(({ name, url, typeDefs }) => ({ name, url, typeDefs: parse(typeDefs) })),
    { runSatisfiability: false },
  );
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], String(errors));
  return supergraphSdl;
}

async function start(
  sources: readonly SubgraphSource[],
  configOf: (supergraphFile: string) => Parameters<typeof startGateway>[0],
): Promise<TestGateway> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  const subgraphs = await Promise.all(sources.map(startSubgraph));
  const supergraphFile = join(directory, 'supergraph.graphql');
  await writeFile(supergraphFile, supergraphOf(subgraphs));
  const server: RunningServer = await startGateway(configOf(supergraphFile));
  const byName = Object.fromEntries(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    url: server.url,
    supergraphFile,
    subgraphs: byName,
    graphql: (query, variables, headers) => post(server.url, { query, variables }, headers),
    lastRequest: (name) => byName[name]?.received.at(-1),
    async close() {
      await server.close();
      await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
      await rm(directory, { recursive: true });
    },
  };
}
