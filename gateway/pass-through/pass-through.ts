import { fastifyHttpProxy } from '@fastify/http-proxy';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { REQUEST_ID_HEADER } from '#platform/http-server.ts';
import { anonymousIdentity } from '#platform/identity/identity.ts';
import {
  GRAPH_CALL_HEADER,
  IDENTITY_HEADER,
  identityKey,
  signIdentity,
} from '#platform/identity/signed-identity.ts';
import { WROTE_HEADER } from '#platform/moves/wrote-header.ts';
import type { CallerSettings } from '../config.ts';
import { clientAddress } from '../identity/client-address.ts';
import type { SettleRequest } from './settle-request.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The gateway's word for the monolith that the request, and so its X-Forwarded-For, comes through it. */
    passageSignature: string | null;
  }
}

export interface PassThroughOptions {
  /** Where the monolith answers; null: there is none, and its paths are not found. */
  readonly monolithUrl: string | null;
  /** URLs of subgraphs by the names of their variables. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
  readonly callers: CallerSettings | null;
  readonly trustProxy: boolean;
  readonly settle: SettleRequest;
}

/** Where requests are passed on to. */
interface Upstream {
  /** For people. */
  readonly name: string;
  readonly origin: string;
  readonly prefix: string;
}

/** What stays the monolith's for REST clients. */
const PREFIXES = ['/api', '/uploads', '/openapi.json'];
/**
 * What goes to the resume-review subgraph: the bytes of uploads that were announced to it, and those who follow reviews; and
 * the variable with its URL.
 */
const RESUME_REVIEW = {
  name: 'resume-review service',
  prefixes: ['/uploads/resume-review', '/reviews/resume-review'],
  variable: 'SUBGRAPH_RESUME_REVIEW_URL',
} as const;
/** Milliseconds until the upstream must have begun to answer. An upload itself may take longer. */
const ANSWER_TIMEOUT = 30_000;

/**
 * Passes REST requests on to the monolith, and the bytes of uploads to the service that announced them, as they
 * are, streamed both ways and of any size. Tokens are left to the monolith; who the client is cannot be faked,
 * because `x-identity` and X-Forwarded-For are ours, and nobody but the legacy subgraph says that a request is
 * part of the graph.
 */
export async function addPassThrough(
  server: FastifyInstance,
  options: PassThroughOptions,
): Promise<void> {
  const key = options.callers && identityKey(options.callers.identitySecret);
  server.decorateRequest('passageSignature', null);
  await server.register(async (scope) => {
    scope.addHook('onRequest', async (request) => {
      if (!key) return;
      const identity = anonymousIdentity(request.id, clientAddress(request, options.trustProxy));
      request.passageSignature = signIdentity(identity, key);
    });
    for (const { name, origin, prefix } of upstreams(options)) {
      await scope.register(fastifyHttpProxy, {
        upstream: origin,
        prefix,
        rewritePrefix: prefix,
        undici: { headersTimeout: ANSWER_TIMEOUT, connections: 128 },
        // Whether to ask again is the client's business.
        retryMethods: [],
        disableRequestLogging: true,
        replyOptions: {
          rewriteRequestHeaders: (request, headers) =>
            passedHeaders(request as FastifyRequest, headers, options.trustProxy),
          rewriteHeaders: ({ [WROTE_HEADER]: _told, ...headers }) => headers,
          onResponse: (request, reply, response) =>
            void answer(options, request as FastifyRequest, reply as FastifyReply, response),
          onError: (reply, { error }) => upstreamAway(reply as FastifyReply, name, error),
        },
      });
    }
  });
}

/** What the library gives of an answer, whatever its types say. */
interface UpstreamAnswer {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly stream: Readable;
}

/** Passes an answer on, when what was written is where later queries look for it. */
async function answer(
  { settle }: PassThroughOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  response: object,
): Promise<void> {
  const { headers, stream } = response as UpstreamAnswer;
  const move = headers[WROTE_HEADER];
  if (typeof move === 'string') await settle(request, move, performance.now() - reply.elapsedTime);
  await reply.send(stream);
}

function upstreams({ monolithUrl, subgraphUrls }: PassThroughOptions): Upstream[] {
  const { variable, prefixes, name } = RESUME_REVIEW;
  const service = subgraphUrls[variable];
  return [
    ...(monolithUrl === null
      ? []
      : PREFIXES.map((prefix) => ({ name: 'monolith', origin: monolithUrl, prefix }))),
    // The longer prefix wins, whatever the order.
    ...(service === undefined
      ? []
      : prefixes.map((prefix) => ({ name, prefix, origin: new URL(service).origin }))),
  ];
}

type Headers = Record<string, string | string[] | undefined>;

function passedHeaders(request: FastifyRequest, headers: Headers, trustProxy: boolean): Headers {
  // `Expect: 100-continue` has been answered here already.
  const {
    [IDENTITY_HEADER]: _claimed,
    [GRAPH_CALL_HEADER]: _pretended,
    expect: _expect,
    ...rest
  } = headers;
  return {
    ...rest,
    ...(request.passageSignature ? { [IDENTITY_HEADER]: request.passageSignature } : {}),
    [REQUEST_ID_HEADER]: request.id,
    'x-forwarded-for': clientAddress(request, trustProxy),
  };
}

/** In the form of the monolith's own errors, which is what REST clients read. */
function upstreamAway(reply: FastifyReply, name: string, error: Error): void {
  const late = 'statusCode' in error && error.statusCode === 504;
  reply.status(late ? 504 : 502).send({
    error: late
      ? {
          code: 'UPSTREAM_TIMEOUT',
          message: `The ${name} did not answer in time: try again later.`,
        }
      : {
          code: 'UPSTREAM_UNAVAILABLE',
          message: `The ${name} cannot be reached: try again later.`,
        },
  });
}
