import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller, CallerReader } from '../identity/caller.ts';
import { OVERRIDE_HEADER, type LabelDecision } from '../labels/label-decision.ts';
import type { GatewayContext } from '../supergraph-gateway.ts';
import { answerRequestError } from './request-errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent a GraphQL request; null for all other requests. */
    caller: Caller | null;
  }
}

/** Serves GraphQL at `/graphql`. Who calls is found out before the body is read. */
export async function addGraphqlRoute(
  server: FastifyInstance,
  apollo: ApolloServer<GatewayContext>,
  readCaller: CallerReader,
  decide: LabelDecision,
): Promise<void> {
  server.decorateRequest('caller', null);
  await server.register(async (scope) => {
    scope.setErrorHandler(answerRequestError);
    scope.route({
      // Apollo Server says itself which methods it takes.
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: '/graphql',
      onRequest: async (request) => {
        request.caller = await readCaller(request);
      },
      handler: fastifyApolloHandler(apollo, {
        context: async (request) => contextOf(request, decide),
      }),
    });
  });
}

function contextOf(request: FastifyRequest, decide: LabelDecision): GatewayContext {
  const { subject, subgraphHeaders } = request.caller as Caller;
  const header = request.headers[OVERRIDE_HEADER] as string | undefined;
  return {
    subgraphHeaders,
    decideLabels: (labels) => decide(labels, { header, subject }),
  };
}
