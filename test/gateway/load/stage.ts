import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { exportJWK, generateKeyPair } from 'jose';
import { drawPort } from '../../setup/ports.ts';
import { LOAD_GRAPH, LOAD_OPERATIONS } from './graph.ts';
import { startMover } from './mover.ts';
import { startProcess, type ListeningProcess } from './processes.ts';

export const STAGE_SECRET = 'the-secret-key-of-the-monolith-under-load';

/** Two replicas of the gateway and the subgraphs behind them, each a process of its own. */
export interface Stage {
  readonly gateways: readonly ListeningProcess[];
  readonly subgraphs: Readonly<Record<string, ListeningProcess>>;
  /** What the supergraph consists of. */
  readonly supergraph: string;
  /** Puts another supergraph in the place of the one in use, at once. */
  replaceSupergraph(sdl: string): Promise<void>;
  close(): Promise<void>;
}

/** @param controlUrl the database with the states of the moves */
export async function openStage(
  controlUrl: string,
  environment: Readonly<Record<string, string>> = {},
  replicas = 2,
): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'gateway-load-'));
  const subgraphs = await startSubgraphs();
  const mover = await startMover();
  const supergraph = composed(subgraphs);
  const file = join(directory, 'supergraph.graphql');
  await writeFile(file, supergraph);
  const operations = join(directory, 'operations.json');
  await writeFile(operations, manifest());
  const settings = {
    SUPERGRAPH: file,
    OPERATIONS: operations,
    CONTROL_DATABASE_URL: controlUrl,
    MIGRATION_URL: mover.url,
    ...(await secrets()),
    LOG_LEVEL: 'info',
    ACCESS_LOG: 'false',
    ...environment,
  };
  const gateways = await Promise.all(
    Array.from({ length: replicas }, () => startGateway(settings)),
  );
  return {
    gateways,
    subgraphs,
    supergraph,
    async replaceSupergraph(sdl) {
      await writeFile(`${file}.next`, sdl);
      await rename(`${file}.next`, file);
    },
    async close() {
      await Promise.all(gateways.map((gateway) => gateway.kill()));
      await Promise.all(Object.values(subgraphs).map((subgraph) => subgraph.kill()));
      mover.close();
      await rm(directory, { recursive: true });
    },
  };
}

async function startSubgraphs(): Promise<Record<string, ListeningProcess>> {
  const started = Object.keys(LOAD_GRAPH).map(async (name) => {
    const port = await drawPort();
    const entry = 'test/gateway/load/subgraph-process.ts';
    return [name, await startProcess({ name, entry, words: [name, String(port)], port })] as const;
  });
  return Object.fromEntries(await Promise.all(started));
}

async function startGateway(settings: Readonly<Record<string, string>>): Promise<ListeningProcess> {
  const port = await drawPort();
  const environment = { ...settings, PORT: String(port) };
  return startProcess({ name: 'gateway', entry: 'gateway/main.ts', environment, port });
}

/** @param added types of the subgraph `people` beside its own */
export function composed(
  subgraphs: Readonly<Record<string, ListeningProcess>>,
  added = '',
): string {
  const { errors, supergraphSdl } = composeServices(
    Object.entries(LOAD_GRAPH).map(([name, { typeDefs }]) => ({
      name,
      url: `${subgraphs[name]?.url}/graphql`,
      typeDefs: parse(name === 'people' ? typeDefs + added : typeDefs),
    })),
  );
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], String(errors));
  return supergraphSdl;
}

function manifest(): string {
  return JSON.stringify({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: LOAD_OPERATIONS.map(({ name, kind, query }) => ({
      id: name,
      name,
      type: kind,
      body: query,
    })),
  });
}

async function secrets(): Promise<Record<string, string>> {
  const { publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'load', alg: 'EdDSA' };
  return {
    SECRET_KEY: STAGE_SECRET,
    IDENTITY_SECRET: 'the-identity-secret-of-the-gateway-under-load',
    AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [key] }),
  };
}
