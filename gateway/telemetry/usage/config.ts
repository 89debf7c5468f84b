import { hostname } from 'node:os';
import { z } from 'zod';
import { ConfigError, httpUrl, optional, wholeNumber } from '#platform/config.ts';

/** Who is told which operations and fields clients use. */
export interface UsageSettings {
  readonly destinations: readonly UsageDestination[];
  /** The name of this machine. */
  readonly hostname: string;
  /** Milliseconds between two reports. */
  readonly interval: number;
  /** The share of requests of which subgraphs are asked how long each field took: 0 to 1. */
  readonly traceRatio: number;
}

/** Somebody who takes reports in the protocol of Apollo. */
export interface UsageDestination {
  /** In logs and metrics. */
  readonly name: 'collector' | 'studio';
  /** Takes reports. */
  readonly url: string;
  readonly key: string;
  /** The graph as it is known there, such as `shop@production`. */
  readonly graphRef: string;
}

/** The graph of reports to our own collector where none is named. */
const OUR_GRAPH = 'strangler-graph@current';
const APOLLO = 'https://usage-reporting.api.apollographql.com';
/** https://www.apollographql.com/docs/graphos/platform/insights/sending-operation-metrics */
const PATH = '/api/ingress/traces';

/** The variables of usage reports, beside those of Apollo Uplink. The one of Apollo is named as its own tools do. */
export const usageSettings = () => ({
  USAGE_COLLECTOR_URL: optional(httpUrl()),
  USAGE_COLLECTOR_KEY: z.string().min(1).optional().describe('a key that the collector knows'),
  USAGE_COLLECTOR_GRAPH_REF: z.string().min(1).optional().describe('a graph and its variant'),
  USAGE_INTERVAL_MS: wholeNumber(10_000, 50, 600_000),
  USAGE_TRACE_RATIO: z.coerce
    .number()
    .min(0)
    .max(1)
    .default(0)
    .describe('the share of requests whose fields are timed, 0 to 1'),
  APOLLO_USAGE_REPORTING_URL: optional(httpUrl()),
});

type UsageVariables = z.infer<z.ZodObject<ReturnType<typeof usageSettings>>> & {
  readonly APOLLO_KEY?: string | undefined;
  readonly APOLLO_GRAPH_REF?: string | undefined;
  readonly APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT: readonly string[];
};

/**
 * Where usage is reported to; null: nowhere.
 *
 * @throws ConfigError for a collector without a key
 */
export function usageFrom(settings: UsageVariables): UsageSettings | null {
  const destinations = [...collector(settings), ...studio(settings)];
  if (destinations.length === 0) return null;
  return {
    destinations,
    hostname: hostname(),
    interval: settings.USAGE_INTERVAL_MS,
    traceRatio: settings.USAGE_TRACE_RATIO,
  };
}

function collector(settings: UsageVariables): UsageDestination[] {
  const { USAGE_COLLECTOR_URL: url, USAGE_COLLECTOR_KEY: key } = settings;
  if (url === undefined) return [];
  if (key === undefined) {
    const missing =
      'USAGE_COLLECTOR_KEY is not set: expected, with USAGE_COLLECTOR_URL, a key that the collector knows';
    throw new ConfigError('gateway', [missing]);
  }
  const graphRef = settings.USAGE_COLLECTOR_GRAPH_REF ?? settings.APOLLO_GRAPH_REF ?? OUR_GRAPH;
  return [{ name: 'collector', url: below(url), key, graphRef }];
}

/** A key that is for somebody else's Uplink is not Apollo's, and Apollo shall not see it. */
function studio(settings: UsageVariables): UsageDestination[] {
  const { APOLLO_KEY: key, APOLLO_GRAPH_REF: graphRef, APOLLO_USAGE_REPORTING_URL: own } = settings;
  if (key === undefined || graphRef === undefined) return [];
  const isApollos = settings.APOLLO_SCHEMA_CONFIG_DELIVERY_ENDPOINT.length === 0;
  const url = own ?? (isApollos ? APOLLO : undefined);
  return url === undefined ? [] : [{ name: 'studio', url: below(url), key, graphRef }];
}

function below(url: string): string {
  return `${url.replace(/\/$/, '')}${PATH}`;
}
