import type { ApolloServer } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GatewayContext } from '../execute-operation.ts';
import type { Caller } from '../identity/caller.ts';
import type { Settlement } from '../mutations/open-settlement.ts';
import type { LabelDecision } from '../routing/label-decision.ts';
import type { MoveStates } from '../routing/move-states.ts';
import { OVERRIDE_HEADER } from '../routing/override-header.ts';
import { subjectOf } from '../routing/subject.ts';
import { addRequestRecords, type RecordingOptions } from '../telemetry/request-records.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { answerByApollo } from './apollo-handler.ts';
import { addDoor, type DoorOptions } from './door.ts';
import { answerNoRoute, answerRequestError } from './request-errors.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sent a GraphQL request; null for all other requests. */
    caller: Caller | null;
  }
}

const GRAPHQL_PATH = '/graphql';

export interface GraphqlRouteOptions extends DoorOptions {
  readonly decide: LabelDecision;
  readonly states: Pick<MoveStates, 'certainty'>;
  readonly settlement: Pick<Settlement, 'settle'>;
  /** Whether the headers of a proxy are believed. */
  readonly trustProxy: boolean;
  /** Bytes of the largest body. */
  readonly bodyLimit: number;
  readonly recording: RecordingOptions;
}

/** Serves GraphQL at `/graphql`. Who calls is found out before the body is read. @param answering the server for a caller */
export async function addGraphqlRoute(
  server: FastifyInstance,
  answering: (caller: Caller) => ApolloServer<GatewayContext>,
  options: GraphqlRouteOptions,
): Promise<void> {
  server.decorateRequest('caller', null);
  server.decorateRequest('record', null);
  await server.register(
    async (scope) => {
      scope.setErrorHandler(answerRequestError);
      scope.setNotFoundHandler(answerNoRoute);
      addRequestRecords(scope, options.recording);
      addDoor(scope, options);
      scope.route({
        // Apollo Server says itself which methods it takes.
        method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
        url: '',
        bodyLimit: options.bodyLimit,
        handler: async (request, reply) => {
          const apollo = answering(request.caller as Caller);
          return answerByApollo(apollo, request, reply, async () =>
            contextOf(request, reply, options),
          );
        },
      });
    },
    { prefix: GRAPHQL_PATH },
  );
}

function contextOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { decide, states, settlement, trustProxy }: GraphqlRouteOptions,
): GatewayContext {
  const { role, claims, sharingKey, subgraphHeaders, subject: known } = request.caller as Caller;
  const subject = subjectOf(request, known, trustProxy);
  const header = request.headers[OVERRIDE_HEADER] as string | undefined;
  const signal = clientGone(reply);
  const record = request.record as RequestRecord;
  const began = performance.now();
  return {
    labels: (all, kind) => decide(all, { kind, subject, role, header }),
    certainty: () => states.certainty(),
    settle: (written) => settlement.settle(written, () => subject.key, began),
    claims,
    call: () => {
      const headers = subgraphHeaders();
      const { traceHeaders } = record;
      return {
        headers: traceHeaders === null ? headers : { ...headers, ...traceHeaders },
        sharingKey,
        signal,
        observer: record,
      };
    },
    signal,
    record,
    answered: () => {
      if (subject.setCookie !== null) reply.header('set-cookie', subject.setCookie);
    },
  };
}

/** A signal that is aborted when the client goes away before it has its answer. */
function clientGone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
