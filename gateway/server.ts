import { createHttpServer, listen, type RunningServer } from '#platform/http-server.ts';
import { createLog, type Logger } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { loadPolicies, noPolicies } from './authorization/policies.ts';
import { openAdminServer } from './admin-server.ts';
import { apolloServer } from './apollo-server.ts';
import type { GatewayConfig } from './config.ts';
import { compileOperation } from './execution/compile-operation.ts';
import { addCors } from './http/cors.ts';
import { addExplorer } from './http/explorer.ts';
import { addGraphqlRoute } from './http/graphql-route.ts';
import { forwardedCallers, verifiedCallers } from './identity/caller.ts';
import { clientAddress } from './identity/client-address.ts';
import { admission } from './limits/admission.ts';
import { concurrency } from './limits/concurrency.ts';
import { openSharedStores } from './limits/shared-stores.ts';
import { rateLimits } from './limits/request-rates.ts';
import { readSafelist } from './limits/safelist.ts';
import { gatewayMetrics, type GatewayMetrics } from './metrics.ts';
import { openSettlement } from './mutations/open-settlement.ts';
import { addPassThrough } from './pass-through/pass-through.ts';
import { settleRequests } from './pass-through/settle-request.ts';
import { readKnownOperations } from './planning/known-operations.ts';
import { createPlanning } from './planning/planning.ts';
import { implementationLog } from './routing/implementation-log.ts';
import { openRouting, type Routing } from './routing/routing.ts';
import { SupergraphGateway } from './supergraph-gateway.ts';
import { originOf, supergraphManager } from './supergraph/supergraph-source.ts';
import { addStatusMetrics } from './telemetry/status-metrics.ts';
import { openTelemetry } from './telemetry/telemetry.ts';
import { subgraphTransport, type SubgraphTransport } from './transport/subgraph-transport.ts';
import { subgraphUrls } from './transport/subgraph-urls.ts';

/** Starts the gateway. @throws SupergraphError where its supergraph cannot be used */
export async function startGateway(config: GatewayConfig): Promise<RunningServer> {
  const log = createLog('gateway', config.LOG_LEVEL);
  const { registry, ...counted } = createMetrics('gateway', config.PORT !== 0);
  const metrics = gatewayMetrics(registry);
  const transport = openTransport(config, metrics, log);
  const gateway = await supergraphGateway(config, metrics, log, transport);
  const announce = implementationLog(log);
  const routing = await startRouting(config, metrics, log, gateway, announce);
  const settlement = openSettlement({
    settings: config.routing,
    states: routing.states,
    log,
    metrics: metrics.settlement,
  });
  const safelist = config.safelist === null ? null : await readSafelist(config.safelist);
  const shared = await openSharedStores(config.redisUrl, log);
  const telemetry = await openTelemetry(config.telemetry, registry, log);
  const plugins = [...telemetry.plugins, admission({ limits: config.limits, safelist })];
  const apollo = apolloServer({ config, log, gateway, plugins, shared });
  const close = async (): Promise<void> => {
    await apollo.stop();
    await Promise.all([transport.close(), routing.close(), shared.close(), telemetry.close()]);
    await settlement.close();
  };
  await apollo.start();
  // It listens only with a supergraph and with the states of the moves, and from then on always has both.
  await routing.states.known;
  announce(gateway.labels() ?? new Set(), routing.states.current());

  addStatusMetrics(registry, {
    supergraph: () => gateway.status(),
    subgraphs: () => transport.status(),
    flags: () => routing.flags(),
  });
  const inside = {
    log,
    metrics: { registry, ...counted },
    readiness: [],
    details: () => ({
      supergraph: gateway.status(),
      moves: routing.states.status(),
      flags: routing.flags(),
      subgraphs: transport.status(),
    }),
  };
  const server = createHttpServer({ ...inside, isPublic: config.isPublic });
  await addCors(server, config.corsOrigins);
  const { trustProxy } = config;
  const readCaller = config.callers
    ? verifiedCallers(config.callers, trustProxy)
    : forwardedCallers();
  await addGraphqlRoute(server, apollo, {
    readCaller,
    addressOf: (request) => clientAddress(request, trustProxy),
    rates: rateLimits(config.limits.rates, shared.redis),
    concurrency: concurrency(config.limits.concurrent),
    bodyLimit: config.limits.body,
    decide: routing.decide,
    states: routing.states,
    settlement,
    recording: telemetry.recording,
    trustProxy,
  });
  addExplorer(server);
  server.get('/', async (_request, reply) => reply.redirect('/graphql'));
  await addPassThrough(server, {
    ...config,
    settle: settleRequests({ settlement, readCaller, trustProxy }),
  });
  const admin = await openAdminServer(config, inside);
  return listen(server, config, async () => {
    await admin?.close();
    await close();
  });
}

function openTransport(
  config: GatewayConfig,
  { transport: metrics }: GatewayMetrics,
  log: Logger,
): SubgraphTransport {
  const { subgraphTimeout: timeout, connectTimeout, shareFetches: share } = config;
  return subgraphTransport({ timeout, connectTimeout, share, metrics, log });
}

async function supergraphGateway(
  config: GatewayConfig,
  metrics: GatewayMetrics,
  log: Logger,
  transport: SubgraphTransport,
): Promise<SupergraphGateway> {
  return new SupergraphGateway({
    createManager: (failed) => supergraphManager(config.supergraph, log, failed),
    origin: originOf(config.supergraph),
    planning: createPlanning({
      limits: config.planning,
      operations: config.operations === null ? [] : await readKnownOperations(config.operations),
      compile: (plan, document, name, { schema, clientSchema }) =>
        compileOperation(plan, document, name, { supergraph: schema, client: clientSchema }),
      metrics: metrics.planning,
      log,
    }),
    policies: config.policies === null ? noPolicies : await loadPolicies(config.policies, log),
    urlsOf: ({ subgraphs }) => subgraphUrls(subgraphs, config.subgraphUrls),
    sender: (urls, call) => transport.forCall(urls, call),
    replanned: (reason) => metrics.replans.inc({ reason }),
    loaded: ({ labels, subgraphs }) => {
      metrics.supergraphLoads.inc();
      log.info({ subgraphs, labels: [...labels] }, 'the supergraph is loaded');
    },
    log,
  });
}

/** Milliseconds that a change of the moves waits for plans: it shall reach every replica within a second. */
const WARM_UP_TIME = 250;

async function startRouting(
  config: GatewayConfig,
  { routing: metrics }: GatewayMetrics,
  log: Logger,
  gateway: SupergraphGateway,
  announce: ReturnType<typeof implementationLog>,
): Promise<Routing> {
  const { routing: settings, targets, trustOverrideHeader: trustHeader } = config;
  return openRouting({
    settings,
    targets,
    trustHeader,
    log,
    metrics,
    prepare: (next) => gateway.warm(next, WARM_UP_TIME),
    changed: (snapshot) => announce(gateway.labels() ?? new Set(), snapshot),
  });
}
