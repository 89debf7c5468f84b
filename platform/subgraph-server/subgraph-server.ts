import { readFileSync } from 'node:fs';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parse, type GraphQLSchema } from 'graphql';
import { identityKey } from '#platform/identity/signed-identity.ts';
import type { Identity } from '#platform/identity/identity.ts';
import {
  createHttpServer,
  listen,
  type ReadinessCheck,
  type RunningServer,
} from '#platform/http-server.ts';
import { createLog, type Logger } from '#platform/log.ts';
import { createMetrics, type Metrics } from '#platform/metrics.ts';
import type { OwnershipHere } from '#platform/moves/ownership-here.ts';
import { maskError } from './mask-error.ts';
import { tellNotFoundHere } from './not-found-here.ts';
import { requireIdentity } from './require-identity.ts';
import type { SubgraphSettings } from './settings.ts';

/**
 * Resolvers by type and field. They are typed where they are written, by `schema.generated.ts`; the type of
 * `@apollo/subgraph` is wider than that and narrower at the same time, so here any object will do.
 */
export type Resolvers = object;

/** What a subgraph is made of. */
export interface SubgraphDefinition<Context extends object> {
  readonly name: string;
  /** The path of `schema.graphql`. */
  readonly schemaFile: string;
  readonly resolvers: Resolvers;
  /** Makes the context of one request: its identity, its loaders. */
  readonly context: (request: { identity: Identity; log: Logger }) => Context;
  /** Adds what is served beside GraphQL, such as a route for the bytes of uploads. */
  readonly routes?: (server: FastifyInstance) => Promise<void>;
  readonly readiness: readonly ReadinessCheck[];
  /** Whether the other side of a move may have what was noted as not found here; absent: what is noted is told. */
  readonly mayBeElsewhere?: OwnershipHere['mayBeElsewhere'];
  /** Closes what the subgraph holds, after the last request. */
  readonly close: () => Promise<void>;
}

/** What a subgraph is given before it is defined, so that its database and cache log and count in one place. */
export interface SubgraphTools {
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** The log and the metrics of a subgraph. */
export function subgraphTools(name: string, settings: SubgraphSettings): SubgraphTools {
  return {
    log: createLog(name, settings.LOG_LEVEL),
    metrics: createMetrics(name, settings.PORT !== 0),
  };
}

/** Reads a schema file and joins it with resolvers. @throws when a resolver has no field, or the schema is not valid */
function subgraphSchema(schemaFile: string, resolvers: Resolvers): GraphQLSchema {
  const typeDefs = parse(readFileSync(schemaFile, 'utf8'));
  return buildSubgraphSchema([{ typeDefs, resolvers: resolvers as GraphQLResolverMap }]);
}

/**
 * Serves a subgraph: GraphQL at `/graphql` for callers with the gateway's signature (401 for all others),
 * health and metrics beside it.
 */
export async function serveSubgraph<Context extends object>(
  definition: SubgraphDefinition<Context>,
  settings: SubgraphSettings,
  { log, metrics }: SubgraphTools,
): Promise<RunningServer> {
  const server = createHttpServer({
    log,
    metrics,
    readiness: definition.readiness,
    bodyLimit: 10_485_760,
  });
  const apollo = new ApolloServer<Context>({
    schema: subgraphSchema(definition.schemaFile, definition.resolvers),
    logger: log,
    introspection: true,
    // The gateway is the only caller: it always sends JSON, so there is no simple request to forge.
    csrfPrevention: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskError(log),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      tellNotFoundHere(definition.mayBeElsewhere ?? (async () => true)),
    ],
  });
  await apollo.start();
  const identify = requireIdentity(identityKey(settings.IDENTITY_SECRET));
  const handler = fastifyApolloHandler(apollo, {
    context: async (request: FastifyRequest) =>
      definition.context({ identity: request.identity as Identity, log: request.log as Logger }),
  });
  server.decorateRequest('identity', null);
  server.post('/graphql', { preHandler: identify }, handler);
  await definition.routes?.(server);
  return listen(server, settings, async () => {
    await apollo.stop();
    await definition.close();
  });
}
