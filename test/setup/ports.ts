import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';

/** Ports from `first` up to, and without, `end`; both are even. */
interface PortRange {
  readonly first: number;
  readonly end: number;
}

/**
 * Linux gives clients, and servers that ask for any port, those from 32768 on (`ip_local_port_range`): below, the system
 * gives a port to nobody by itself.
 */
const RANGE: PortRange = { first: 12_000, end: 32_000 };

/** A port is drawn again where it is taken. So many draws find none only where hardly any is left. */
const DRAWS = 1_000;

/**
 * A port that is free, and stays so for whom it was drawn for, also while nobody listens on it: before a server is started,
 * and between one that was killed and the next. Until this process ends no other draw gives it, in whatever process.
 *
 * Only even ports are given. Whoever draws one listens on the odd one beside it, which is the sign that it is taken: the
 * system gives it to one process at a time, and takes it back when that ends, however it ends.
 *
 * @throws Error when none is left
 */
export async function drawPort({ first, end }: PortRange = RANGE): Promise<number> {
  for (let draw = 0; draw < DRAWS; draw += 1) {
    const port = first + 2 * randomInt((end - first) / 2);
    const sign = await listenOn(port + 1);
    if (!sign) continue;
    // The process that it was drawn for may have outlived the one that drew it.
    const probe = await listenOn(port);
    if (probe) {
      await close(probe);
      return port;
    }
    await close(sign);
  }
  throw new Error(`No port from ${first} to ${end} is free: end what tests have left running.`);
}

/** @returns null where somebody else listens on it */
async function listenOn(port: number): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  // Nobody waits for it at the end of the process.
  server.unref();
  server.listen({ port, host: '127.0.0.1' });
  try {
    await once(server, 'listening');
    return server;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return null;
  }
}

async function close(server: Server): Promise<void> {
  server.close();
  await once(server, 'close');
}
