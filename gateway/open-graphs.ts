import type { Logger } from '#platform/log.ts';
import { apolloServer } from './apollo-server.ts';
import { loadPolicies, noPolicies, type DecidePolicies } from './authorization/policies.ts';
import type { GatewayConfig } from './config.ts';
import { compileOperation } from './execution/compile-operation.ts';
import { admission } from './limits/admission.ts';
import { readSafelist, type Safelist } from './limits/safelist.ts';
import type { SharedStores } from './limits/shared-stores.ts';
import type { GatewayMetrics } from './metrics.ts';
import { readKnownOperations } from './planning/known-operations.ts';
import type { PlanningMetrics } from './planning/metrics.ts';
import { createPlanning } from './planning/planning.ts';
import type { KnownOperation } from './planning/warm-up.ts';
import { servedGraphs, type ServedGraph, type ServedGraphs } from './served-graphs.ts';
import { SupergraphGateway } from './supergraph-gateway.ts';
import {
  originOf,
  supergraphManager,
  type SupergraphSource,
} from './supergraph/supergraph-source.ts';
import type { Telemetry } from './telemetry/telemetry.ts';
import type { SubgraphTransport } from './transport/subgraph-transport.ts';
import { subgraphUrls } from './transport/subgraph-urls.ts';

/** What graphs are opened with. */
export interface GraphParts {
  readonly config: GatewayConfig;
  readonly metrics: GatewayMetrics;
  readonly log: Logger;
  readonly transport: SubgraphTransport;
  readonly shared: SharedStores;
  readonly telemetry: Telemetry;
}

/** Opens the graph of clients; and one for services of ours, where clients are served a part, or by a safelist. */
export async function openGraphs(parts: GraphParts): Promise<ServedGraphs> {
  const { config, metrics, log } = parts;
  const policies = config.policies === null ? noPolicies : await loadPolicies(config.policies, log);
  const safelist = config.safelist === null ? null : await readSafelist(config.safelist);
  const operations = config.operations === null ? [] : await readKnownOperations(config.operations);
  const clients = openGraph(parts, {
    source: config.contract ?? config.supergraph,
    policies,
    safelist,
    operations,
    metrics: metrics.planning,
    loaded: () => metrics.supergraphLoads.inc(),
  });
  const isAll = config.contract === null && safelist === null;
  if (isAll || config.callers === null) return servedGraphs(clients, null);
  const services = openGraph(parts, {
    source: config.supergraph,
    policies,
    safelist: null,
    operations: [],
    // What these gauges say is said of clients.
    metrics: { ...metrics.planning, kept: { set: () => {} }, waiting: { set: () => {} } },
    loaded: () => {},
  });
  return servedGraphs(clients, services);
}

interface GraphOptions {
  readonly source: SupergraphSource;
  readonly policies: DecidePolicies;
  readonly safelist: Safelist | null;
  /** Those that are known before they are asked. */
  readonly operations: readonly KnownOperation[];
  readonly metrics: PlanningMetrics;
  readonly loaded: () => void;
}

function openGraph(
  { config, metrics, log, transport, shared, telemetry }: GraphParts,
  { source, policies, safelist, operations, metrics: planning, loaded }: GraphOptions,
): ServedGraph {
  const gateway = new SupergraphGateway({
    createManager: (failed) => supergraphManager(source, log, failed),
    origin: originOf(source),
    planning: createPlanning({
      limits: config.planning,
      operations,
      compile: (plan, document, name, { schema, clientSchema }) =>
        compileOperation(plan, document, name, { supergraph: schema, client: clientSchema }),
      metrics: planning,
      log,
    }),
    policies,
    urlsOf: ({ subgraphs }) => subgraphUrls(subgraphs, config.subgraphUrls),
    sender: (urls, call) => transport.forCall(urls, call),
    replanned: (reason) => metrics.replans.inc({ reason }),
    loaded: ({ labels, subgraphs }) => {
      loaded();
      log.info({ subgraphs, labels: [...labels] }, 'the supergraph is loaded');
    },
    log,
  });
  const plugins = [...telemetry.plugins, admission({ limits: config.limits, safelist })];
  return { apollo: apolloServer({ config, log, gateway, plugins, shared }), gateway };
}
