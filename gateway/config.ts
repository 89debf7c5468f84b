import { fileURLToPath } from 'node:url';
import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';
import {
  flag,
  httpUrl,
  isLoopback,
  optional,
  readConfig,
  secret,
  serverSettings,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { accessTokenSettings } from '#platform/identity/access-token.ts';
import { moveSettings, targetsFrom, unknownMoveSettings } from '#platform/moves/config.ts';
import type { MoveName, Side } from '#platform/moves/moves.ts';
import { authorizationSettings } from './authorization/config.ts';
import { limitSettings, limitsFrom, type Limits } from './limits/config.ts';
import { planningLimits, planningSettings } from './planning/config.ts';
import type { PlanningLimits } from './planning/planning.ts';
import { routingSettings, type RoutingSettings } from './routing/config.ts';
import { contractSource, supergraphSettings, supergraphSource } from './supergraph/config.ts';
import type { SupergraphSource } from './supergraph/supergraph-source.ts';
import { telemetryFrom, telemetrySettings, type TelemetrySettings } from './telemetry/config.ts';
import { usageFrom, usageSettings, type UsageSettings } from './telemetry/usage/config.ts';

/** How callers are identified: by the access tokens of both sides, told to subgraphs in a signed header. */
export interface CallerSettings {
  /** Of the monolith's tokens; undefined: they are refused. */
  readonly secretKey: string | undefined;
  readonly authPublicJwks: JSONWebKeySet;
  readonly identitySecret: string;
}

/** What the gateway is told. */
export interface GatewayConfig {
  readonly HOST: string;
  readonly PORT: number;
  readonly LOG_LEVEL: string;
  /** Where `/metrics` and the details of `/health/ready` are; null: nowhere of their own. */
  readonly adminPort: number | null;
  /** Whether others than this machine may reach the port of clients: then it tells nothing of the inside. */
  readonly isPublic: boolean;
  /** Where the supergraph comes from. */
  readonly supergraph: SupergraphSource;
  /** The contract that clients are served, and services of ours are not; null: all are served the whole graph. */
  readonly contract: SupergraphSource | null;
  /** The graph and its variant in Apollo Studio, which the landing page of production names; null: none is known. */
  readonly graphRef: string | null;
  /** Whether this is no developer's machine. */
  readonly isProduction: boolean;
  readonly planning: PlanningLimits;
  /** A folder or a manifest of the operations that clients send, planned before they are asked for; null: none. */
  readonly operations: string | null;
  /** URLs that replace those of the supergraph, by the names of their variables (`SUBGRAPH_AUTH_URL`). */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  /** Milliseconds that a subgraph may take to answer. */
  readonly subgraphTimeout: number;
  /** Milliseconds to a connection to a subgraph. */
  readonly connectTimeout: number;
  /** Whether identical fetches in flight are shared. */
  readonly shareFetches: boolean;
  readonly routing: RoutingSettings;
  /** null: tokens are not looked at, and the Authorization header goes to the subgraphs. */
  readonly callers: CallerSettings | null;
  /** Where REST requests are passed on to; null: nowhere. */
  readonly monolithUrl: string | null;
  /** The side that each move is asked to answer from. */
  readonly targets: Readonly<Record<MoveName, Side>>;
  /** Whether a request may say which labels are on. */
  readonly trustOverrideHeader: boolean;
  /** Whether X-Forwarded-For is believed: only where a proxy of ours is the only way in. */
  readonly trustProxy: boolean;
  /** Origins of browsers that may read answers, beside Apollo Studio. */
  readonly corsOrigins: readonly string[];
  /** Whether clients may read the schema. */
  readonly introspection: boolean;
  readonly limits: Limits;
  readonly telemetry: TelemetrySettings;
  /** Who is told what clients use; null: nobody. */
  readonly usage: UsageSettings | null;
  /** A manifest of the only operations that are answered; null: all are. */
  readonly safelist: string | null;
  /** The module that decides the policies of `@policy`; null: none holds. */
  readonly policies: string | null;
  /** Where replicas count requests together, and share persisted queries; null: nowhere. */
  readonly redisUrl: string | null;
}

const DEFAULT_SUPERGRAPH = fileURLToPath(new URL('../schema/supergraph.graphql', import.meta.url));
const OUR_OPERATIONS = fileURLToPath(new URL('../schema/operations', import.meta.url));

const commonSettings = {
  ...serverSettings(8000),
  ADMIN_PORT: optional(z.coerce.number().int().min(1).max(65_535).describe('a port, 1 to 65535')),
  ...moveSettings(),
  ...supergraphSettings(),
  ...planningSettings(),
  ...limitSettings(),
  ...authorizationSettings(),
  ...telemetrySettings(),
  ...usageSettings(),
  ...routingSettings(),
  SUBGRAPH_TIMEOUT_MS: wholeNumber(10_000, 1, 600_000),
  SUBGRAPH_CONNECT_TIMEOUT_MS: wholeNumber(1_000, 1, 60_000),
  SHARE_FETCHES: flag(true),
  TRUST_OVERRIDE_HEADER: flag(false),
  TRUST_PROXY: flag(false),
  CORS_ORIGINS: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((origin) => origin.trim()))
    .transform((origins) => origins.filter((origin) => origin !== ''))
    .refine((origins) => origins.every((text) => URL.canParse(text)), 'not a list of origins')
    .refine((origins) => origins.every((text) => new URL(text).origin === text), 'has a path')
    .describe(
      'origins with commas between them, such as https://shop.example,https://admin.example',
    ),
  INTROSPECTION: flag(true),
  MONOLITH_URL: optional(httpUrl()),
};

const callerSettings = { ...accessTokenSettings(), IDENTITY_SECRET: secret() };
// #region monolith
/** What our own graph needs as long as the monolith is a part of it. */
const monolithSettings = {
  SECRET_KEY: secret(),
  MONOLITH_URL: httpUrl().default('http://127.0.0.1:8001'),
};
// #endregion monolith
const noCallerSettings = {
  SECRET_KEY: z.undefined(),
  AUTH_PUBLIC_JWKS: z.undefined(),
  IDENTITY_SECRET: z.undefined(),
};

/** The names of all variables that the gateway reads, but for `SUBGRAPH_<NAME>_URL`. */
export const VARIABLES: readonly string[] = Object.keys({ ...commonSettings, ...callerSettings });

/** Reads the settings of the gateway in front of our own graph. @throws ConfigError that lists every bad variable */
export function gatewayConfig(environment: Environment = process.env): GatewayConfig {
  const shape = {
    ...commonSettings,
    ...callerSettings,
    // #region monolith
    ...monolithSettings,
    // #endregion monolith
  };
  return read(shape, { ...environment, OPERATIONS: environment.OPERATIONS ?? OUR_OPERATIONS });
}

/** What the command line says. */
export interface GatewayArguments {
  /** The path of the supergraph. */
  readonly supergraph: string;
  readonly port: string | undefined;
  readonly trustOverrideHeader: boolean;
}

/**
 * Reads the settings of a gateway in front of any other graph. Tokens are verified only where their secrets
 * are set, and REST is passed on only where MONOLITH_URL is set.
 *
 * @throws ConfigError that lists every bad variable
 */
export function standaloneConfig(
  given: GatewayArguments,
  environment: Environment = process.env,
): GatewayConfig {
  const verifies = Object.keys(callerSettings).some((name) => environment[name]);
  const shape = {
    ...commonSettings,
    ...(verifies ? callerSettings : noCallerSettings),
  };
  return read(shape, {
    ...environment,
    SUPERGRAPH: given.supergraph,
    PORT: given.port ?? environment.PORT,
    TRUST_OVERRIDE_HEADER: given.trustOverrideHeader ? 'true' : environment.TRUST_OVERRIDE_HEADER,
  });
}

type Shape = Omit<typeof commonSettings, 'MONOLITH_URL'> &
  (Omit<typeof callerSettings, 'SECRET_KEY'> | Omit<typeof noCallerSettings, 'SECRET_KEY'>) & {
    MONOLITH_URL: z.ZodType<string | undefined>;
    SECRET_KEY: z.ZodType<string | undefined>;
  };

function read(shape: Shape, environment: Environment): GatewayConfig {
  const urls = Object.keys(environment).filter((name) => /^SUBGRAPH_[A-Z0-9_]+_URL$/.test(name));
  const urlSettings = Object.fromEntries(urls.map((name) => [name, optional(httpUrl())]));
  const others = { ...urlSettings, ...unknownMoveSettings(environment) };
  const settings = readConfig('gateway', { ...others, ...shape }, environment);
  const supergraph = supergraphSource(settings, DEFAULT_SUPERGRAPH);
  return {
    HOST: settings.HOST,
    PORT: settings.PORT,
    LOG_LEVEL: settings.LOG_LEVEL,
    adminPort: settings.ADMIN_PORT ?? null,
    isPublic: settings.ADMIN_PORT !== undefined || !isLoopback(settings.HOST),
    supergraph,
    contract: contractSource(settings, supergraph),
    graphRef: settings.APOLLO_GRAPH_REF ?? null,
    isProduction: settings.NODE_ENV === 'production',
    planning: planningLimits(settings),
    operations: settings.OPERATIONS ?? null,
    subgraphUrls: subgraphUrls(settings, urls),
    subgraphTimeout: settings.SUBGRAPH_TIMEOUT_MS,
    connectTimeout: settings.SUBGRAPH_CONNECT_TIMEOUT_MS,
    shareFetches: settings.SHARE_FETCHES,
    routing: settings,
    callers: settings.IDENTITY_SECRET === undefined ? null : callers(settings),
    monolithUrl: settings.MONOLITH_URL ?? null,
    targets: targetsFrom(settings),
    trustOverrideHeader: settings.TRUST_OVERRIDE_HEADER,
    trustProxy: settings.TRUST_PROXY,
    corsOrigins: settings.CORS_ORIGINS,
    introspection: settings.INTROSPECTION,
    limits: limitsFrom(settings),
    telemetry: telemetryFrom(settings),
    usage: usageFrom(settings),
    policies: settings.POLICIES ?? null,
    safelist: settings.SAFELIST ?? null,
    redisUrl: settings.REDIS_URL ?? null,
  };
}

type CallerVariables = z.infer<z.ZodObject<typeof callerSettings>>;

function callers(settings: CallerVariables): CallerSettings {
  return {
    secretKey: settings.SECRET_KEY,
    authPublicJwks: settings.AUTH_PUBLIC_JWKS,
    identitySecret: settings.IDENTITY_SECRET,
  };
}

function subgraphUrls(settings: object, names: readonly string[]): Record<string, string> {
  const entries = Object.entries(settings).filter(([name]) => names.includes(name));
  return Object.fromEntries(entries.filter(([, url]) => url !== undefined));
}
