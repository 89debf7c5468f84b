import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { Logger } from '#platform/log.ts';
import type { GatewayConfig } from './config.ts';
import type { GatewayContext } from './execute-operation.ts';
import { landingPage } from './http/landing-page.ts';
import { maskError } from './http/mask-error.ts';
import { persistedQueries } from './http/persisted-queries.ts';
import { stringifyResult } from './http/written-data.ts';
import type { SharedStores } from './limits/shared-stores.ts';
import type { SupergraphGateway } from './supergraph-gateway.ts';

export interface ApolloServerParts {
  readonly config: GatewayConfig;
  readonly log: Logger;
  readonly gateway: SupergraphGateway;
  /** In the order in which they are asked. */
  readonly plugins: readonly ApolloServerPlugin<GatewayContext>[];
  readonly shared: SharedStores;
}

/** Apollo Server in front of the gateway: it parses, validates, and answers over HTTP. */
export function apolloServer(parts: ApolloServerParts): ApolloServer<GatewayContext> {
  const { config, log, gateway, plugins, shared } = parts;
  return new ApolloServer<GatewayContext>({
    gateway,
    logger: log,
    introspection: config.introspection,
    hideSchemaDetailsFromClientErrors: !config.introspection,
    csrfPrevention: true,
    // The parser stops there; `admission` says why, and limits what was read.
    parseOptions: { maxTokens: config.limits.document.tokens },
    // A safelist takes their place.
    persistedQueries: config.safelist === null ? persistedQueries(shared.cache) : false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: maskError(log),
    stringifyResult,
    plugins: [
      landingPage(config),
      // With APOLLO_KEY it would report by itself what telemetry/usage/ reports: see there.
      ApolloServerPluginUsageReportingDisabled(),
      ...plugins,
    ],
  });
}
