import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FetchCall, SubgraphFetch } from '../../../gateway/transport/subgraph-fetch.ts';
import {
  subgraphTransport,
  type SubgraphTransport,
  type TransportOptions,
} from '../../../gateway/transport/subgraph-transport.ts';
import { echo, startEcho, type EchoSubgraph } from './echo-subgraph.ts';

const started: EchoSubgraph[] = [];
const opened: SubgraphTransport[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((transport) => transport.close()));
  await Promise.all(started.splice(0).map((subgraph) => subgraph.stop().catch(() => {})));
});

const begin = async (ip?: string, port?: number): Promise<EchoSubgraph> => {
  const subgraph = await startEcho(ip, port);
  started.push(subgraph);
  return subgraph;
};

const counted = { outcomes: [] as string[], retried: 0, shared: 0, lines: [] as object[] };
const open = (options: Partial<TransportOptions> = {}): SubgraphTransport => {
  Object.assign(counted, { outcomes: [], retried: 0, shared: 0, lines: [] });
  const transport = subgraphTransport({
    timeout: 1_000,
    connectTimeout: 300,
    share: false,
    metrics: {
      ended: (_subgraph, outcome) => counted.outcomes.push(outcome),
      retried: () => (counted.retried += 1),
      shared: () => (counted.shared += 1),
    },
    log: { warn: (fields) => counted.lines.push(fields) },
    ...options,
  });
  opened.push(transport);
  return transport;
};

interface Sending extends Partial<FetchCall>, Partial<SubgraphFetch> {
  readonly url?: string;
}

const sending = (transport: SubgraphTransport, subgraph: { port: number }) => {
  return ({ url, headers = {}, sharingKey = null, signal, ...fetch }: Sending = {}) => {
    const urls = new Map([['a', new URL(url ?? `http://127.0.0.1:${subgraph.port}/graphql`)]]);
    const ends = signal ?? new AbortController().signal;
    const call = { headers, sharingKey, signal: ends, observer: null };
    const body = '{"query":"{ a }"}';
    const whole = { subgraph: 'a', body, kind: 'query', isPublic: false, representations: 0 };
    return transport.forCall(urls, call)({ ...whole, ...fetch } as SubgraphFetch);
  };
};
const codeOf = async (answer: Promise<unknown>): Promise<unknown> =>
  answer.then(
    () => 'ok',
    (error) => error.extensions?.code ?? error,
  );
const status = (code: number) => (_body: string, _request: unknown, response: ServerResponse) => {
  response.statusCode = code;
  response.end('gone');
};

describe('one address', () => {
  test('a request carries its body and headers, and its answer is the subgraph’s', async () => {
    const subgraph = await begin();
    subgraph.answer = (body, { headers }, response) =>
      response.end(
        JSON.stringify({ data: { body, caller: headers['x-caller'], host: headers.host } }),
      );
    const send = sending(open(), subgraph);
    const { data } = await send({ headers: { 'x-caller': 'me' } });
    const host = `127.0.0.1:${subgraph.port}`;
    expect(data).toEqual({ body: '{"query":"{ a }"}', caller: 'me', host });
    expect(counted.outcomes).toEqual(['ok']);
  });

  test('an answer that does not come in time is a fault, and its connection is ended', async () => {
    const subgraph = await begin();
    subgraph.answer = () => {};
    const send = sending(open({ timeout: 150 }), subgraph);
    expect(await codeOf(send())).toBe('SUBGRAPH_TIMEOUT');
    await vi.waitFor(() => expect(subgraph.cancelled).toBe(1));
    expect(subgraph.received).toHaveLength(1);
  });

  test('a client that goes away ends what was asked for it, and nothing is counted against the subgraph', async () => {
    const subgraph = await begin();
    subgraph.answer = () => {};
    const transport = open();
    const send = sending(transport, subgraph);
    const clients = Array.from({ length: 8 }, () => new AbortController());
    const answers = clients.map(({ signal }) => codeOf(send({ signal })));
    await vi.waitFor(() => expect(subgraph.received).toHaveLength(8));
    for (const client of clients) client.abort(new Error('gone'));
    expect(await Promise.all(answers)).toEqual(clients.map(({ signal }) => signal.reason));
    await vi.waitFor(() => expect(subgraph.cancelled).toBe(8));
    subgraph.answer = echo;
    expect(await codeOf(send())).toBe('ok');
    expect(transport.status()[0]).toMatchObject({ inFlight: 0, openAddresses: 1 });
  });

  test('a query whose connection breaks is sent again, a mutation is not', async () => {
    const subgraph = await begin();
    const send = sending(open(), subgraph);
    let breaks = 1;
    subgraph.answer = (body, request, response) =>
      breaks-- > 0 ? request.socket.destroy() : echo(body, request, response);
    expect(await codeOf(send())).toBe('ok');
    expect(subgraph.received).toHaveLength(2);
    expect(counted.retried).toBe(1);
    breaks = 1;
    expect(await codeOf(send({ kind: 'mutation' }))).toBe('SUBGRAPH_UNAVAILABLE');
    expect(subgraph.received).toHaveLength(3);
  });

  test.each([502, 503, 504])('HTTP %i is tried again before it is told', async (code) => {
    const subgraph = await begin();
    subgraph.answer = status(code);
    expect(await codeOf(sending(open(), subgraph)())).toBe('SUBGRAPH_HTTP_ERROR');
    expect(subgraph.received).toHaveLength(3);
  });

  test('HTTP 500 is the subgraph’s word: it is not asked again', async () => {
    const subgraph = await begin();
    subgraph.answer = status(500);
    expect(await codeOf(sending(open(), subgraph)())).toBe('SUBGRAPH_HTTP_ERROR');
    expect(subgraph.received).toHaveLength(1);
  });

  test('retries stay a small share of the requests, however many fail', async () => {
    const subgraph = await begin();
    subgraph.answer = status(503);
    const send = sending(open(), subgraph);
    for (let round = 0; round < 4; round += 1) {
      await Promise.all(Array.from({ length: 50 }, () => codeOf(send())));
    }
    expect(counted.retried).toBeGreaterThan(5);
    expect(counted.retried).toBeLessThanOrEqual(10 + 0.1 * 200);
  });

  test('a subgraph that is away is not asked any more, and is asked again when it is back', async () => {
    const subgraph = await begin();
    const transport = open();
    const send = sending(transport, subgraph);
    expect(await codeOf(send())).toBe('ok');
    await subgraph.stop();
    for (let round = 0; round < 10; round += 1) {
      expect(await codeOf(send())).toBe('SUBGRAPH_UNAVAILABLE');
    }
    expect(transport.status()[0]).toMatchObject({ knownAddresses: 1, openAddresses: 0 });
    await subgraph.start();
    await vi.waitFor(async () => expect(await codeOf(send())).toBe('ok'), { timeout: 4_000 });
    expect(transport.status()[0]).toMatchObject({ openAddresses: 1 });
  });

  test('what comes on top of too many requests is refused at once', async () => {
    const subgraph = await begin();
    subgraph.answer = () => {};
    const send = sending(open({ timeout: 1_500 }), subgraph);
    const waiting = Array.from({ length: 1_024 }, () => codeOf(send()));
    const began = performance.now();
    expect(await codeOf(send())).toBe('SUBGRAPH_OVERLOADED');
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(new Set(await Promise.all(waiting))).toEqual(new Set(['SUBGRAPH_TIMEOUT']));
  });

  test('the same fault under load is one line a second', async () => {
    const subgraph = await begin();
    subgraph.answer = status(500);
    const send = sending(open(), subgraph);
    await Promise.all(Array.from({ length: 50 }, () => codeOf(send())));
    expect(counted.lines).toHaveLength(1);
    expect(counted.lines[0]).toMatchObject({ code: 'SUBGRAPH_HTTP_ERROR', serviceName: 'a' });
  });
});

describe('several addresses of one name', () => {
  const IPS = ['127.0.0.1', '127.0.0.2', '127.0.0.3'];
  const replicas = async (): Promise<EchoSubgraph[]> => {
    const first = await begin(IPS[0]);
    return [first, await begin(IPS[1], first.port), await begin(IPS[2], first.port)];
  };
  const url = ({ port }: EchoSubgraph) => `http://subgraph.internal:${port}/graphql`;
  const counts = (all: readonly EchoSubgraph[]) => all.map(({ received }) => received.length);

  test('get about equal shares, and the Host header keeps the name', async () => {
    const all = await replicas();
    const hosts = new Set<unknown>();
    for (const each of all) {
      each.answer = (body, request, response) => {
        hosts.add(request.headers.host);
        echo(body, request, response);
      };
    }
    const send = sending(open({ resolve: async () => IPS }), all[0] as EchoSubgraph);
    const target = url(all[0] as EchoSubgraph);
    for (let sent = 0; sent < 90; sent += 1) await send({ url: target });
    expect(counts(all)).toEqual([30, 30, 30]);
    expect([...hosts]).toEqual([new URL(target).host]);
  });

  test('a replica that is away costs no request, not even a mutation, and is left out', async () => {
    const all = await replicas();
    const transport = open({ resolve: async () => IPS });
    const send = sending(transport, all[0] as EchoSubgraph);
    const target = url(all[0] as EchoSubgraph);
    await all[1]?.stop();
    for (let sent = 0; sent < 60; sent += 1) {
      expect(await codeOf(send({ url: target, kind: 'mutation' }))).toBe('ok');
    }
    expect(counts(all)[1]).toBe(0);
    expect(counts(all).reduce((sum, count) => sum + count)).toBe(60);
    expect(transport.status()[0]).toMatchObject({ knownAddresses: 3, openAddresses: 2 });
    await all[1]?.start();
    await wait(500);
    for (let sent = 0; sent < 30; sent += 1) await send({ url: target });
    expect(all[1]?.received.length).toBeGreaterThan(5);
  });

  test('a slow replica gets fewer requests than the others', async () => {
    const all = await replicas();
    (all[0] as EchoSubgraph).answer = (...sent) => setTimeout(() => echo(...sent), 100);
    const send = sending(open({ resolve: async () => IPS }), all[0] as EchoSubgraph);
    const target = url(all[0] as EchoSubgraph);
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        for (let sent = 0; sent < 30; sent += 1) await send({ url: target });
      }),
    );
    const [slow = 0, ...others] = counts(all);
    expect(slow).toBeLessThan(Math.min(...others) / 3);
  });

  test('a replica that joins the name gets requests, one that leaves it gets none', async () => {
    const all = await replicas();
    let known = IPS.slice(0, 1);
    const send = sending(open({ resolve: async () => known }), all[0] as EchoSubgraph);
    const target = url(all[0] as EchoSubgraph);
    await send({ url: target });
    known = IPS.slice(1);
    await vi.waitFor(
      async () => {
        await send({ url: target });
        expect(all[2]?.received.length).toBeGreaterThan(0);
      },
      { timeout: 4_000 },
    );
    const before = counts(all)[0];
    for (let sent = 0; sent < 10; sent += 1) await send({ url: target });
    expect(counts(all)[0]).toBe(before);
  });
});

describe('identical fetches in flight', () => {
  test('of one turn are sent once, and each caller gets an answer of its own', async () => {
    const subgraph = await begin();
    const send = sending(open({ share: true }), subgraph);
    const [one, two, other, stranger] = await Promise.all([
      send({ sharingKey: 'u1' }),
      send({ sharingKey: 'u1' }),
      send({ sharingKey: 'u1', body: '{"query":"{ b }"}' }),
      send({ sharingKey: 'u2' }),
    ]);
    expect(one).toEqual(two);
    expect(one).not.toBe(two);
    expect(one.data).not.toBe(two.data);
    expect(other.data).toEqual({ body: '{"query":"{ b }"}' });
    expect(stranger.data).toEqual(one.data);
    expect(subgraph.received).toHaveLength(3);
    expect(counted.shared).toBe(1);
  });

  test('a query that comes after a fetch was sent does not join it, unless its fields are public', async () => {
    const subgraph = await begin();
    const held: (() => void)[] = [];
    subgraph.answer = (...sent) => held.push(() => echo(...sent));
    const send = sending(open({ share: true }), subgraph);
    const first = [false, true].map((isPublic) => send({ sharingKey: String(isPublic), isPublic }));
    await vi.waitFor(() => expect(subgraph.received).toHaveLength(2));
    const second = [false, true].map((isPublic) =>
      send({ sharingKey: String(isPublic), isPublic }),
    );
    await vi.waitFor(() => expect(subgraph.received).toHaveLength(3));
    await wait(50);
    expect(subgraph.received).toHaveLength(3);
    for (const answer of held) answer();
    await Promise.all([...first, ...second]);
    expect(counted.shared).toBe(1);
  });

  test('mutations are never shared', async () => {
    const subgraph = await begin();
    const send = sending(open({ share: true }), subgraph);
    const mutation = { sharingKey: 'u1', kind: 'mutation' as const, isPublic: true };
    await Promise.all([send(mutation), send(mutation), send(mutation)]);
    expect(subgraph.received).toHaveLength(3);
  });

  test('a client that goes away leaves the others their answer; the last one ends the fetch', async () => {
    const subgraph = await begin();
    const held: (() => void)[] = [];
    subgraph.answer = (...sent) => held.push(() => echo(...sent));
    const send = sending(open({ share: true }), subgraph);
    const [gone, stays] = [new AbortController(), new AbortController()];
    const answers = [gone, stays].map(({ signal }) => codeOf(send({ sharingKey: 'u', signal })));
    await vi.waitFor(() => expect(subgraph.received).toHaveLength(1));
    gone.abort('gone');
    expect(await answers[0]).toBe('gone');
    held[0]?.();
    expect(await answers[1]).toBe('ok');

    const both = [new AbortController(), new AbortController()];
    const lost = both.map(({ signal }) => codeOf(send({ sharingKey: 'u', signal })));
    await vi.waitFor(() => expect(subgraph.received).toHaveLength(2));
    for (const client of both) client.abort('gone');
    expect(await Promise.all(lost)).toEqual(['gone', 'gone']);
    await vi.waitFor(() => expect(subgraph.cancelled).toBe(1));
  });
});
