import { createHttpServer, listen, type RunningServer } from '#platform/http-server.ts';
import { createLog, type Logger } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import { openAdminServer } from './admin-server.ts';
import type { GatewayConfig } from './config.ts';
import { addCors } from './http/cors.ts';
import { addExplorer } from './http/explorer.ts';
import { addContractRoute } from './http/contract-route.ts';
import { contractViews } from './http/contract-views.ts';
import type { DoorOptions } from './http/door.ts';
import { addGraphqlRoute } from './http/graphql-route.ts';
import { forwardedCallers, verifiedCallers } from './identity/caller.ts';
import { clientAddress } from './identity/client-address.ts';
import { concurrency } from './limits/concurrency.ts';
import { openSharedStores } from './limits/shared-stores.ts';
import { rateLimits } from './limits/request-rates.ts';
import { gatewayMetrics, type GatewayMetrics } from './metrics.ts';
import { openSettlement } from './mutations/open-settlement.ts';
import { addPassThrough } from './pass-through/pass-through.ts';
import { settleRequests } from './pass-through/settle-request.ts';
import { openGraphs } from './open-graphs.ts';
import { implementationLog } from './routing/implementation-log.ts';
import { openRouting, type Routing } from './routing/routing.ts';
import type { ServedGraphs } from './served-graphs.ts';
import { addStatusMetrics } from './telemetry/status-metrics.ts';
import { openTelemetry } from './telemetry/telemetry.ts';
import { subgraphTransport, type SubgraphTransport } from './transport/subgraph-transport.ts';

/** Starts the gateway. @throws SupergraphError where its supergraph cannot be used */
export async function startGateway(config: GatewayConfig): Promise<RunningServer> {
  const log = createLog('gateway', config.LOG_LEVEL);
  const { registry, ...counted } = createMetrics('gateway', config.PORT !== 0);
  const metrics = gatewayMetrics(registry);
  const transport = openTransport(config, metrics, log);
  const shared = await openSharedStores(config.redisUrl, log);
  const telemetry = await openTelemetry(config.telemetry, config.usage, registry, log);
  const graphs = await openGraphs({ config, metrics, log, transport, shared, telemetry });
  const announce = implementationLog(log);
  const routing = await startRouting(config, metrics, log, graphs, announce);
  const settlement = openSettlement({
    settings: config.routing,
    states: routing.states,
    log,
    metrics: metrics.settlement,
  });
  const close = async (): Promise<void> => {
    await graphs.stop();
    await Promise.all([transport.close(), routing.close(), shared.close(), telemetry.close()]);
    await settlement.close();
  };
  await graphs.start();
  // It listens only with a supergraph and with the states of the moves, and from then on always has both.
  await routing.states.known;
  announce(graphs.labels(), routing.states.current());

  addStatusMetrics(registry, {
    supergraph: () => graphs.status(),
    subgraphs: () => transport.status(),
    flags: () => routing.flags(),
  });
  const inside = {
    log,
    metrics: { registry, ...counted },
    readiness: [],
    details: () => ({
      supergraph: graphs.status(),
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
  const door: DoorOptions = {
    readCaller,
    addressOf: (request) => clientAddress(request, trustProxy),
    rates: rateLimits(config.limits.rates, shared.redis),
    concurrency: concurrency(config.limits.concurrent),
  };
  await addGraphqlRoute(server, graphs.answering, {
    ...door,
    bodyLimit: config.limits.body,
    decide: routing.decide,
    states: routing.states,
    settlement,
    recording: telemetry.recording,
    trustProxy,
  });
  const contracts = contractViews(config);
  addExplorer(server, contracts);
  await addContractRoute(server, { ...door, contracts, limits: config.limits.document });
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

/** Milliseconds that a change of the moves waits for plans: it shall reach every replica within a second. */
const WARM_UP_TIME = 250;

async function startRouting(
  config: GatewayConfig,
  { routing: metrics }: GatewayMetrics,
  log: Logger,
  graphs: ServedGraphs,
  announce: ReturnType<typeof implementationLog>,
): Promise<Routing> {
  const { routing: settings, targets, trustOverrideHeader: trustHeader } = config;
  return openRouting({
    settings,
    targets,
    trustHeader,
    log,
    metrics,
    prepare: (next) => graphs.warm(next, WARM_UP_TIME),
    changed: (snapshot) => announce(graphs.labels(), snapshot),
  });
}
