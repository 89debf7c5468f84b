import { z } from 'zod';
import {
  ConfigError,
  databaseUrl,
  httpUrl,
  isLoopback,
  optional,
  readConfig,
  serverSettings,
  wholeNumber,
  type Environment,
} from '#platform/config.ts';
import { collectorSettings } from '#schema/usage-collector/config.ts';
import { parseGraphRef } from './graph-ref.ts';

/** What the process of the registry is told. */
export type RegistryConfig = ReturnType<typeof registryConfig>;

/** The variables that commands and the process read alike. */
const shared = {
  REGISTRY_GRAPH: z
    .string()
    .regex(/^[a-zA-Z][\w-]{0,63}@[\w.-]{1,63}$/)
    .default('strangler-graph@current')
    .describe('a graph and the variant that is filled at the first start, such as shop@current'),
};

const settings = {
  ...serverSettings(8030),
  ...shared,
  ...collectorSettings(),
  CONTROL_DATABASE_URL: databaseUrl(),
  DATABASE_POOL_SIZE: wholeNumber(5, 1, 200),
  /** Where people and Rover reach it, for links; what it listens on where it is not set. */
  REGISTRY_URL: optional(httpUrl()),
  /** A key that may do everything, and is kept nowhere. */
  REGISTRY_LOCAL_KEY: z.string().min(8).optional().describe('a key of at least 8 characters'),
  /** Seconds after which gateways shall ask again. */
  UPLINK_DELAY_SECONDS: wholeNumber(5, 1, 3_600),
  REGISTRY_SUBGRAPHS: file('schema/supergraph.yaml'),
  REGISTRY_CONTRACTS: file('schema/contracts.yaml'),
  REGISTRY_POLICY: file('schema/policy.yaml'),
};

function file(fallback: string) {
  return z.string().default(fallback).describe('the path of a file');
}

/** @throws ConfigError that lists every bad variable */
export function registryConfig(environment: Environment = process.env) {
  const config = readConfig('registry', settings, environment);
  if (config.REGISTRY_LOCAL_KEY !== undefined && !isLoopback(config.HOST)) {
    throw new ConfigError('registry', [
      `REGISTRY_LOCAL_KEY is set, and HOST is ${config.HOST}: a key that everybody knows is for 127.0.0.1 only; make others with \`npm run schema -- registry keys create\``,
    ]);
  }
  return { ...config, graph: parseGraphRef(config.REGISTRY_GRAPH) };
}

/** What the commands of the registry are told. */
export function registryCommandConfig(environment: Environment = process.env) {
  const config = readConfig('npm run schema -- registry', shared, environment);
  return { ...config, graph: parseGraphRef(config.REGISTRY_GRAPH) };
}
