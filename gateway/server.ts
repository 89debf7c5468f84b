import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageLocalDefault } from '@apollo/server/plugin/landingPage/default';
import { createHttpServer, listen, type RunningServer } from '#platform/http-server.ts';
import { createLog, type Logger } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import type { GatewayConfig } from './config.ts';
import { subgraphConnections, type SubgraphConnections } from './execution/subgraph-sources.ts';
import { addCors } from './http/cors.ts';
import { addExplorer } from './http/explorer.ts';
import { addGraphqlRoute } from './http/graphql-route.ts';
import { maskError } from './http/mask-error.ts';
import { operationCount } from './http/operation-count.ts';
import { forwardedCallers, verifiedCallers } from './identity/caller.ts';
import { implementationLog } from './labels/implementation-log.ts';
import { labelDecision } from './labels/label-decision.ts';
import { gatewayMetrics, type GatewayMetrics } from './metrics.ts';
import { addPassThrough } from './pass-through/pass-through.ts';
import { createPlanner } from './planning/planner.ts';
import { SupergraphGateway, type GatewayContext } from './supergraph-gateway.ts';
import { supergraphFile } from './supergraph/supergraph-file.ts';

/**
 * The most fields that an operation may select once its fragments are written out: a page of text can spell
 * out millions, and planning them would hold the only thread.
 */
const MAX_SELECTIONS = 10_000;

/** Starts the gateway. @throws SupergraphError where its supergraph cannot be used */
export async function startGateway(config: GatewayConfig): Promise<RunningServer> {
  const log = createLog('gateway', config.LOG_LEVEL);
  const { registry, ...counted } = createMetrics('gateway', config.PORT !== 0);
  const metrics = gatewayMetrics(registry);
  const { subgraphUrls: urls, subgraphTimeout: timeout } = config;
  const connections = subgraphConnections({ urls, timeout, metrics, log });
  const apollo = apolloServer(config, log, metrics, connections);
  await apollo.start();

  // The server listens only with a supergraph, and from then on always has one: there is nothing else to be ready for.
  const server = createHttpServer({ log, metrics: { registry, ...counted }, readiness: [] });
  await addCors(server, config.corsOrigins);
  const readCaller = config.callers
    ? verifiedCallers(config.callers, config.trustProxy)
    : forwardedCallers();
  const decide = labelDecision(config.targets, config.trustOverrideHeader);
  await addGraphqlRoute(server, apollo, readCaller, decide);
  addExplorer(server);
  server.get('/', async (_request, reply) => reply.redirect('/graphql'));
  if (config.monolithUrl !== null) {
    await addPassThrough(server, { ...config, url: config.monolithUrl });
  }
  return listen(server, config, async () => {
    await apollo.stop();
    await connections.close();
  });
}

function apolloServer(
  config: GatewayConfig,
  log: Logger,
  metrics: GatewayMetrics,
  connections: SubgraphConnections,
): ApolloServer<GatewayContext> {
  const announce = implementationLog(config.targets, log);
  const gateway = new SupergraphGateway({
    manager: supergraphFile(config.supergraphFile, log),
    origin: config.supergraphFile,
    createPlanner: (supergraph) => createPlanner(supergraph, metrics.plans),
    createSource: (name, url) => connections.source(name, url),
    createSources: (supergraph) => connections.sources(supergraph),
    loaded: ({ labels, subgraphs }) => {
      metrics.supergraphLoads.inc();
      log.info({ subgraphs, labels: [...labels] }, 'the supergraph is loaded');
      announce(labels);
    },
  });
  return new ApolloServer<GatewayContext>({
    gateway,
    logger: log,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    csrfPrevention: true,
    maxRecursiveSelections: MAX_SELECTIONS,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskError(log),
    plugins: [
      ApolloServerPluginLandingPageLocalDefault({ embed: true, footer: false }),
      operationCount(metrics),
    ],
  });
}
