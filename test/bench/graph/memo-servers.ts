import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Servers that stand before real subgraphs, in one process: each question is passed on once, and its answer kept.
 * So a gateway is measured with real answers, and not the databases behind them. `GET /` tells how many requests
 * came since it was last asked.
 *
 * The argument is a JSON object of URLs by name; the message to the parent has the ports by name.
 */
const upstreams = JSON.parse(process.argv[2] ?? '{}') as Record<string, string>;
const entries = Object.entries(upstreams).map(
  async ([name, url]) => [name, await listen(memo(url))] as const,
);
process.send?.(Object.fromEntries(await Promise.all(entries)));

function memo(url: string): Server {
  const known = new Map<string, Promise<Buffer>>();
  let count = 0;
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
      const body = Buffer.concat(chunks).toString();
      const identity = String(request.headers['x-identity'] ?? '');
      // The same caller's identity is signed anew for each request: who it is stands in the middle part.
      const key = `${subjectOf(identity)} ${body}`;
      let answer = known.get(key);
      if (!answer) known.set(key, (answer = ask(url, body, identity)));
      void send(response, answer);
    });
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function send(response: ServerResponse, answer: Promise<Buffer>): Promise<void> {
  const bytes = await answer;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

async function ask(url: string, body: string, identity: string): Promise<Buffer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-identity': identity },
    body,
  });
  return Buffer.from(await response.arrayBuffer());
}

function subjectOf(identity: string): string {
  const [, payload = ''] = identity.split('.');
  if (!payload) return '';
  return String(JSON.parse(Buffer.from(payload, 'base64url').toString()).sub ?? '');
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
