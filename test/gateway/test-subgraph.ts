import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import { fastify, type FastifyInstance } from 'fastify';
import { parse } from 'graphql';
import { drawPort } from '../setup/ports.ts';

/** What a subgraph is made of. */
export interface SubgraphSource {
  readonly name: string;
  readonly typeDefs: string;
  readonly resolvers: Record<string, Record<string, unknown>>;
  /** Whether it tells what its fields took, to whoever asks. */
  readonly tracesFields?: boolean;
}

/** A request as it came in. */
export interface ReceivedRequest {
  readonly headers: Readonly<Record<string, unknown>>;
  readonly query: string;
  readonly variables: Record<string, unknown> | undefined;
}

/** A real subgraph, over HTTP, that can be ended, started again, and made to answer badly. */
export interface TestSubgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: string;
  readonly received: ReceivedRequest[];
  /** What to answer instead; null: what the resolvers say. */
  answer: ((request: ReceivedRequest) => Promise<RawAnswer | 'reset' | null>) | null;
  stop(): Promise<void>;
  /** Listens again on the same port. */
  start(): Promise<void>;
}

export interface RawAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Starts a subgraph on a free port. */
export async function startSubgraph(source: SubgraphSource): Promise<TestSubgraph> {
  const apollo = new ApolloServer({
    schema: buildSubgraphSchema([
      { typeDefs: parse(source.typeDefs), resolvers: source.resolvers as never },
    ]),
    includeStacktraceInErrorResponses: true,
    plugins: source.tracesFields ? [] : [ApolloServerPluginInlineTraceDisabled()],
    stopOnTerminationSignals: false,
  });
  await apollo.start();
  let server: FastifyInstance | null = null;
  const port = await drawPort();
  const subgraph: TestSubgraph = {
    name: source.name,
    typeDefs: source.typeDefs,
    received: [],
    answer: null,
    url: `http://127.0.0.1:${port}/graphql`,
    async start() {
      server = listener(apollo, subgraph);
      await server.listen({ host: '127.0.0.1', port });
    },
    async stop() {
      await server?.close();
      server = null;
    },
  };
  await subgraph.start();
  return subgraph;
}

function listener(apollo: ApolloServer, subgraph: TestSubgraph): FastifyInstance {
  const server = fastify({ forceCloseConnections: true });
  const handler = fastifyApolloHandler(apollo);
  server.post('/graphql', async function answer(request, reply) {
    const { query, variables } = request.body as Omit<ReceivedRequest, 'headers'>;
    const received = { headers: request.headers, query, variables };
    subgraph.received.push(received);
    const raw = await subgraph.answer?.(received);
    if (!raw) return handler.call(server, request, reply);
    if (raw === 'reset') {
      request.raw.socket.resetAndDestroy();
      return reply.hijack();
    }
    return reply.status(raw.status).type(raw.type).send(raw.body);
  });
  return server;
}
