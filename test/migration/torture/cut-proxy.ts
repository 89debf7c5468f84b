import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/**
 * How a network is cut. `hold`: nothing gets through until it is mended, then all of it does. `deaf`: answers are lost,
 * so that a commit may have been done. `lost`: nothing gets through either way. After the last two, connections end when
 * it is mended.
 */
export type Cut = 'hold' | 'deaf' | 'lost';

/** A network between a process and a database, that can be cut. */
export interface CutProxy {
  readonly port: number;
  cut(how: Cut): void;
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
  const pass = (from: Socket, to: Socket, isAnswer: boolean) => {
    from.on('data', (chunk) => {
      if (present === 'lost' || (present === 'deaf' && isAnswer)) return;
      to.write(chunk);
    });
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
