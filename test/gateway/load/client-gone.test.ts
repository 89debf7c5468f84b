import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { drawPort } from '../../setup/ports.ts';
import { loggedErrors, startProcess, type ListeningProcess } from './processes.ts';

/** A subgraph that answers only when it is told to, and notices who does not wait for it. */
const subgraph = {
  waiting: new Set<() => void>(),
  cancelled: 0,
  server: null as unknown as Server,
  url: '',
};
let gateway: ListeningProcess;
let directory: string;

beforeAll(async () => {
  subgraph.server = createServer((request, response) => {
    request.resume();
    const answer = (): void => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"data":{"slow":"at last","change":"done"}}');
    };
    subgraph.waiting.add(answer);
    response.once('close', () => {
      subgraph.waiting.delete(answer);
      if (!response.writableFinished) subgraph.cancelled += 1;
    });
  });
  await new Promise<void>((resolve) => subgraph.server.listen(0, '127.0.0.1', resolve));
  subgraph.url = `http://127.0.0.1:${(subgraph.server.address() as AddressInfo).port}`;
  directory = await mkdtemp(join(tmpdir(), 'client-gone-'));
  const supergraph = join(directory, 'supergraph.graphql');
  await writeFile(supergraph, composed());
  const port = await drawPort();
  gateway = await startProcess({
    name: 'gateway',
    entry: 'gateway/main.ts',
    words: ['--supergraph', supergraph, '--port', String(port)],
    environment: { LOG_LEVEL: 'info', SUBGRAPH_TIMEOUT_MS: '10000' },
    port,
  });
});
afterAll(async () => {
  await gateway.kill();
  subgraph.server.closeAllConnections();
  subgraph.server.close();
  await rm(directory, { recursive: true });
});

function composed(): string {
  const typeDefs = parse('type Query { slow: String } type Mutation { change: String }');
  const { supergraphSdl } = composeServices([{ name: 'slow', url: subgraph.url, typeDefs }]);
  return supergraphSdl as string;
}

const send = (query: string, signal: AbortSignal) =>
  fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
    signal,
  });

test('the requests to subgraphs of clients that go away are cancelled, and nothing of it is logged', async () => {
  // No two share a request: as many wait as have asked.
  const asked = (index: number) =>
    [`{ s${index}: slow }`, 'mutation { change }', 'mutation { a: change b: change }'][index % 3];
  const clients = Array.from({ length: 30 }, () => new AbortController());
  const sent = clients.map(({ signal }, index) =>
    send(`${asked(index)} # ${index}`, signal).then(
      () => 'answered',
      (error: Error) => error.name,
    ),
  );
  const all = clients.length;
  await vi.waitFor(() => expect(subgraph.waiting.size).toBe(all), { timeout: 10_000 });
  const stays = new AbortController();
  const patient = send('{ slow }', stays.signal);
  for (const each of clients) each.abort();
  expect(new Set(await Promise.all(sent))).toEqual(new Set(['AbortError']));
  await vi.waitFor(() => expect(subgraph.cancelled).toBe(all), { timeout: 5_000 });
  await vi.waitFor(() => expect(subgraph.waiting.size).toBe(1), { timeout: 5_000 });
  for (const answer of subgraph.waiting) answer();
  const response = await patient;
  expect(await response.json()).toEqual({ data: { slow: 'at last' } });
  // What follows in a mutation that nobody waits for is not begun.
  await new Promise((resolve) => {
    setTimeout(resolve, 200);
  });
  expect([subgraph.waiting.size, subgraph.cancelled]).toEqual([0, all]);
  const health = (await (await fetch(`${gateway.url}/health/ready`)).json()) as {
    subgraphs: { inFlight: number }[];
  };
  expect(health.subgraphs.map(({ inFlight }) => inFlight)).toEqual([0]);
  expect(loggedErrors(gateway, 40)).toEqual([]);
});

test('a client that has opened a connection and sent nothing does not hold up the end of a gateway', async () => {
  const silent = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  const closed = new Promise((resolve) => {
    silent.once('close', resolve);
  });
  await new Promise((resolve) => {
    silent.once('connect', resolve);
  });
  const began = performance.now();
  expect(await gateway.stop()).toBe(0);
  await closed;
  expect(performance.now() - began).toBeLessThan(5_000);
});
