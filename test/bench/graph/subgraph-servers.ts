import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { graphql, parse } from 'graphql';
import { MOVING_SUBGRAPHS } from './moving.ts';
import { SUBGRAPHS, type BenchSubgraph } from './shop.ts';

/**
 * The subgraphs, in one process. Each computes an answer once and then keeps it: the gateways are measured,
 * not graphql-js behind them. `GET /count` tells how many requests came since it was last asked. With the argument
 * `moving` they are those of the graph in which everything moves.
 */
const subgraphs = process.argv[2] === 'moving' ? MOVING_SUBGRAPHS : SUBGRAPHS;
const ports = Object.fromEntries(await Promise.all(subgraphs.map(serve)));
process.send?.(ports);

async function serve({ name, typeDefs, resolvers }: BenchSubgraph): Promise<[string, number]> {
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers }]);
  const known = new Map<string, Buffer>();
  let count = 0;
  const answer = async (body: string): Promise<Buffer> => {
    const { query, variables, operationName } = JSON.parse(body);
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables,
      operationName,
    });
    const bytes = Buffer.from(JSON.stringify(result));
    known.set(body, bytes);
    return bytes;
  };
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.end(String(count));
      count = 0;
      return;
    }
    count += 1;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = chunks.length === 1 ? String(chunks[0]) : Buffer.concat(chunks).toString();
      const send = (bytes: Buffer): void => {
        response.writeHead(200, {
          'content-type': 'application/json',
          'content-length': bytes.length,
        });
        response.end(bytes);
      };
      const ready = known.get(body);
      if (ready) send(ready);
      else void answer(body).then(send);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return [name, (server.address() as AddressInfo).port];
}
