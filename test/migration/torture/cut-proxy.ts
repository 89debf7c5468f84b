import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How a network is cut. `hold`: nothing gets through until it is mended, then all of it does. `deaf`: answers are lost,
 * so that a commit may have been done. `lost`: nothing gets through either way. After the last two, connections end when
 * it is mended.
 */
export type Cut = 'hold' | 'deaf' | 'lost';

/** A network between a process and a database, that can be cut, or slow. */
export interface CutProxy {
  readonly port: number;
  cut(how: Cut): void;
  /** From then on each message takes a time drawn anew, in milliseconds, and none passes another; 0: none. */
  slow(longest: number): void;
  mend(): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** Forwards connections to a port of this machine. */
export async function startCutProxy(target: number): Promise<CutProxy> {
  const pairs = new Set<Pair>();
  let present: Cut | null = null;
  let longest = 0;
  const pass = (from: Socket, to: Socket, isAnswer: boolean) => {
    let waiting = 0;
    let line = Promise.resolve();
    from.on('data', (chunk) => {
      if (present === 'lost' || (present === 'deaf' && isAnswer)) return;
      if (longest === 0 && waiting === 0) {
        to.write(chunk);
        return;
      }
      waiting += 1;
      line = late(line, chunk);
    });
    const late = async (before: Promise<void>, chunk: Buffer) => {
      await before;
      await sleep(Math.random() * longest);
      waiting -= 1;
      to.write(chunk);
    };
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  };
  const proxy = createServer((client) => {
    const server = connect(target, '127.0.0.1');
    const pair = { client, server };
    pairs.add(pair);
    client.setNoDelay(true);
    server.setNoDelay(true);
    pass(client, server, false);
    pass(server, client, true);
    client.once('close', () => pairs.delete(pair));
    if (present === 'hold') [client, server].forEach((socket) => socket.pause());
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const end = () => {
    for (const { client, server } of pairs) [client, server].forEach((socket) => socket.destroy());
  };
  return {
    port: (proxy.address() as AddressInfo).port,
    cut(how) {
      present = how;
      if (how !== 'hold') return;
      for (const { client, server } of pairs) [client, server].forEach((socket) => socket.pause());
    },
    slow: (milliseconds) => void (longest = milliseconds),
    mend() {
      const was = present;
      present = null;
      if (was === 'hold') {
        for (const { client, server } of pairs)
          [client, server].forEach((socket) => socket.resume());
      } else if (was !== null) end();
    },
    async close() {
      end();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
