import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { drawPort } from '../../setup/ports.ts';

/** Decides what a subgraph of these tests answers. */
export type Answering = (body: string, request: IncomingMessage, response: ServerResponse) => void;

/** A server that stands where a subgraph would, at one address. */
export interface EchoSubgraph {
  readonly port: number;
  /** The bodies that it was sent. */
  readonly received: string[];
  /** Requests whose connection ended before they were answered. */
  cancelled: number;
  answer: Answering;
  /** Ends all connections at once. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** Answers `{"data":{"body":<the body that was sent>}}` unless it is told otherwise. */
export const echo: Answering = (body, _request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ data: { body } }));
};

/** Starts a server. @param port a free one where none is given */
export async function startEcho(ip = '127.0.0.1', given?: number): Promise<EchoSubgraph> {
  const port = given ?? (await drawPort());
  const sockets = new Set<Socket>();
  const subgraph: EchoSubgraph = { port, received: [], cancelled: 0, answer: echo, start, stop };
  let server = newServer();

  function newServer() {
    const made = createServer((request, response) => {
      const chunks: Buffer[] = [];
      response.on('close', () => {
        if (!response.writableFinished) subgraph.cancelled += 1;
      });
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        subgraph.received.push(body);
        subgraph.answer(body, request, response);
      });
    });
    made.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    });
    return made;
  }
  async function start(): Promise<void> {
    server = newServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, ip, resolve);
    });
  }
  async function stop(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  await start();
  return subgraph;
}
