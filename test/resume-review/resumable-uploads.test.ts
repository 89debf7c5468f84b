import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { createServer, type Server } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Upload } from 'tus-js-client';
import {
  announce,
  announced,
  COMPLETE,
  customer,
  startResumeServer,
  type ResumeServer,
  type Someone,
} from './resume-server.ts';
import { forged } from '../setup/forged.ts';

let server: ResumeServer;
beforeAll(async () => {
  server = await startResumeServer();
});
afterAll(() => server?.close());

const BYTES = Buffer.from('Casey Morgan, casey@example.com\n'.repeat(50_000));
const complete = async (id: string, owner: Someone) =>
  (await server.data(COMPLETE, { id }, owner)).completeUpload;

const head = (url: string) => fetch(server.url + url, { method: 'HEAD' });
const offsetOf = async (url: string) => Number((await head(url)).headers.get('upload-offset'));
const patch = (url: string, bytes: string | Buffer, offset: number | string, more: object = {}) =>
  fetch(server.url + url, {
    method: 'PATCH',
    body: bytes as BodyInit,
    headers: {
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
      ...more,
    },
  });

/** Sends the first bytes of a part and cuts the line, the later the slower the server is, until some have come. */
async function cutAfter(url: string, sent: Buffer, offset: number, whole: number): Promise<void> {
  const before = await offsetOf(url);
  for (let pause = 50; (await offsetOf(url)) === before; pause *= 2) {
    if (pause > 10_000) throw new Error('no part of the file has come');
    const sending = request(server.url + url, {
      method: 'PATCH',
      headers: {
        'content-type': 'application/offset+octet-stream',
        'upload-offset': offset,
        'content-length': whole,
      },
    });
    sending.on('error', () => {});
    await new Promise((resolve) => sending.write(sent, resolve));
    // What was written may still be on its way.
    await wait(pause);
    sending.destroy();
    await wait(pause);
  }
}

describe('an upload that broke off', () => {
  test('is gone on with where it stopped, as often as needed', async () => {
    const owner = customer();
    const { id, url, isResumable } = await announce(server, owner, announced(BYTES));
    expect(isResumable).toBe(true);
    await cutAfter(url, BYTES.subarray(0, 100_000), 0, BYTES.length);
    const first = await offsetOf(url);
    expect(first).toBeLessThanOrEqual(100_000);
    expect(await complete(id, owner)).toMatchObject({
      __typename: 'UploadIncomplete',
      receivedBytes: first,
    });
    await cutAfter(url, BYTES.subarray(first, first + 50_000), first, BYTES.length - first);
    const second = await offsetOf(url);
    const last = await patch(url, BYTES.subarray(second), second);
    expect([last.status, last.headers.get('upload-offset')]).toEqual([204, String(BYTES.length)]);
    expect(await complete(id, owner)).toMatchObject({
      __typename: 'CompleteUploadSuccess',
      resume: { id, sha256: announced(BYTES).sha256 },
    });
  });

  test('is told of in the headers of tus, which nobody keeps', async () => {
    const { url } = await announce(server, customer(), announced('Ada'));
    const { status, headers } = await head(url);
    expect(status).toBe(200);
    expect(Object.fromEntries(headers)).toMatchObject({
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'upload-length': '3',
      'cache-control': 'no-store',
    });
  });

  test('begins anew when all of it is sent', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced('Ada'));
    await patch(url, 'E', 0);
    expect((await server.put(url, 'Ada')).status).toBe(204);
    expect((await complete(id, owner)).__typename).toBe('CompleteUploadSuccess');
  });
});

describe('a part', () => {
  test('that begins elsewhere is refused, and told where it begins', async () => {
    const { url } = await announce(server, customer(), announced('Ada Lovelace'));
    await patch(url, 'Ada', 0);
    for (const offset of [0, 2, 4]) {
      const refused = await patch(url, 'x', offset);
      expect([offset, refused.status, refused.headers.get('upload-offset')]).toEqual([
        offset,
        409,
        '3',
      ]);
    }
  });

  test.each([
    [{ 'upload-offset': '-1' }, 400],
    [{ 'upload-offset': 'x' }, 400],
    [{ 'content-type': 'text/plain' }, 415],
    [{ 'tus-resumable': '2.0.0' }, 412],
  ])('with the headers %j is refused', async (headers, status) => {
    const { url } = await announce(server, customer(), announced('Ada'));
    expect((await patch(url, 'Ada', 0, headers)).status).toBe(status);
    expect(await offsetOf(url)).toBe(0);
  });

  test('that is too long is refused, whether the sender says so or not', async () => {
    const { url } = await announce(server, customer(), announced('Ada Lovelace'));
    await patch(url, 'Ada', 0);
    expect((await patch(url, ' Lovelace!', 3)).status).toBe(413);
    expect(await offsetOf(url)).toBe(3);
  });

  test('needs the permission, and an upload', async () => {
    const { url } = await announce(server, customer(), announced('Ada'));
    const wrong = forged(url);
    expect([(await patch(wrong, 'Ada', 0)).status, (await head(wrong)).status]).toEqual([403, 403]);
    const unknown = url.replace(/[\da-f-]{36}/, randomUUID());
    expect((await head(unknown)).status).toBe(403);
  });

  test('sent twice at once does no harm', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(BYTES));
    const answers = await Promise.all([1, 2, 3].map(() => patch(url, BYTES, 0)));
    // Who came when all was there is told so.
    for (const { status } of answers) expect([204, 409]).toContain(status);
    expect((await complete(id, owner)).__typename).toBe('CompleteUploadSuccess');
  });
});

describe('a client of tus', () => {
  /** Passes bytes on to the server, and cuts every line after some of them, so many times. */
  async function cuttingProxy(
    times: number,
  ): Promise<{ url: string; cuts: () => number; server: Server }> {
    let cuts = 0;
    const proxy = createServer((client) => {
      const upstream = connect(Number(new URL(server.url).port), '127.0.0.1');
      let passed = 0;
      client.on('data', (chunk) => {
        passed += chunk.length;
        upstream.write(chunk);
        if (passed < 200_000 || cuts >= times) return;
        cuts++;
        client.destroy();
        upstream.destroy();
      });
      upstream.pipe(client);
      client.on('end', () => upstream.end());
      for (const socket of [client, upstream]) {
        socket.on('error', () => {
          client.destroy();
          upstream.destroy();
        });
      }
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const { port } = proxy.address() as { port: number };
    return { url: `http://127.0.0.1:${port}`, cuts: () => cuts, server: proxy };
  }

  test('sends a file over a line that is cut again and again', async () => {
    const owner = customer();
    const proxy = await cuttingProxy(4);
    const { id, url } = await announce(server, owner, announced(BYTES));
    await new Promise<void>((resolve, reject) => {
      new Upload(BYTES, {
        uploadUrl: proxy.url + url,
        retryDelays: [20, 50, 100, 200, 200, 200],
        onSuccess: () => resolve(),
        onError: reject,
      }).start();
    });
    expect(proxy.cuts()).toBe(4);
    proxy.server.close();
    expect((await complete(id, owner)).__typename).toBe('CompleteUploadSuccess');
  });

  test('sends a file in pieces', async () => {
    const owner = customer();
    const { id, url } = await announce(server, owner, announced(BYTES));
    await new Promise<void>((resolve, reject) => {
      new Upload(BYTES, {
        uploadUrl: server.url + url,
        chunkSize: 300_000,
        onSuccess: () => resolve(),
        onError: reject,
      }).start();
    });
    expect((await complete(id, owner)).__typename).toBe('CompleteUploadSuccess');
  });
});
