import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createHttpServer, listen } from '#platform/http-server.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';

test('a server that drains ends the connection of an answer that had begun before', async () => {
  const log = createLog('test', 'silent');
  const server = createHttpServer({ log, metrics: createMetrics('test'), readiness: [] });
  const file = new PassThrough();
  server.get('/file', async (_request, reply) => reply.send(file));
  const running = await listen(server, { HOST: '127.0.0.1', PORT: 0 }, async () => {});
  file.write('first ');
  const answer = await fetch(`${running.url}/file`);
  const closing = running.close();
  // Idle connections have been closed by then: this one is none yet.
  await expect.poll(() => server.server.listening).toBe(false);
  file.end('and last');
  expect(await answer.text()).toBe('first and last');
  // Without an end, the connection would be kept for a minute.
  await closing;
}, 10_000);
