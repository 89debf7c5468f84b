// A process of its own: serves one subgraph of the load graph, so that it can be killed. Ends when its input ends.
import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse, type DocumentNode } from 'graphql';
import { LOAD_GRAPH, type LoadSubgraph } from './graph.ts';

const [name = '', port = ''] = process.argv.slice(2);
const { typeDefs, resolvers } = LOAD_GRAPH[name] as LoadSubgraph;
const placed = new Map<string, number>();
const schema = buildSubgraphSchema([
  { typeDefs: parse(typeDefs), resolvers: resolvers(placed) as never },
]);
const documents = new Map<string, DocumentNode>();

async function answer(body: string): Promise<unknown> {
  const { query, variables } = JSON.parse(body) as { query: string; variables?: object };
  let document = documents.get(query);
  if (!document) documents.set(query, (document = parse(query)));
  return execute({ schema, document, variableValues: variables as Record<string, unknown> });
}

function send(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    send(response, Object.fromEntries(placed));
    return;
  }
  void text(request)
    .then(answer)
    .then(
      (result) => send(response, result),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
});
server.listen(Number(port), '127.0.0.1', () => console.log(`${name} listens on ${port}`));
process.stdin.resume().once('end', () => process.exit());
