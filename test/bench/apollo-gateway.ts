import { readFileSync } from 'node:fs';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import fastifyApollo from '@as-integrations/fastify';
import fastify from 'fastify';

/** Plain `@apollo/gateway` on Apollo Server, over the same HTTP server as ours. */
const [supergraph = '', port = ''] = process.argv.slice(2);
const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraph, 'utf8') });
const apollo = new ApolloServer({ gateway });
await apollo.start();
const server = fastify();
await server.register(fastifyApollo(apollo));
await server.listen({ host: '127.0.0.1', port: Number(port) });
