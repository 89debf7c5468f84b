import { join } from 'node:path';
// #region monolith
import { urlVariables } from '#platform/database/provision.ts';
// #endregion monolith
import type { ServiceDatabase } from '#platform/database/provision.ts';
// #region monolith
import { MOVES } from '#platform/moves/moves.ts';
// #endregion monolith
import type { StartSettings } from './config.ts';
import type { Secrets } from './secrets.ts';
import { isLoopback } from '#platform/config.ts';

/** A program that runs once and ends with 0. */
export interface Task {
  readonly name: string;
  /** The path of its main file below the repository. */
  readonly entry: string;
  readonly words?: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A program that serves until it is told to end. */
export interface Server extends Task {
  readonly port: number;
  /** The variable that moves it to another port. */
  readonly portVariable: keyof StartSettings;
  /** Where other processes of this machine reach it. */
  readonly url: string;
}

/** What the programs are made from. */
export interface Surroundings {
  readonly settings: StartSettings;
  readonly secrets: Secrets;
  /** The URL of each service's database. */
  readonly databases: Readonly<Record<ServiceDatabase, string>>;
  /** The folder where data is kept, absolute. */
  readonly dataDirectory: string;
}

/** Every server in the order in which they are started; they end in reverse. */
export const SERVERS = [
  // #region monolith
  { name: 'monolith', entry: 'subgraphs/legacy/monolith/main.ts', portVariable: 'MONOLITH_PORT' },
  { name: 'legacy', entry: 'subgraphs/legacy/main.ts', portVariable: 'LEGACY_PORT' },
  // #endregion monolith
  { name: 'auth', entry: 'subgraphs/auth/main.ts', portVariable: 'AUTH_PORT' },
  { name: 'product', entry: 'subgraphs/product/main.ts', portVariable: 'PRODUCT_PORT' },
  { name: 'inventory', entry: 'subgraphs/inventory/main.ts', portVariable: 'INVENTORY_PORT' },
  { name: 'order', entry: 'subgraphs/order/main.ts', portVariable: 'ORDER_PORT' },
  {
    name: 'resume-review',
    entry: 'subgraphs/resume-review/main.ts',
    portVariable: 'RESUME_REVIEW_PORT',
  },
  { name: 'registry', entry: 'schema/registry/main.ts', portVariable: 'REGISTRY_PORT' },
  // #region monolith
  { name: 'migration', entry: 'migration/serve.ts', portVariable: 'MIGRATION_PORT' },
  // #endregion monolith
  { name: 'gateway', entry: 'gateway/main.ts', portVariable: 'GATEWAY_PORT' },
] as const;

type ServerName = (typeof SERVERS)[number]['name'];

// #region monolith
/** What runs before anything serves, in order: the demo data, then the databases of the moves. */
export function tasksBefore({ settings, databases, dataDirectory }: Surroundings): Task[] {
  return [
    {
      name: 'seed',
      entry: 'subgraphs/legacy/monolith/seed/main.ts',
      env: {
        LOG_LEVEL: settings.LOG_LEVEL,
        DATABASE_URL: databases.legacy,
        SEED_SCALE: String(settings.SEED_SCALE),
        UPLOAD_DIRECTORY: join(dataDirectory, 'uploads'),
      },
    },
    {
      name: 'handover',
      entry: 'migration/main.ts',
      words: ['handover'],
      env: {
        LOG_LEVEL: settings.LOG_LEVEL,
        ...moverVariables({ databases, dataDirectory }),
        ...moveFlags(settings),
      },
    },
  ];
}
// #endregion monolith

/** The servers, each with its environment. */
export function serversOf(surroundings: Surroundings): Server[] {
  const { settings, secrets } = surroundings;
  const own = ownVariables(surroundings);
  return SERVERS.map(({ name, entry, portVariable }) => ({
    name,
    entry,
    portVariable,
    port: settings[portVariable],
    url: localUrl(settings, portVariable),
    env: {
      HOST: settings.HOST,
      PORT: String(settings[portVariable]),
      LOG_LEVEL: settings.LOG_LEVEL,
      IDENTITY_SECRET: secrets.IDENTITY_SECRET,
      ...(settings.REDIS_URL ? { REDIS_URL: settings.REDIS_URL } : {}),
      ...own[name],
    },
  }));
}

function ownVariables(
  surroundings: Surroundings,
): Record<ServerName, Readonly<Record<string, string>>> {
  const { settings, secrets, databases, dataDirectory } = surroundings;
  const graph = { GATEWAY_URL: `${localUrl(settings, 'GATEWAY_PORT')}/graphql` };
  // #region monolith
  const monolithUrl = localUrl(settings, 'MONOLITH_PORT');
  // #endregion monolith
  return {
    // #region monolith
    monolith: {
      DATABASE_URL: databases.legacy,
      SECRET_KEY: secrets.SECRET_KEY,
      AUTH_PUBLIC_JWKS: secrets.AUTH_PUBLIC_JWKS,
      API_MODE: settings.API_MODE,
      ...subgraphUrls(settings),
      MIGRATION_URL: localUrl(settings, 'MIGRATION_PORT'),
      UPLOAD_SECRET: secrets.UPLOAD_SECRET,
      UPLOAD_DIRECTORY: join(dataDirectory, 'uploads'),
    },
    legacy: { MONOLITH_URL: monolithUrl },
    migration: { ...moverVariables(surroundings), ...moveFlags(settings) },
    // #endregion monolith
    auth: { DATABASE_URL: databases.auth, AUTH_PRIVATE_JWK: secrets.AUTH_PRIVATE_JWK },
    product: { DATABASE_URL: databases.product },
    inventory: { DATABASE_URL: databases.inventory, ...graph },
    order: { DATABASE_URL: databases.orders, ...graph },
    'resume-review': {
      DATABASE_URL: databases.resume_review,
      ...graph,
      UPLOAD_SECRET: secrets.UPLOAD_SECRET,
      UPLOAD_DIRECTORY: join(dataDirectory, 'resume-review'),
      ...(settings.AI_API_KEY ? { AI_API_KEY: settings.AI_API_KEY } : {}),
    },
    registry: {
      CONTROL_DATABASE_URL: databases.control,
      REGISTRY_GRAPH: settings.REGISTRY_GRAPH,
      ...localKey(settings),
    },
    gateway: {
      AUTH_PUBLIC_JWKS: secrets.AUTH_PUBLIC_JWKS,
      API_MODE: settings.API_MODE,
      ...apolloVariables(settings),
      ...usageVariables(settings),
      // Without a file it asks Uplink.
      ...(settings.APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT
        ? {}
        : { SUPERGRAPH: 'schema/supergraph.graphql' }),
      ...subgraphUrls(settings),
      TRUST_OVERRIDE_HEADER: String(settings.TRUST_OVERRIDE_HEADER),
      // #region monolith
      SECRET_KEY: secrets.SECRET_KEY,
      MONOLITH_URL: monolithUrl,
      CONTROL_DATABASE_URL: databases.control,
      MIGRATION_URL: localUrl(settings, 'MIGRATION_PORT'),
      ...moveFlags(settings),
      // #endregion monolith
    },
  };
}

/** Where a process of this machine reaches a server. */
export function localUrl(settings: StartSettings, port: (typeof SERVERS)[number]['portVariable']) {
  const everywhere = settings.HOST === '0.0.0.0' || settings.HOST === '::';
  const host = everywhere ? '127.0.0.1' : settings.HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${settings[port]}`;
}

/** Which graph the gateway is at Apollo, or in a registry: the key is nobody else's. */
function apolloVariables({ APOLLO_KEY, APOLLO_GRAPH_REF }: StartSettings): Record<string, string> {
  return {
    ...(APOLLO_KEY ? { APOLLO_KEY } : {}),
    ...(APOLLO_GRAPH_REF ? { APOLLO_GRAPH_REF } : {}),
  };
}

/**
 * What clients use is told to the registry, where that has a key which everybody knows, as usage of its own graph: at Apollo
 * the gateway may be another one.
 */
function usageVariables(settings: StartSettings): Record<string, string> {
  const { REGISTRY_LOCAL_KEY: key } = localKey(settings);
  if (key === undefined) return {};
  const { APOLLO_GRAPH_REF: followed = '', REGISTRY_GRAPH: own } = settings;
  const isItsVariant = followed.split('@')[0] === own.split('@')[0];
  return {
    USAGE_COLLECTOR_URL: localUrl(settings, 'REGISTRY_PORT'),
    USAGE_COLLECTOR_KEY: key,
    USAGE_COLLECTOR_GRAPH_REF: isItsVariant ? followed : own,
  };
}

/** The key of the registry that everybody knows: only where nobody but this machine can reach it. */
export const LOCAL_KEY = 'service:strangler-graph:local';

function localKey({ HOST }: StartSettings): Record<string, string> {
  return isLoopback(HOST) ? { REGISTRY_LOCAL_KEY: LOCAL_KEY } : {};
}

// #region monolith
/** Where the mover finds the data of both sides: the database of each service, and the folders of uploaded files. */
export function moverVariables({
  databases,
  dataDirectory,
}: Pick<Surroundings, 'databases' | 'dataDirectory'>) {
  return {
    ...urlVariables(databases),
    LEGACY_UPLOAD_DIRECTORY: join(dataDirectory, 'uploads'),
    RESUME_REVIEW_UPLOAD_DIRECTORY: join(dataDirectory, 'resume-review'),
  };
}
// #endregion monolith

/** Where the gateway reaches each subgraph, by variable: AUTH_PORT is the port of SUBGRAPH_AUTH_URL. */
export function subgraphUrls(settings: StartSettings): Record<string, string> {
  const others: readonly ServerName[] = [
    // #region monolith
    'monolith',
    'migration',
    // #endregion monolith
    'registry',
    'gateway',
  ];
  const subgraphs = SERVERS.filter(({ name }) => !others.includes(name));
  return Object.fromEntries(
    subgraphs.map(({ portVariable }) => [
      `SUBGRAPH_${portVariable.replace(/_PORT$/, '')}_URL`,
      `${localUrl(settings, portVariable)}/graphql`,
    ]),
  );
}

// #region monolith
function moveFlags(settings: StartSettings): Record<string, string> {
  return Object.fromEntries(MOVES.map(({ flag }) => [flag, String(settings[flag])]));
}
// #endregion monolith
