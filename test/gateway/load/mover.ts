import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Stands where the process `migration` does. Both sides of the load graph answer from the same code, so there never is
 * anything to carry over; without it every mutation of a move under way would pin its user to the side that wrote.
 */
export async function startMover(): Promise<{ readonly url: string; close(): void }> {
  const body = JSON.stringify({ settled: true, unsettled: [] });
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
