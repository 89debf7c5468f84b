import { Writable } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createHttpServer } from '#platform/http-server.ts';
import { createMetrics } from '#platform/metrics.ts';

test('the log of a request has its path, and not the signature that follows it', async () => {
  let written = '';
  const to = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString();
      done();
    },
  });
  const log = pino({ level: 'trace' }, to);
  const server = createHttpServer({ log, metrics: createMetrics('test'), readiness: [] });
  server.get('/uploads/:id/file', async () => 'a file');
  server.get('/uploads/:id/broken', async () => Promise.reject(new Error('broken')));
  for (const id of ['known/file', 'known/broken', 'unknown']) {
    await server.inject(`/uploads/${id}?expires=99&signature=secret`);
  }
  await server.close();
  expect(written).toContain('"url":"/uploads/known/file"');
  expect(written).not.toContain('secret');
});
