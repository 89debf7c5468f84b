import mercuriusGateway from '@mercuriusjs/gateway';
import fastify from 'fastify';
import { FEDERATION_ONE } from '../graph/federation-one.ts';

/** `@mercuriusjs/gateway`, which composes Federation 1 by itself, with its compiled execution. */
const [urls = '{}', port = ''] = process.argv.slice(2);
const server = fastify();
await server.register(mercuriusGateway, {
  gateway: {
    services: Object.entries(JSON.parse(urls) as Record<string, string>).map(([name, url]) => ({
      name,
      url,
      schema: FEDERATION_ONE[name],
      mandatory: true,
    })),
  },
  jit: 1,
});
await server.listen({ host: '127.0.0.1', port: Number(port) });
