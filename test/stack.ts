import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { SERVICE_DATABASES, type ServiceDatabase } from '#platform/database/provision.ts';
import type { RunningServer } from '#platform/http-server.ts';
import type { Side } from '#platform/moves/moves.ts';
import { gatewayConfig } from '../gateway/config.ts';
import { startGateway } from '../gateway/server.ts';
import { authConfig } from '../subgraphs/auth/config.ts';
import { startAuth } from '../subgraphs/auth/server.ts';
import { inventoryConfig } from '../subgraphs/inventory/config.ts';
import { startInventory } from '../subgraphs/inventory/server.ts';
// #region monolith
import { legacyConfig } from '../subgraphs/legacy/config.ts';
import { monolithConfig } from '../subgraphs/legacy/monolith/config.ts';
import { startMonolith } from '../subgraphs/legacy/monolith/server.ts';
import { startLegacy } from '../subgraphs/legacy/server.ts';
// #endregion monolith
import { orderConfig } from '../subgraphs/order/config.ts';
import { startOrder } from '../subgraphs/order/server.ts';
import { productConfig } from '../subgraphs/product/config.ts';
import { startProduct } from '../subgraphs/product/server.ts';
import { resumeReviewConfig } from '../subgraphs/resume-review/config.ts';
import { startResumeReview } from '../subgraphs/resume-review/server.ts';
import type { BehaviourStack } from './behaviour/behaviour-stack.ts';
import { gatewayClient } from './behaviour/gateway-client.ts';
import { cloneDatabases } from './setup/databases.ts';
import { drawPort } from './setup/ports.ts';

/** The processes of the whole product, as servers with free ports inside the test's process. */
const SERVICES = [
  // #region monolith
  'monolith',
  'legacy',
  // #endregion monolith
  'auth',
  'product',
  'inventory',
  'order',
  'resume-review',
  'gateway',
] as const;
export type ServiceName = (typeof SERVICES)[number];

/** The whole product over fresh clones of the seeded databases, reached over HTTP as a client reaches it. */
export interface Stack extends BehaviourStack {
  /** Where a service listens. */
  url(service: ServiceName): string;
  /** The variables with which a service is started, for a test that starts one in another way. */
  environment(service: ServiceName): Record<string, string>;
  /** The databases of the services. */
  readonly databases: Readonly<Record<ServiceDatabase, string>>;
  /** The folders of uploaded files, of both sides. They begin empty. */
  readonly uploadDirectories: Readonly<Record<Side, string>>;
  /** Ends one service, as a crash would for its callers. */
  stop(service: ServiceName): Promise<void>;
  /** Starts a stopped service on the port that it had. */
  start(service: ServiceName): Promise<void>;
  close(): Promise<void>;
}

/** Starts the stack. @param extra environment variables for every process, e.g. `USE_NEW_AUTH` */
export async function startStack(extra: Record<string, string> = {}): Promise<Stack> {
  const databases = await cloneDatabases(SERVICE_DATABASES);
  const uploads = await mkdtemp(join(tmpdir(), 'uploads-'));
  const uploadDirectories = {
    legacy: join(uploads, 'monolith'),
    new: join(uploads, 'resume-review'),
  };
  const shared = await sharedEnvironment();
  const running = new Map<ServiceName, RunningServer>();
  // The domains ask the graph and the monolith asks the domains, so they have to know ports on which nobody listens yet.
  const ports = new Map<ServiceName, number>();
  for (const service of SERVICES) ports.set(service, await drawPort());
  const url = (service: ServiceName) => `http://127.0.0.1:${ports.get(service)}`;
  const environment = (service: ServiceName) => ({
    ...shared,
    PORT: String(ports.get(service)),
    ...VARIABLES[service]({ databases, uploadDirectories, url }),
    // Last, so that a test can put a subgraph of its own in place of one of ours.
    ...extra,
  });
  const start = async (service: ServiceName) => {
    running.set(service, await STARTERS[service](environment(service)));
  };
  const stop = async (service: ServiceName) => {
    await running.get(service)?.close();
    running.delete(service);
  };
  for (const service of SERVICES) await start(service);
  const gatewayUrl = url('gateway');
  return {
    url,
    environment,
    databases,
    uploadDirectories,
    start,
    stop,
    ...gatewayClient(gatewayUrl),
    close: async () => {
      for (const service of [...running.keys()].reverse()) await stop(service);
      await rm(uploads, { recursive: true, force: true });
    },
  };
}

interface Places extends Pick<Stack, 'databases' | 'uploadDirectories' | 'url'> {}

type Variables = Record<string, string>;

/** What each service is told beside what all are told. */
const VARIABLES: Record<ServiceName, (places: Places) => Variables> = {
  // #region monolith
  monolith: ({ databases, uploadDirectories, url }) => ({
    DATABASE_URL: databases.legacy,
    UPLOAD_DIRECTORY: uploadDirectories.legacy,
    ...domainsAt(url),
  }),
  legacy: ({ url }) => ({ MONOLITH_URL: url('monolith') }),
  // #endregion monolith
  auth: ({ databases }) => ({ DATABASE_URL: databases.auth }),
  product: ({ databases }) => ({ DATABASE_URL: databases.product }),
  inventory: ({ databases, url }) => ({ DATABASE_URL: databases.inventory, ...graphAt(url) }),
  order: ({ databases, url }) => ({ DATABASE_URL: databases.orders, ...graphAt(url) }),
  'resume-review': ({ databases, uploadDirectories, url }) => ({
    DATABASE_URL: databases.resume_review,
    ...graphAt(url),
    UPLOAD_DIRECTORY: uploadDirectories.new,
  }),
  gateway: ({ url }) => ({
    SUPERGRAPH: 'schema/supergraph.graphql',
    ...domainsAt(url),
    // #region monolith
    MONOLITH_URL: url('monolith'),
    SUBGRAPH_LEGACY_URL: `${url('legacy')}/graphql`,
    // #endregion monolith
  }),
};

const domainsAt = (url: Places['url']) => ({
  SUBGRAPH_AUTH_URL: `${url('auth')}/graphql`,
  SUBGRAPH_PRODUCT_URL: `${url('product')}/graphql`,
  SUBGRAPH_INVENTORY_URL: `${url('inventory')}/graphql`,
  SUBGRAPH_ORDER_URL: `${url('order')}/graphql`,
  SUBGRAPH_RESUME_REVIEW_URL: `${url('resume-review')}/graphql`,
});

const graphAt = (url: Places['url']) => ({ GATEWAY_URL: `${url('gateway')}/graphql` });

const STARTERS: Record<ServiceName, (variables: Variables) => Promise<RunningServer>> = {
  // #region monolith
  monolith: (variables) => startMonolith(monolithConfig(variables)),
  legacy: (variables) => startLegacy(legacyConfig(variables)),
  // #endregion monolith
  auth: (variables) => startAuth(authConfig(variables)),
  product: (variables) => startProduct(productConfig(variables)),
  inventory: (variables) => startInventory(inventoryConfig(variables)),
  order: (variables) => startOrder(orderConfig(variables)),
  'resume-review': (variables) => startResumeReview(resumeReviewConfig(variables)),
  gateway: (variables) => startGateway(gatewayConfig(variables)),
};

async function sharedEnvironment() {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const header = { kid: 'test', alg: 'EdDSA' };
  return {
    HOST: '127.0.0.1',
    LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    BCRYPT_COST: '4',
    TRUST_OVERRIDE_HEADER: 'true',
    SECRET_KEY: randomBytes(32).toString('hex'),
    IDENTITY_SECRET: randomBytes(32).toString('hex'),
    UPLOAD_SECRET: randomBytes(32).toString('hex'),
    AUTH_PRIVATE_JWK: JSON.stringify({ ...(await exportJWK(privateKey)), ...header }),
    AUTH_PUBLIC_JWKS: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), ...header }] }),
  };
}
